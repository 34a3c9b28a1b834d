package tayori.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.arc.ArcVerification;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.bimi.BimiLookup;
import tayori.bimi.BimiResult;
import tayori.bimi.BimiSelector;
import tayori.bimi.DmarcStanding;
import tayori.bimi.DmarcStanding.AlignedDkim;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimResult;
import tayori.dkim.DkimVerification;
import tayori.dmarc.AuthenticatedIdentifier;
import tayori.dmarc.AuthenticatedIdentifier.Outcome;
import tayori.dmarc.DmarcResult;
import tayori.dmarc.Policy;
import tayori.dmarc.PolicyDiscovery;
import tayori.dns.ALabels;
import tayori.dns.BudgetedDns;
import tayori.dns.Dns;
import tayori.domainkeys.DomainKeyVerification;
import tayori.message.AuthorDomains;
import tayori.message.MessageHead;
import tayori.senderid.SenderId;
import tayori.senderid.SenderIdResult;
import tayori.senderid.SpfEvaluation;
import tayori.senderid.Verdict;
import tayori.spf.SpfIdentity;
import tayori.spf.SpfResult;

/// The authentication of one mail, in the order of the protocol: envelope, [#head], [#body], [#finish]. Used by one
/// thread at a time; what must wait for the DNS waits on threads of its own.
public final class MailSession {
    private static final SpfResult SPF_NOT_CHECKED =
            new SpfResult.None(
                    SpfIdentity.MAIL_FROM,
                    "",
                    Optional.empty(),
                    "not checked: the client is not known");

    private final MailAuthenticator authenticator;
    private final ClientSession client;
    private final String mailFrom;
    private final BudgetedDns dns;
    private final Answer<SpfResult> spf;
    private final BodyHasher body = new BodyHasher();
    private @Nullable HeadWork headWork;

    /// What begins when the header has been read and ends after the body.
    private record HeadWork(
            MessageHead head,
            AuthorDomains author,
            DkimVerification dkim,
            ArcVerification arc,
            Optional<DomainKeyVerification> domainKeys,
            Optional<Answer<PolicyDiscovery>> policy,
            Optional<Answer<SenderIdResult>> senderId) {}

    MailSession(MailAuthenticator authenticator, ClientSession client, String mailFrom) {
        this.authenticator = authenticator;
        this.client = client;
        this.mailFrom = mailFrom;
        this.dns = authenticator.budget();
        this.spf =
                Answer.begin(
                        dns,
                        asked ->
                                client.known()
                                        ? authenticator
                                                .spf
                                                .asking(asked)
                                                .checkMailFrom(
                                                        client.address(), mailFrom, client.helo())
                                        : SPF_NOT_CHECKED);
    }

    /// The header section is complete: signatures are read, all keys and the author domain's policy asked for.
    public void head(MessageHead head) {
        var author = AuthorDomains.of(head);
        headWork =
                new HeadWork(
                        head,
                        author,
                        authenticator.dkim.begin(head, body, dns),
                        authenticator.arc.begin(head, body, dns),
                        wants(Extra.DOMAIN_KEYS)
                                ? Optional.of(
                                        authenticator.domainKeys.asking(dns).begin(head, body))
                                : Optional.empty(),
                        author instanceof AuthorDomains.One(var domain, _)
                                ? Optional.of(
                                        Answer.begin(
                                                dns,
                                                asked ->
                                                        authenticator
                                                                .dmarc
                                                                .asking(asked)
                                                                .discover(domain)))
                                : Optional.empty(),
                        wants(Extra.SENDER_ID) && client.known()
                                ? Optional.of(Answer.begin(dns, asked -> senderId(head, asked)))
                                : Optional.empty());
    }

    /// The body hashers of this mail, for those who sign or seal while they verify.
    public BodyHasher bodyHasher() {
        return body;
    }

    /// The next piece of the body: CRLF line ends, dots unstuffed, cut anywhere.
    public void body(byte[] buffer, int offset, int length) {
        body.update(buffer, offset, length);
    }

    /// The mail is complete: waits for what is still being asked, and evaluates.
    ///
    /// @throws IllegalStateException without a head
    public Authentication finish() {
        var work = headWork;
        if (work == null) {
            throw new IllegalStateException("a mail without a head");
        }
        body.finish();
        var dkim = work.dkim().finish();
        var arc = work.arc().finish();
        var domainKeys = work.domainKeys().map(DomainKeyVerification::finish).orElseGet(List::of);
        var spfResult = spf.await();
        var dmarc =
                authenticator
                        .dmarc
                        .asking(dns)
                        .evaluate(
                                work.author(),
                                work.policy().map(Answer::await),
                                identifiers(spfResult, dkim));
        return new Authentication(
                client.address(),
                client.helo(),
                mailFrom,
                work.author(),
                client.iprev(),
                client.spfOfHelo(),
                spfResult,
                dkim,
                arc,
                dmarc,
                work.senderId().map(Answer::await),
                domainKeys,
                wants(Extra.BIMI) ? Optional.of(bimi(work.head(), dkim, dmarc)) : Optional.empty(),
                body.octets(),
                dns.asked());
    }

