package tayori.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tayori.dmarc.AppliedPolicy.Source;
import tayori.dmarc.AuthenticatedIdentifier.Method;
import tayori.dmarc.DmarcRecord.AlignmentMode;
import tayori.dmarc.DmarcRecord.Outcome;
import tayori.dmarc.DmarcRecord.PublicSuffix;
import tayori.dmarc.IdentifierAlignment.Verdict;
import tayori.dmarc.Lookups.Step;
import tayori.dmarc.PolicyDiscovery.Finding;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.message.AuthorDomains;

/// DMARC for one mail after another (RFC 9989 §5.3). Safe for many threads; blocks its thread on the DNS.
///
/// The work is in two parts, so that the DNS is asked while the body still streams in: [#discover] needs the author
/// domain only, [#evaluate] the results of SPF and DKIM.
///
/// Walks are saved where the answer is certain without them: the organizational domain of a name is the name or lies
/// above it, so a domain that is not within the author's organizational domain cannot share it.
public final class DmarcEvaluator {
    /// Most domains of identifiers, the author's not counted, whose organizational domain is looked for in one mail.
    /// A walk costs up to eight questions and a stranger writes the signatures. RFC 9989 sets no limit; a mail with
    /// more signers than this has them for other reasons.
    public static final int MAX_WALKED_DOMAINS = 10;

    private final Dns dns;
    private final DmarcOptions options;
    private final RecordCache records;

    public DmarcEvaluator(Dns dns, DmarcOptions options) {
        this(dns, options, new RecordCache());
    }

    private DmarcEvaluator(Dns dns, DmarcOptions options, RecordCache records) {
        this.dns = dns;
        this.options = options;
        this.records = records;
    }

    /// The same evaluator with another door to the DNS, such as one that counts the questions of one message; what this
    /// one remembers of records is shared.
    public DmarcEvaluator asking(Dns other) {
        return new DmarcEvaluator(other, options, records);
    }

    // ---- policy discovery, RFC 9989 §4.10.1

    /// Finds the policy for mail of an author domain.
    public PolicyDiscovery discover(DomainName author) {
        var lookups = new Lookups(dns, records);
        var own = lookups.step(author);
        return new PolicyDiscovery(author, finding(author, own, lookups), lookups);
    }

    private Finding finding(DomainName author, Step own, Lookups lookups) {
        if (own.trouble().isPresent()) {
            return new Finding.Trouble(own.trouble().get());
        }
        if (own.outcome().isPresent()) {
            return published(author, own, lookups);
        }
        if (options.publicSuffixList().isPresent()) {
            // RFC 7489 §6.6.3: several records end the search; otherwise the organizational domain
            // is the only other place.
            var organizational = organizationalByList(author);
            if (own.several() || organizational.equals(author)) {
                return new Finding.NoPolicy("there is no DMARC record for " + author);
            }
            var above = lookups.step(organizational);
            return above.trouble().isPresent()
                    ? new Finding.Trouble(above.trouble().get())
                    : published(author, above, lookups);
        }
        var walk = lookups.walk(author);
        if (walk.trouble().isPresent()) {
            return new Finding.Trouble(walk.trouble().get());
        }
        // The record of the organizational domain, else that of the public suffix above it. Either
        // is the last one
        // found: psd=y ends the walk, and the organizational domain is one label below only if it
        // has no record itself.
        if (walk.found().isEmpty()) {
            return new Finding.NoPolicy("there is no DMARC record for " + author);
        }
        var organizational = walk.organizationalDomain();
        for (var step : walk.found()) {
            if (step.domain().equals(organizational)) {
                return published(author, step, lookups);
            }
        }
        return published(author, walk.found().getLast(), lookups);
    }

    private static Finding published(DomainName author, Step step, Lookups lookups) {
        return switch (step.outcome().orElse(new Outcome.NotDmarc("none"))) {
            case Outcome.Usable(var record) ->
                    new Finding.Published(applied(author, step.domain(), record, lookups));
            case Outcome.NoPolicy(var flaws, _) ->
                    new Finding.NoPolicy(
                            "the record of "
                                    + step.domain()
                                    + " cannot be used: "
                                    + flaws.getFirst()
                                    + ", and no rua to report to");
            case Outcome.Malformed(var flaw) ->
                    new Finding.Broken("the record of " + step.domain() + " is broken: " + flaw);
            case Outcome.NotDmarc _ ->
                    new Finding.NoPolicy("there is no DMARC record for " + author);
        };
    }

