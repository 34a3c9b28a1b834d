package tayori.smtp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tayori.milter.EnvelopeAddress;

/// What the client said around a mail.
///
/// @param protocol what is spoken
/// @param client where the connection comes from; nothing where it came through a unix socket
/// @param helo what the client calls itself; nothing of it is checked
/// @param encrypted whether the client has changed to TLS (RFC 3207)
/// @param sender of MAIL FROM; null for bounces
/// @param recipients that were taken, in order; one named twice stands twice
/// @param announcedSize `SIZE=` of MAIL FROM (RFC 1870). Unit: octets
/// @param eightBit `BODY=8BITMIME` (RFC 6152)
/// @param internationalized `SMTPUTF8` (RFC 6531 §3.4): addresses and header may be UTF-8
public record Envelope(
        MailServerOptions.Protocol protocol,
        Optional<InetAddress> client,
        String helo,
        boolean encrypted,
        EnvelopeAddress sender,
        List<EnvelopeAddress> recipients,
        OptionalLong announcedSize,
        boolean eightBit,
        boolean internationalized) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /// Never the addresses.
    @Override
    public String toString() {
        return protocol + " mail for " + recipients.size() + " recipients";
    }
}
