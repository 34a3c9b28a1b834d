package tayori.receiver;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.arc.ArcResult;
import tayori.authentication.Authentication;
import tayori.dkim.DkimResult;
import tayori.dmarc.DmarcResult;
import tayori.dmarc.Policy;
import tayori.dns.DomainName;
import tayori.iprev.IprevResult;
import tayori.message.AuthorDomains;
import tayori.message.HeadLimits;
import tayori.spf.SpfResult;

/// What a receiver makes of results: the operator's rules, a pure function from an [Authentication], and what
/// is known of the sender, to a [Decision].
///
/// @param enforce whether the rules act; otherwise mail is labelled only, and the label says what they would have done.
///     To act on mail needs the recipients' consent, which is the operator's to have
/// @param onQuarantine what to do with a mail that fails DMARC where the domain asks for quarantine
/// @param onReject the same where it asks for rejection and no other domain vouches for the mail; where one does,
///     `onQuarantine` is done (RFC 9989 §7.4: never reject by the policy alone)
/// @param onDnsTrouble what to do where DMARC could not be finished, whether the rules act or not: [Action#ACCEPT] or
///     [Action#TEMPFAIL]
/// @param requireReverseDnsOnIpv6 an IPv6 client must have a host name that points back to it
/// @param requireAuthenticationOnIpv6 mail over IPv6 must pass SPF or DKIM
/// @param onIpv6Violation what to do with mail that breaks one of these two
/// @param trustedForwarders networks and host names whose mail is not judged by DMARC
/// @param trustedSealers domains whose ARC seal is believed
/// @param overrides by author domain, what to do whatever the results are
/// @param reputation what is made of the sender's name, where DMARC leaves a mail alone
public record DecisionRules(
        boolean enforce,
        Action onQuarantine,
        Action onReject,
        Action onDnsTrouble,
        boolean requireReverseDnsOnIpv6,
        boolean requireAuthenticationOnIpv6,
        Action onIpv6Violation,
        Forwarders trustedForwarders,
        Set<DomainName> trustedSealers,
        Map<DomainName, SenderOverride> overrides,
        ReputationRules reputation) {
    /// Labels only; nothing is trusted, nobody excepted.
    public static final DecisionRules DEFAULTS =
            new DecisionRules(
                    false,
                    Action.JUNK,
                    Action.JUNK,
                    Action.ACCEPT,
                    false,
                    false,
                    Action.TEMPFAIL,
                    Forwarders.NONE,
                    Set.of(),
                    Map.of());

    /// What the operator decided for one author domain.
    ///
    /// @param onlyIfAuthenticated whether it holds only for mail that passed DMARC: an exception in a domain's favour
    ///     should not be there for whoever writes its name
    /// @param why for the log and the label
    public record SenderOverride(Action action, boolean onlyIfAuthenticated, String why) {}

    /// With the [ReputationRules#DEFAULTS].
    public DecisionRules(
            boolean enforce,
            Action onQuarantine,
            Action onReject,
            Action onDnsTrouble,
            boolean requireReverseDnsOnIpv6,
            boolean requireAuthenticationOnIpv6,
            Action onIpv6Violation,
            Forwarders trustedForwarders,
            Set<DomainName> trustedSealers,
            Map<DomainName, SenderOverride> overrides) {
        this(
                enforce,
                onQuarantine,
                onReject,
                onDnsTrouble,
                requireReverseDnsOnIpv6,
                requireAuthenticationOnIpv6,
                onIpv6Violation,
                trustedForwarders,
                trustedSealers,
                overrides,
                ReputationRules.DEFAULTS);
    }

    public DecisionRules {
        trustedSealers = Set.copyOf(trustedSealers);
        overrides = Map.copyOf(overrides);
    }

    /// The same with other rules about reputation.
    public DecisionRules with(ReputationRules other) {
        return new DecisionRules(
                enforce,
                onQuarantine,
                onReject,
                onDnsTrouble,
                requireReverseDnsOnIpv6,
                requireAuthenticationOnIpv6,
                onIpv6Violation,
                trustedForwarders,
                trustedSealers,
                overrides,
                other);
    }

    /// Decides about one mail of a sender of whom nothing else is known.
    public Decision decide(Authentication mail) {
        return decide(mail, SenderStanding.UNKNOWN);
    }

    /// Decides about one mail.
    public Decision decide(Authentication mail, SenderStanding standing) {
        var evidence = new ArrayList<String>(4);
        evidence.add("dmarc=" + mail.dmarc().keyword() + ": " + mail.dmarc().reason());
        var verdict = judge(mail, standing, evidence);
        // To ask a client to come again when the DNS answers is no judgement of its mail.
        boolean acts = enforce || verdict.reason() == Reason.DNS_TROUBLE;
        var action = acts ? verdict.action() : Action.ACCEPT;
        return new Decision(action, verdict.action(), verdict.reason(), evidence);
    }

    /// Decides about a mail whose head is too large to be examined: who cannot be read must not be believed.
    public Decision decideTooLarge(HeadLimits.Limit limit) {
        return new Decision(
                enforce ? Action.REJECT : Action.ACCEPT,
                Action.REJECT,
                Reason.HEAD_TOO_LARGE,
                List.of("limit " + limit));
    }

    /// What the rules ask for, and why.
    record Verdict(Action action, Reason reason) {}

    /// In the order of [Reason]; the first that holds decides.
    private Verdict judge(Authentication mail, SenderStanding standing, List<String> evidence) {
        var override = override(mail);
        if (override.isPresent()) {
            evidence.add(override.get().why());
            return new Verdict(override.get().action(), Reason.SENDER_OVERRIDE);
        }
        if (mail.client() instanceof Inet6Address) {
            if (requireReverseDnsOnIpv6 && lacksHostName(mail)) {
                return new Verdict(onIpv6Violation, Reason.IPV6_WITHOUT_REVERSE_DNS);
            }
            if (requireAuthenticationOnIpv6 && !mail.vouchedFor() && !isUndecided(mail)) {
                return new Verdict(onIpv6Violation, Reason.IPV6_UNAUTHENTICATED);
            }
        }
        return switch (mail.dmarc()) {
            case DmarcResult.TempError _ -> new Verdict(onDnsTrouble, Reason.DNS_TROUBLE);
            case DmarcResult.Fail fail -> judgeFail(mail, fail, standing, evidence);
            case DmarcResult.Pass _ -> orReputation(Reason.DMARC_PASS, standing, evidence);
            case DmarcResult.None _, DmarcResult.PermError _ ->
                    orReputation(
                            mail.author() instanceof AuthorDomains.One
                                    ? Reason.NO_DMARC_POLICY
                                    : Reason.NO_SINGLE_AUTHOR_DOMAIN,
                            standing,
                            evidence);
        };
    }

    private Verdict orReputation(Reason accepted, SenderStanding standing, List<String> evidence) {
        return reputation
                .judge(standing, evidence)
                .orElseGet(() -> new Verdict(Action.ACCEPT, accepted));
    }

    private Verdict judgeFail(
            Authentication mail,
            DmarcResult.Fail fail,
            SenderStanding standing,
            List<String> evidence) {
        var forwarder = trustedForwarders.match(mail);
        if (forwarder.isPresent()) {
            evidence.add("forwarded by " + forwarder.get());
            return new Verdict(Action.ACCEPT, Reason.TRUSTED_FORWARDER);
        }
        var sealer = believedSealer(mail);
        if (sealer.isPresent()) {
            evidence.add("arc=pass, dmarc=pass before " + sealer.get());
            return new Verdict(Action.ACCEPT, Reason.TRUSTED_ARC_SEALER);
        }
        if (reputation.trustForwarders() && standing.whitelistedForwarder()) {
            return new Verdict(Action.ACCEPT, Reason.WHITELISTED_FORWARDER);
        }
        return switch (fail.requestedPolicy().orElse(Policy.NONE)) {
            case NONE -> orReputation(Reason.DMARC_POLICY_NONE, standing, evidence);
            case QUARANTINE -> new Verdict(onQuarantine, Reason.DMARC_QUARANTINE);
            case REJECT ->
                    // A list or forwarder leaves traces of its own: an envelope or a signature that
                    // passes for another
                    // domain. Then the policy alone must not decide (RFC 9989 §7.4, §8).
                    mail.vouchedFor()
                            ? new Verdict(onQuarantine, Reason.DMARC_REJECT_AS_QUARANTINE)
                            : new Verdict(onReject, Reason.DMARC_REJECT);
        };
    }

    private Optional<SenderOverride> override(Authentication mail) {
        if (overrides.isEmpty() || !(mail.author() instanceof AuthorDomains.One(var author, _))) {
            return Optional.empty();
        }
        for (Optional<DomainName> at = Optional.of(author);
                at.isPresent();
                at = at.get().parent()) {
            var found = overrides.get(at.get());
            if (found != null) {
                return found.onlyIfAuthenticated() && !(mail.dmarc() instanceof DmarcResult.Pass)
                        ? Optional.empty()
                        : Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// A name that could not be looked up is not a missing name.
    private static boolean lacksHostName(Authentication mail) {
        return mail.iprev()
                .map(result ->
                        result instanceof IprevResult.Fail
                                || result instanceof IprevResult.PermError)
                .orElse(false);
    }

    private static boolean isUndecided(Authentication mail) {
        return mail.spf() instanceof SpfResult.TempError
                || mail.dkim().stream().anyMatch(DkimResult.TempError.class::isInstance);
    }

    /// The newest sealer of a whole chain, if we believe it, and if DMARC had passed where the chain began or at any hop
    /// whose sealer we believe (RFC 8617 §7.2.1). Everything below a sealer that we do not believe could be invented.
    private Optional<DomainName> believedSealer(Authentication mail) {
        if (trustedSealers.isEmpty() || !(mail.arc() instanceof ArcResult.Pass chain)) {
            return Optional.empty();
        }
        for (var hop : chain.hops()) {
            if (hop.domain().isEmpty() || !trustedSealers.contains(hop.domain().get())) {
                return Optional.empty();
            }
            boolean passed =
                    hop.results()
                            .map(results ->
                                    results.of("dmarc").stream()
                                            .anyMatch(r -> r.result().equals("pass")))
                            .orElse(false);
            if (passed) {
                return hop.domain();
            }
        }
        return Optional.empty();
    }
}