    /// Which of `p`, `sp` and `np` decides. Those two say nothing about the name they stand at (§4.7).
    private static AppliedPolicy applied(
            DomainName author, DomainName policyDomain, DmarcRecord record, Lookups lookups) {
        if (author.equals(policyDomain)) {
            return new AppliedPolicy(policyDomain, record, Source.P, record.policy());
        }
        var nonexistent = record.nonexistentPolicy();
        if (nonexistent.isPresent() && !lookups.exists(author)) {
            return new AppliedPolicy(policyDomain, record, Source.NP, nonexistent.get());
        }
        return new AppliedPolicy(
                policyDomain,
                record,
                record.subdomainPolicy().isPresent() ? Source.SP : Source.P,
                record.effectiveSubdomainPolicy());
    }

    /// The organizational domain of any name (§4.10.2).
    ///
    /// @return nothing where the DNS failed
    public Optional<DomainName> organizationalDomain(DomainName name) {
        return organizational(name, new Lookups(dns, records));
    }

    private Optional<DomainName> organizational(DomainName name, Lookups lookups) {
        if (options.publicSuffixList().isPresent()) {
            return Optional.of(organizationalByList(name));
        }
        var walk = lookups.walk(name);
        return walk.trouble().isPresent()
                ? Optional.empty()
                : Optional.of(walk.organizationalDomain());
    }

    private DomainName organizationalByList(DomainName name) {
        return options.publicSuffixList()
                .flatMap(list -> list.registrableDomain(name))
                .orElse(name);
    }

    // ---- evaluation, RFC 9989 §4.4 and §5.3

    /// Evaluates one mail.
    ///
    /// @param early what [#discover] found for this author; made now where it is missing or for another domain
    /// @param identifiers SPF's MAIL FROM domain and each DKIM `d=`, whatever their results
    public DmarcResult evaluate(
            AuthorDomains author,
            Optional<PolicyDiscovery> early,
            List<AuthenticatedIdentifier> identifiers) {
        return switch (author) {
            case AuthorDomains.One(var domain, _) ->
                    evaluate(
                            early.filter(discovery -> discovery.author().equals(domain))
                                    .orElseGet(() -> discover(domain)),
                            identifiers);
            case AuthorDomains.None(var reason) ->
                    new DmarcResult.None(DmarcFindings.NOTHING, reason);
            case AuthorDomains.Several(_, var reason) ->
                    new DmarcResult.None(DmarcFindings.NOTHING, reason);
        };
    }

    private DmarcResult evaluate(
            PolicyDiscovery discovery, List<AuthenticatedIdentifier> identifiers) {
        return switch (discovery.finding()) {
            case Finding.Published(var applied) ->
                    new Alignment(discovery.author(), applied, discovery.lookups(dns))
                            .evaluate(identifiers);
            case Finding.NoPolicy(var reason) -> new DmarcResult.None(nothing(discovery), reason);
            case Finding.Broken(var reason) ->
                    new DmarcResult.PermError(nothing(discovery), reason);
            case Finding.Trouble(var reason) ->
                    new DmarcResult.TempError(nothing(discovery), reason);
        };
    }