    private boolean wants(Extra extra) {
        return authenticator.options.extras().contains(extra);
    }

    /// SPF's MAIL FROM domain, never HELO's, and each signing domain (RFC 9989 §4.4).
    private static List<AuthenticatedIdentifier> identifiers(
            SpfResult spf, List<DkimResult> signatures) {
        var identifiers = new ArrayList<AuthenticatedIdentifier>(signatures.size() + 1);
        ALabels.toDomainName(spf.domain())
                .ifPresent(domain ->
                        identifiers.add(
                                AuthenticatedIdentifier.spf(
                                        domain,
                                        switch (spf) {
                                            case SpfResult.Pass _ -> Outcome.PASS;
                                            case SpfResult.TempError _ -> Outcome.TEMP_ERROR;
                                            case SpfResult.None _,
                                                    SpfResult.Neutral _,
                                                    SpfResult.Fail _,
                                                    SpfResult.SoftFail _,
                                                    SpfResult.PermError _ ->
                                                    Outcome.NO_PASS;
                                        })));
        for (var signature : signatures) {
            signature
                    .facts()
                    .flatMap(facts -> facts.domainName())
                    .ifPresent(domain ->
                            identifiers.add(
                                    AuthenticatedIdentifier.dkim(
                                            domain,
                                            switch (signature) {
                                                case DkimResult.Pass _ -> Outcome.PASS;
                                                case DkimResult.TempError _ -> Outcome.TEMP_ERROR;
                                                case DkimResult.None _,
                                                        DkimResult.Fail _,
                                                        DkimResult.Policy _,
                                                        DkimResult.Neutral _,
                                                        DkimResult.PermError _ ->
                                                        Outcome.NO_PASS;
                                            })));
        }
        return identifiers;
    }

    private SenderIdResult senderId(MessageHead head, Dns asked) {
        return new SenderId(
                        asked,
                        (records, address, sender, helo) -> {
                            var result =
                                    authenticator
                                            .spf
                                            .asking(records)
                                            .checkMailFrom(address, sender, helo);
                            return new SpfEvaluation.Outcome(verdict(result), result.reason());
                        })
                .checkResponsibleAddress(client.address(), head, client.helo());
    }

    private static Verdict verdict(SpfResult result) {
        return switch (result) {
            case SpfResult.None _ -> Verdict.NONE;
            case SpfResult.Neutral _ -> Verdict.NEUTRAL;
            case SpfResult.Pass _ -> Verdict.PASS;
            case SpfResult.Fail _ -> Verdict.FAIL;
            case SpfResult.SoftFail _ -> Verdict.SOFTFAIL;
            case SpfResult.TempError _ -> Verdict.TEMPERROR;
            case SpfResult.PermError _ -> Verdict.PERMERROR;
        };
    }

    private BimiResult bimi(MessageHead head, List<DkimResult> dkim, DmarcResult dmarc) {
        var findings = dmarc.findings();
        if (findings.author().isEmpty()) {
            return new BimiResult.Skipped("DMARC does not apply");
        }
        var author = findings.author().get();
        var organizational =
                authenticator.dmarc.asking(dns).organizationalDomain(author).orElse(author);
        var standing =
                new DmarcStanding(
                        dmarc instanceof DmarcResult.Pass,
                        enforced(findings.applied()),
                        alignedDkim(dkim, dmarc));
        boolean selectorSigned =
                dkim.stream()
                        .anyMatch(result ->
                                result instanceof DkimResult.Pass(var facts, _)
                                        && isAligned(facts.domain(), dmarc)
                                        && facts.covers("BIMI-Selector"));
        return new BimiLookup(dns)
                .find(
                        author,
                        organizational,
                        selectorSigned ? BimiSelector.of(head) : Optional.empty(),
                        standing);
    }

    private static boolean enforced(Optional<tayori.dmarc.AppliedPolicy> applied) {
        return applied.isPresent()
                && !applied.get().record().testing()
                && applied.get().policy() != Policy.NONE;
    }

    private static AlignedDkim alignedDkim(List<DkimResult> dkim, DmarcResult dmarc) {
        var covered = AlignedDkim.NONE;
        for (var result : dkim) {
            if (result instanceof DkimResult.Pass(var facts, _)
                    && isAligned(facts.domain(), dmarc)) {
                if (facts.octetsBeyond() == 0) {
                    return AlignedDkim.WHOLE_BODY;
                }
                covered = AlignedDkim.PART_OF_BODY;
            }
        }
        return covered;
    }

    private static boolean isAligned(String signer, DmarcResult dmarc) {
        var domain = ALabels.toDomainName(signer);
        return domain.isPresent()
                && dmarc.findings().identifiers().stream()
                        .anyMatch(identifier ->
                                identifier.aligned()
                                        && identifier.identifier().method()
                                                == AuthenticatedIdentifier.Method.DKIM
                                        && identifier.identifier().domain().equals(domain.get()));
    }
}
