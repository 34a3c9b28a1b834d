package tayori.receiver;

import java.net.InetAddress;
import tayori.authentication.MailAuthenticator;
import tayori.policy.PolicyAction;
import tayori.policy.PolicyHandler;
import tayori.policy.PolicyRequest;
import tayori.spf.ReceivedSpf;

/// SPF as a Postfix policy service, for sites whose MTA cannot speak to a mail filter: puts a `Received-SPF` field on
/// top of the mail (RFC 7208 §9.1) and never refuses, because DMARC has yet to be asked (RFC 9989 §7.1).
public final class SpfPolicy implements PolicyHandler {
    private final MailAuthenticator authenticator;
    private final String receiver;

    /// @param receiver the name of this host, for the field
    public SpfPolicy(MailAuthenticator authenticator, String receiver) {
        this.authenticator = authenticator;
        this.receiver = receiver;
    }

    /// Answers once a mail, at its first recipient: Postfix would put the field on top for each.
    @Override
    public PolicyAction decide(PolicyRequest request) {
        boolean firstRecipient =
                request.get("protocol_state").filter("RCPT"::equals).isPresent()
                        && request.get("recipient_count").filter(n -> !n.equals("0")).isEmpty();
        var client = request.get("client_address");
        boolean signedIn = request.get("sasl_username").isPresent();
        if (!firstRecipient || client.isEmpty() || signedIn) {
            return PolicyAction.DUNNO;
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(client.get());
        } catch (IllegalArgumentException _) {
            return PolicyAction.DUNNO; // a local client
        }
        String helo = request.get("helo_name").orElse("");
        String sender = request.get("sender").orElse("");
        var result = authenticator.checkSpf(address, sender, helo);
        return PolicyAction.prepend(
                "Received-SPF",
                ReceivedSpf.value(result, address, sender, helo, receiver).replace("\r\n", ""));
    }
}