    private static DmarcFindings nothing(PolicyDiscovery discovery) {
        return new DmarcFindings(
                Optional.of(discovery.author()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                discovery.questions());
    }

    /// The alignment of one mail's identifiers with its author. Lives for one evaluation.
    private final class Alignment {
        private final DomainName author;
        private final AppliedPolicy applied;
        private final Lookups lookups;

        /// The author's organizational domain once it was looked for; empty inside when the DNS failed.
        private Optional<Optional<DomainName>> organizationalOfAuthor = Optional.empty();

        /// Verdicts by domain, so that one walk serves every identifier of it; for relaxed alignment only.
        private final Map<DomainName, IdentifierAlignment> relaxed = HashMap.newHashMap(2);

        Alignment(DomainName author, AppliedPolicy applied, Lookups lookups) {
            this.author = author;
            this.applied = applied;
            this.lookups = lookups;
            // Discovery has walked already unless the author's own record was there; then the
            // answer costs nothing.
            if (!applied.policyDomain().equals(author)
                    || applied.record().publicSuffix() != PublicSuffix.UNKNOWN
                    || options.publicSuffixList().isPresent()) {
                organizationalOfAuthor = Optional.of(organizational(author, lookups));
            }
        }

        DmarcResult evaluate(List<AuthenticatedIdentifier> identifiers) {
            var verdicts = new ArrayList<IdentifierAlignment>(identifiers.size());
            Optional<IdentifierAlignment> aligned = Optional.empty();
            for (var identifier : identifiers) {
                var verdict =
                        switch (identifier.outcome()) {
                            case PASS -> align(identifier);
                            case TEMP_ERROR, NO_PASS ->
                                    new IdentifierAlignment(
                                            identifier, Verdict.NOT_PASSED, "did not pass");
                        };
                verdicts.add(verdict);
                if (verdict.aligned() && aligned.isEmpty()) {
                    aligned = Optional.of(verdict);
                }
            }
            if (aligned.isPresent()) {
                var first = aligned.get();
                return new DmarcResult.Pass(
                        findings(verdicts), first.identifier().method() + ": " + first.why());
            }
            // Only now does it matter whether one that could not be checked would have been
            // aligned.
            for (int i = 0; i < verdicts.size(); i++) {
                var identifier = identifiers.get(i);
                if (identifier.outcome() == AuthenticatedIdentifier.Outcome.TEMP_ERROR
                        && align(identifier).verdict() != Verdict.NOT_ALIGNED) {
                    verdicts.set(
                            i,
                            new IdentifierAlignment(
                                    identifier,
                                    Verdict.UNDETERMINED,
                                    "could not be checked (temperror)"));
                }
            }
            for (var verdict : verdicts) {
                if (verdict.verdict() == Verdict.UNDETERMINED) {
                    return new DmarcResult.TempError(
                            findings(verdicts),
                            verdict.identifier().method()
                                    + " for "
                                    + verdict.identifier().domain()
                                    + ": "
                                    + verdict.why());
                }
            }
            return new DmarcResult.Fail(findings(verdicts), "no aligned identifier passed");
        }

        private DmarcFindings findings(List<IdentifierAlignment> verdicts) {
            return new DmarcFindings(
                    Optional.of(author),
                    Optional.of(applied),
                    organizationalOfAuthor.flatMap(found -> found),
                    verdicts,
                    lookups.questions());
        }

        /// Whether a domain goes with the author's, its result left aside.
        private IdentifierAlignment align(AuthenticatedIdentifier identifier) {
            var domain = identifier.domain();
            if (domain.equals(author)) {
                return new IdentifierAlignment(
                        identifier, Verdict.ALIGNED, domain + " is the author domain");
            }
            var mode =
                    identifier.method() == Method.SPF
                            ? applied.record().spfAlignment()
                            : applied.record().dkimAlignment();
            if (mode == AlignmentMode.STRICT) {
                return new IdentifierAlignment(
                        identifier,
                        Verdict.NOT_ALIGNED,
                        domain + " is not " + author + ", and alignment is strict");
            }
            var known = relaxed.get(domain);
            if (known == null) {
                known = alignRelaxed(identifier);
                relaxed.put(domain, known);
            }
            return new IdentifierAlignment(identifier, known.verdict(), known.why());
        }

        private IdentifierAlignment alignRelaxed(AuthenticatedIdentifier identifier) {
            var domain = identifier.domain();
            if (!domain.isWithin(author.suffix(1))) {
                return new IdentifierAlignment(
                        identifier,
                        Verdict.NOT_ALIGNED,
                        domain + " has nothing in common with " + author);
            }
            if (relaxed.size() >= MAX_WALKED_DOMAINS) {
                return new IdentifierAlignment(
                        identifier,
                        Verdict.NOT_ALIGNED,
                        "not looked at: more than " + MAX_WALKED_DOMAINS + " domains");
            }
            if (organizationalOfAuthor.isEmpty()) {
                organizationalOfAuthor = Optional.of(organizational(author, lookups));
            }
            var ofAuthor = organizationalOfAuthor.get();
            if (ofAuthor.isEmpty()) {
                return undetermined(identifier, author);
            }
            if (!domain.isWithin(ofAuthor.get())) {
                return new IdentifierAlignment(
                        identifier,
                        Verdict.NOT_ALIGNED,
                        domain + " is outside of " + ofAuthor.get());
            }
            var ofDomain = organizational(domain, lookups);
            if (ofDomain.isEmpty()) {
                return undetermined(identifier, domain);
            }
            if (ofDomain.equals(ofAuthor)) {
                return new IdentifierAlignment(
                        identifier,
                        Verdict.ALIGNED,
                        domain + " and " + author + " belong to " + ofAuthor.get());
            }
            return new IdentifierAlignment(
                    identifier,
                    Verdict.NOT_ALIGNED,
                    domain
                            + " belongs to "
                            + ofDomain.get()
                            + ", "
                            + author
                            + " to "
                            + ofAuthor.get());
        }

        private static IdentifierAlignment undetermined(
                AuthenticatedIdentifier identifier, DomainName name) {
            return new IdentifierAlignment(
                    identifier, Verdict.UNDETERMINED, "the DNS failed on the way up from " + name);
        }
    }
}
