package tayori.receiver;

import java.util.Optional;
import tayori.authentication.Authentication;
import tayori.milter.Reply;

/// What the SMTP client is told. General words only: which rule of ours decided is not its business, except for DMARC,
/// where RFC 9989 §7.2 wants it named.
final class SmtpReplies {
    private SmtpReplies() {}

    static Reply to(Decision decision, Optional<Authentication> mail) {
        return switch (decision.action()) {
            case ACCEPT, JUNK, HOLD -> Reply.CONTINUE;
            case TEMPFAIL -> refusal(decision.reason(), 451, "4", mail);
            case REJECT -> refusal(decision.reason(), 550, "5", mail);
        };
    }

    private static Reply refusal(
            Reason reason, int code, String statusClass, Optional<Authentication> mail) {
        return switch (reason) {
            // RFC 3463 §3.4
            case HEAD_TOO_LARGE ->
                    Reply.custom(
                            code == 550 ? 552 : 452,
                            statusClass + ".3.4",
                            "Message header too large");
            // RFC 7372 §3.3
            case IPV6_WITHOUT_REVERSE_DNS ->
                    Reply.custom(code, statusClass + ".7.25", "Reverse DNS validation failed");
            // RFC 7372 §3.4
            case IPV6_UNAUTHENTICATED ->
                    Reply.custom(code, statusClass + ".7.26", "Neither SPF nor DKIM passed");
            case DNS_TROUBLE ->
                    Reply.custom(code, statusClass + ".4.3", "DNS trouble, message not checked");
            case DMARC_QUARANTINE, DMARC_REJECT, DMARC_REJECT_AS_QUARANTINE, DMARC_POLICY_NONE ->
                    Reply.custom(
                            code,
                            statusClass + ".7.1",
                            "Email rejected per DMARC policy for " + policyDomain(mail));
            case OWN_CLIENT,
                    SENDER_OVERRIDE,
                    DMARC_PASS,
                    TRUSTED_FORWARDER,
                    TRUSTED_ARC_SEALER,
                    NO_SINGLE_AUTHOR_DOMAIN,
                    NO_DMARC_POLICY ->
                    Reply.custom(code, statusClass + ".7.1", "Message refused by local policy");
        };
    }

    private static String policyDomain(Optional<Authentication> mail) {
        return mail.flatMap(m -> m.dmarc().findings().author())
                .map(Object::toString)
                .orElse("the author domain");
    }
}
