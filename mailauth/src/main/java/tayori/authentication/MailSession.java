package tayori.authentication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tayori.arc.ArcVerification;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimVerification;
import tayori.dmarc.PolicyDiscovery;
import tayori.dns.ALabels;
import tayori.dns.BudgetedDns;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.domainkeys.DomainKeyVerification;
import tayori.message.AuthorDomains;
import tayori.message.MessageHead;
import tayori.senderid.SenderId;
import tayori.senderid.SenderIdResult;
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
        this.spf = Answer.begin(dns, this::checkSpf);
    }

    private SpfResult checkSpf(Dns asked) {
        return client.known()
                ? authenticator
                        .spf
                        .asking(asked)
                        .checkMailFrom(client.address(), mailFrom, client.helo())
                : SPF_NOT_CHECKED;
    }

    /// The header section is complete: signatures are read, all keys and the author domain's policy asked for.
    public void head(MessageHead head) {
        var author = AuthorDomains.of(head);
        var dkim = authenticator.dkim.begin(head, body, dns);
        var arc = authenticator.arc.begin(head, body, dns);
        Optional<DomainKeyVerification> domainKeys =
                wants(Extra.DOMAIN_KEYS)
                        ? Optional.of(authenticator.domainKeys.asking(dns).begin(head, body))
                        : Optional.empty();
        Optional<Answer<PolicyDiscovery>> policy =
                author instanceof AuthorDomains.One(var domain, _)
                        ? Optional.of(
                                Answer.begin(
                                        dns,
                                        asked ->
                                                authenticator.dmarc.asking(asked).discover(domain)))
                        : Optional.empty();
        Optional<Answer<SenderIdResult>> senderId =
                wants(Extra.SENDER_ID) && client.known()
                        ? Optional.of(Answer.begin(dns, asked -> senderId(head, asked)))
                        : Optional.empty();
        headWork = new HeadWork(head, author, dkim, arc, domainKeys, policy, senderId);
    }

    /// Asks something else about this mail while it still comes, out of the mail's own budget of questions.
    ///
    /// @param question asks the `Dns` it is given and no other; may be begun twice, and never throws
    public <T> Future<T> beside(Function<Dns, T> question) {
        return Answer.begin(dns, question).future();
    }

    /// The domains this mail names before anything is proven: author, envelope sender, signers, each once.
    ///
    /// @return no more than that of the envelope before [#head]
    public Set<DomainName> claimedDomains() {
        var domains = new LinkedHashSet<DomainName>();
        if (headWork != null && headWork.author() instanceof AuthorDomains.One(var author, _)) {
            domains.add(author);
        }
        ALabels.toDomainName(mailFrom.substring(mailFrom.lastIndexOf('@') + 1))
                .ifPresent(domains::add);
        if (headWork != null) {
            domains.addAll(headWork.dkim().signers());
        }
        return domains;
    }

    /// The organizational domain of a name (RFC 9989 §4.10.2); usually known from the look for the policy.
    ///
    /// @return nothing where the DNS failed
    public Optional<DomainName> organizationalDomain(DomainName name) {
        return authenticator.dmarc.asking(dns).organizationalDomain(name);
    }

    /// What hashes the body of this mail, for those who sign or seal while they verify.
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
        var evaluator = authenticator.dmarc.asking(dns);
        var dmarc =
                evaluator.evaluate(
                        work.author(),
                        work.policy().map(Answer::await),
                        Identifiers.of(spfResult, dkim));
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
                wants(Extra.BIMI)
                        ? Optional.of(Indicator.find(work.head(), dkim, dmarc, evaluator, dns))
                        : Optional.empty(),
                body.octets(),
                dns.asked());
    }

    private boolean wants(Extra extra) {
        return authenticator.options.extras().contains(extra);
    }

    private SenderIdResult senderId(MessageHead head, Dns asked) {
        return new SenderId(asked, new SpfForSenderId(authenticator.spf))
                .checkResponsibleAddress(client.address(), head, client.helo());
    }
}
