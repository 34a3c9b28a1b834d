package tayori.receiver;

import java.util.List;
import java.util.Optional;
import tayori.authentication.Authentication;
import tayori.milter.Reply;

/// What the SMTP client is told. General words only: which rule of ours decided is not its business, except for DMARC,
/// where RFC 9989 §7.2 wants it named. Each refusal ends with what a sender needs to ask about it: the identifier under
/// which our logs have the mail, and where to ask.
final class SmtpReplies {
    private final Optional<String> supportUrl;

    /// @param supportUrl where a refused sender finds help
    SmtpReplies(Optional<String> supportUrl) {
        this.supportUrl = supportUrl;
    }

    /// @param queueId what MTA and log call the mail; empty where there is no such thing
    Reply to(Decision decision, Optional<Authentication> mail, String queueId) {
        return switch (decision.action()) {
            case ACCEPT, JUNK, HOLD -> Reply.CONTINUE;
            case TEMPFAIL -> withSupport(refusal(decision.reason(), 451, "4", mail), queueId);
            case REJECT -> withSupport(refusal(decision.reason(), 550, "5", mail), queueId);
        };
    }

    private Reply withSupport(Reply.Custom refusal, String queueId) {
        String id = queueId.isEmpty() ? "" : "; id " + queueId;
        String url = supportUrl.map(where -> "; see " + where).orElse("");
        return Reply.custom(
                refusal.code(), refusal.enhancedCode(), refusal.lines().getFirst() + id + url);
    }

    private static Reply.Custom refusal(
            Reason reason, int code, String statusClass, Optional<Authentication> mail) {
        return switch (reason) {
            // RFC 3463 §3.4
            case HEAD_TOO_LARGE ->
                    custom(
                            code == 550 ? 552 : 452,
                            statusClass + ".3.4",
                            "Message header too large");
            // RFC 7372 §3.3
            case IPV6_WITHOUT_REVERSE_DNS ->
                    custom(code, statusClass + ".7.25", "Reverse DNS validation failed");
            // RFC 7372 §3.4
            case IPV6_UNAUTHENTICATED ->
                    custom(code, statusClass + ".7.26", "Neither SPF nor DKIM passed");
            case DNS_TROUBLE ->
                    custom(code, statusClass + ".4.3", "DNS trouble, message not checked");
            case DMARC_QUARANTINE, DMARC_REJECT, DMARC_REJECT_AS_QUARANTINE, DMARC_POLICY_NONE ->
                    custom(
                            code,
                            statusClass + ".7.1",
                            "Email rejected per DMARC policy for " + policyDomain(mail));
            case SENDER_LISTED, ADDRESS_BLOCK_LISTED, LISTED_ELSEWHERE, LOW_SCORE ->
                    custom(
                            code,
                            statusClass + ".7.1",
                            "Message refused for the reputation of its sender");
            case BEYOND_ALLOWANCE ->
                    custom(
                            code,
                            statusClass + ".7.1",
                            "Too many messages today for a sender this new");
            case OWN_CLIENT,
                    SENDER_OVERRIDE,
                    SENDER_WHITELISTED,
                    WHITELISTED_FORWARDER,
                    DMARC_PASS,
                    TRUSTED_FORWARDER,
                    TRUSTED_ARC_SEALER,
                    NO_SINGLE_AUTHOR_DOMAIN,
                    NO_DMARC_POLICY ->
                    custom(code, statusClass + ".7.1", "Message refused by local policy");
        };
    }

    private static Reply.Custom custom(int code, String enhancedCode, String line) {
        return new Reply.Custom(code, enhancedCode, List.of(line));
    }

    private static String policyDomain(Optional<Authentication> mail) {
        return mail.flatMap(m -> m.dmarc().findings().author())
                .map(Object::toString)
                .orElse("the author domain");
    }
}
