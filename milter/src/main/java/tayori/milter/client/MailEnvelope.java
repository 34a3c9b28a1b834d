package tayori.milter.client;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tayori.milter.EnvelopeAddress;

/// The envelope of one mail.
///
/// @param queueId macro `i`
/// @param senderArguments ESMTP arguments of MAIL: `SIZE=1000`
/// @param macros more macros of the mail: `{auth_authen}` for a signed-in user
public record MailEnvelope(
        String queueId,
        EnvelopeAddress sender,
        List<String> senderArguments,
        List<EnvelopeAddress> recipients,
        Map<String, String> macros) {

    public MailEnvelope {
        senderArguments = List.copyOf(senderArguments);
        recipients = List.copyOf(recipients);
        macros = Map.copyOf(macros);
    }

    /// @param sender without angle brackets; empty for the null sender
    public static MailEnvelope of(String sender, String... recipients) {
        return new MailEnvelope(
                "4TAYORI0001",
                new EnvelopeAddress(sender),
                List.of(),
                Stream.of(recipients).map(EnvelopeAddress::new).toList(),
                Map.of());
    }
}
