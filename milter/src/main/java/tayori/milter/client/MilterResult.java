package tayori.milter.client;

import java.util.List;
import java.util.Optional;
import tayori.milter.EnvelopeAddress;

/// What became of a mail.
///
/// @param verdict what the MTA is to do with it
/// @param text words of the filter, `550 5.7.1 …`, lines separated by LF; empty unless the verdict is REPLY
/// @param sender envelope sender afterwards
/// @param recipients envelope recipients afterwards; those the filter refused are missing
/// @param message the message afterwards
/// @param added fields that were added or inserted
/// @param changed fields whose value was changed, as they are now
/// @param deleted fields that were deleted, as they were
/// @param bodyReplaced whether the body is a new one
/// @param quarantine why the mail is held back, if it is
public record MilterResult(
        Verdict verdict,
        String text,
        EnvelopeAddress sender,
        List<EnvelopeAddress> recipients,
        MailMessage message,
        List<MailField> added,
        List<MailField> changed,
        List<MailField> deleted,
        boolean bodyReplaced,
        Optional<String> quarantine) {

    public enum Verdict {
        /// Deliver, changed as said here.
        ACCEPT,
        REJECT,
        TEMPFAIL,
        DISCARD,
        /// Refuse with the filter's own words; [MilterResult#text()] says for now (4xx) or for good (5xx).
        REPLY
    }

    public MilterResult {
        recipients = List.copyOf(recipients);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
    }

    /// The values of added fields of that name, unfolded.
    public List<String> added(String name) {
        return added.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(field -> unfolded(field.value()))
                .toList();
    }

    private static String unfolded(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '\n' && value.charAt(i) != '\r') {
                text.append(value.charAt(i));
            }
        }
        return text.toString().strip();
    }
}
