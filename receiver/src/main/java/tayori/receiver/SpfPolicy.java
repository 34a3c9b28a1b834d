package tayori.receiver;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import tayori.authentication.MailAuthenticator;
import tayori.policy.PolicyAction;
import tayori.policy.PolicyHandler;
import tayori.policy.PolicyRequest;
import tayori.spf.ReceivedSpf;

/// SPF as a Postfix policy service, for sites whose MTA cannot speak to a mail filter: puts a `Received-SPF` field on
/// top of the mail (RFC 7208 §9.1) and never refuses, because DMARC has yet to be asked (RFC 9989 §7.1).
public final class SpfPolicy implements PolicyHandler {
    /// Mails remembered as answered; far more than Postfix has in its RCPT stage at a time. Unit: mails.
    static final int MAX_REMEMBERED_MAILS = 10_000;

    private final MailAuthenticator authenticator;
    private final String receiver;
    private final LinkedHashMap<String, Boolean> answered = new LinkedHashMap<>();

    /// @param receiver the name of this host, for the field
    public SpfPolicy(MailAuthenticator authenticator, String receiver) {
        this.authenticator = authenticator;
        this.receiver = receiver;
    }

    /// Answers once a mail, at its first recipient or, asked from `smtpd_data_restrictions`, at DATA: Postfix puts a
    /// field on top for every answer, and says at every recipient that there has been none so far.
    @Override
    public PolicyAction decide(PolicyRequest request) {
        String state = request.get("protocol_state").orElse("");
        var client = request.get("client_address");
        boolean signedIn = request.get("sasl_username").isPresent();
        if (!(state.equals("RCPT") || state.equals("DATA")) || client.isEmpty() || signedIn) {
            return PolicyAction.DUNNO;
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(client.get());
        } catch (IllegalArgumentException _) {
            return PolicyAction.DUNNO; // a local client
        }
        if (request.get("instance").filter(mail -> !isNew(mail)).isPresent()) {
            return PolicyAction.DUNNO;
        }
        String helo = request.get("helo_name").orElse("");
        String sender = request.get("sender").orElse("");
        var result = authenticator.checkSpf(address, sender, helo);
        return PolicyAction.prepend(
                "Received-SPF",
                ReceivedSpf.value(result, address, sender, helo, receiver).replace("\r\n", ""));
    }

    /// Whether this mail is seen for the first time; it is remembered, and the oldest one is forgotten for it.
    ///
    /// @param instance what Postfix calls the mail, the same for all its recipients
    private boolean isNew(String instance) {
        synchronized (answered) {
            boolean isNew = answered.putIfAbsent(instance, true) == null;
            if (answered.size() > MAX_REMEMBERED_MAILS) {
                answered.pollFirstEntry();
            }
            return isNew;
        }
    }
}
