package tayori.arf;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.mime.FieldBlock;

/// One complaint or other feedback (RFC 5965). What the report says and what we inferred stay apart: [Reported].
///
/// Addresses stand without angle brackets. Several recipients are several complaints about one message.
///
/// @param form how it was written down
/// @param type the kind of feedback
/// @param userAgent what wrote it
/// @param version of the format; nothing where it is not told, or no number
/// @param originalMailFrom envelope sender of the message complained of; an empty text is the null sender
/// @param originalRecipients its recipients; a local part may be redacted (RFC 6590)
/// @param arrivalDate when it arrived at the reporter
/// @param sourceIp the client that delivered it
/// @param sourcePort its port (RFC 6692)
/// @param incidents how many complaints this report stands for, at least one
/// @param reportedDomains who is thought responsible; as written
/// @param reportedUris URIs in the message complained of; as written
/// @param authenticationResults values of the fields of that name, unfolded
/// @param reportingMta `dns; name`, as written
/// @param originalEnvelopeId `ENVID` of the message
/// @param failure what failed, for `auth-failure`
/// @param originalHead head of the message complained of, as far as the reporter passed it on
public record ArfReport(
        Form form,
        Reported<FeedbackType> type,
        Optional<String> userAgent,
        OptionalInt version,
        Optional<Reported<String>> originalMailFrom,
        List<Reported<String>> originalRecipients,
        Optional<Reported<Instant>> arrivalDate,
        Optional<Reported<InetAddress>> sourceIp,
        OptionalInt sourcePort,
        int incidents,
        List<Reported<String>> reportedDomains,
        List<String> reportedUris,
        List<String> authenticationResults,
        Optional<String> reportingMta,
        Optional<String> originalEnvelopeId,
        Optional<AuthenticationFailure> failure,
        FieldBlock originalHead)
        implements ArfReading {
    /// How a report was written down.
    public enum Form {
        /// RFC 5965: with a part `message/feedback-report`.
        STANDARD,
        /// Microsoft's JMRP as it was until 2024: only the message, with the recipient in a field of its own.
        MICROSOFT_JMRP,
        /// Apple Mail's unsubscription on the reader's behalf: a mail with `X-Apple-Unsubscribe`.
        APPLE_UNSUBSCRIBE
    }

    public ArfReport {
        originalRecipients = List.copyOf(originalRecipients);
        reportedDomains = List.copyOf(reportedDomains);
        reportedUris = List.copyOf(reportedUris);
        authenticationResults = List.copyOf(authenticationResults);
    }

    /// `Message-ID` of the message complained of.
    public Optional<String> originalMessageId() {
        return originalHead.first("Message-ID");
    }

    /// `CFBL-Feedback-ID` of the message complained of, white space taken out (RFC 9477 §5.2).
    public Optional<String> feedbackId() {
        return originalHead.first("CFBL-Feedback-ID").map(ArfReport::withoutSpace);
    }

    private static String withoutSpace(String text) {
        var out = new StringBuilder(text.length());
        text.chars().filter(c -> c > ' ').forEach(c -> out.append((char) c));
        return out.toString();
    }

    /// Type, form and counts; no addresses.
    @Override
    public String toString() {
        return type.value().word()
                + " ("
                + form
                + "), "
                + originalRecipients.size()
                + " recipients, "
                + incidents
                + " incidents";
    }
}
