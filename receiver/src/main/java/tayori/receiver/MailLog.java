package tayori.receiver;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.authentication.Authentication;
import tayori.dkim.DkimResult;
import tayori.dkim.SignatureFacts;
import tayori.dns.DomainName;
import tayori.message.Address;
import tayori.message.AuthorDomains;

/// One line for each mail, as key and value: who sent it, what the methods said, what was decided.
///
/// Never content, subject or recipient; of the envelope sender the domain only. The queue identifier leads to the MTA's
/// own log, where whoever may see more finds more.
public final class MailLog {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.mail");

    /// Most DKIM signatures named in one line; an ellipsis stands for further ones.
    static final int MAX_SIGNATURES = 10;

    private final boolean on;

    /// @param on whether lines are written at all
    public MailLog(boolean on) {
        this.on = on;
    }

    void write(
            String queueId,
            Optional<InetAddress> client,
            String helo,
            String mailFrom,
            Optional<Authentication> authentication,
            Decision decision,
            Duration elapsed) {
        if (!on || !LOG.isInfoEnabled()) {
            return;
        }
        var line =
                LOG.atInfo()
                        .addKeyValue("queueId", queueId)
                        .addKeyValue("client", client.map(InetAddress::getHostAddress).orElse(""))
                        .addKeyValue("helo", helo)
                        .addKeyValue("mailFrom", domainOf(mailFrom))
                        .addKeyValue("action", decision.action().keyword())
                        .addKeyValue("advised", decision.advised().keyword())
                        .addKeyValue("reason", decision.reason().keyword())
                        .addKeyValue("evidence", String.join("; ", decision.evidence()))
                        .addKeyValue("ms", elapsed.toMillis());
        if (authentication.isPresent()) {
            var mail = authentication.get();
            line =
                    line.addKeyValue(
                                    "author",
                                    mail.author() instanceof AuthorDomains.One(var domain, _)
                                            ? domain
                                            : "")
                            .addKeyValue("spf", mail.spf().result())
                            .addKeyValue("dkim", dkim(mail))
                            .addKeyValue("arc", mail.arc().status().word())
                            .addKeyValue("dmarc", mail.dmarc().keyword())
                            .addKeyValue(
                                    "policy",
                                    mail.dmarc()
                                            .findings()
                                            .applied()
                                            .map(applied -> applied.policy().toString())
                                            .orElse(""))
                            .addKeyValue("octets", mail.bodyOctets())
                            .addKeyValue("dnsQuestions", mail.dnsQuestions());
        }
        line.log("mail");
    }

    /// The domain; nothing where there is none, as what stands there then is the name of somebody.
    private static String domainOf(String mailFrom) {
        String behind = mailFrom.substring(mailFrom.lastIndexOf('@') + 1);
        boolean none = behind.length() == mailFrom.length();
        return none
                ? ""
                : new Address("", "", behind).domainName().map(DomainName::toString).orElse("");
    }

    private static String dkim(Authentication mail) {
        var words = new StringBuilder(40);
        int named = 0;
        for (DkimResult result : mail.dkim()) {
            if (named++ == MAX_SIGNATURES) {
                return words.append(",…").toString();
            }
            words.append(words.isEmpty() ? "" : ",").append(result.keyword());
            result.facts()
                    .map(SignatureFacts::domain)
                    .filter(domain -> !domain.isEmpty())
                    .ifPresent(domain -> words.append(':').append(domain));
        }
        return words.toString();
    }
}
