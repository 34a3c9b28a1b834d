package tayori.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import tayori.milter.EnvelopeAddress;
import tayori.smtp.MailServerOptions.Protocol;

/// A handler that does what the addresses and the mail tell it, and writes down what it got.
final class ToldHandler implements MailHandler {

    /// Envelopes and lines of the mails that came.
    final Deque<String> taken = new ArrayDeque<>();

    @Override
    public SmtpReply recipient(Envelope envelope, EnvelopeAddress recipient) {
        return switch (recipient.localPart()) {
            case "unknown" -> SmtpReply.UNKNOWN_RECIPIENT;
            case "later" -> SmtpReply.of(451, "4.2.1", "Not now");
            case "closing" -> SmtpReply.of(421, "4.3.2", "Going down");
            case "throw" -> throw new IllegalStateException("thrown on purpose");
            default -> SmtpReply.RECIPIENT_OK;
        };
    }

    @Override
    public List<SmtpReply> message(Envelope envelope, byte[] octets) {
        String mail = new String(octets, StandardCharsets.UTF_8);
        if (mail.startsWith("throw")) {
            throw new IllegalStateException("thrown on purpose");
        }
        if (mail.startsWith("miscount")) {
            return List.of();
        }
        taken.add(
                envelope.sender()
                        + " -> "
                        + envelope.recipients().stream()
                                .map(EnvelopeAddress::toString)
                                .collect(Collectors.joining(" ")));
        mail.lines().forEach(taken::add);
        SmtpReply reply =
                mail.startsWith("refuse")
                        ? SmtpReply.of(550, "5.7.1", "Not this one")
                        : SmtpReply.of(250, "2.0.0", "Kept");
        return envelope.protocol() == Protocol.SMTP
                ? List.of(reply)
                : envelope.recipients().stream()
                        .map(recipient ->
                                recipient.localPart().equals("full")
                                        ? SmtpReply.of(452, "4.2.2", "Mailbox full")
                                        : reply)
                        .collect(
                                Collectors.collectingAndThen(
                                        Collectors.toList(), Collections::unmodifiableList));
    }
}
