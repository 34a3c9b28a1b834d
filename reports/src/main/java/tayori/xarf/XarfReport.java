package tayori.xarf;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One abuse report, read from version 4 or 3. Texts are as written; what a version does not have is empty.
///
/// @param version as written: `4.2.0`, `3.0.0`
/// @param reportId a UUID; empty in version 3
/// @param timestamp when the abuse occurred
/// @param reporter who complains
/// @param sender who transmits the report; in version 3 the reporter
/// @param sourceIdentifier address, domain or URL that the abuse came from
/// @param sourcePort its port
/// @param category such as `messaging`; lower case
/// @param type such as `spam`; lower case
/// @param evidenceSource such as `user_complaint`
/// @param protocol such as `smtp`
/// @param smtpFrom envelope sender
/// @param smtpTo envelope recipient: a reader
/// @param subject of the message
/// @param messageId of the message
/// @param evidence what is shown, in order
public record XarfReport(
        String version,
        String reportId,
        Instant timestamp,
        Contact reporter,
        Contact sender,
        String sourceIdentifier,
        OptionalInt sourcePort,
        String category,
        String type,
        Optional<String> evidenceSource,
        Optional<String> protocol,
        Optional<String> smtpFrom,
        Optional<String> smtpTo,
        Optional<String> subject,
        Optional<String> messageId,
        List<Evidence> evidence)
        implements XarfReading {
    public XarfReport {
        evidence = List.copyOf(evidence);
    }

    /// An organization.
    ///
    /// @param organization its name
    /// @param address where it reads mail
    /// @param domain its domain; empty where version 3 names none
    public record Contact(String organization, String address, String domain) {}

    /// One piece of evidence.
    ///
    /// @param contentType as written
    /// @param description for people; may be empty
    /// @param payload base64, as written
    public record Evidence(String contentType, String description, String payload) {
        /// The evidence itself (RFC 4648, white space passed over); what is no base64 is given as it stands: it is still
        /// evidence.
        public byte[] content() {
            try {
                return Base64.getMimeDecoder().decode(payload);
            } catch (IllegalArgumentException e) {
                return payload.getBytes(StandardCharsets.UTF_8);
            }
        }

        /// Type and size, never the content.
        @Override
        public String toString() {
            return contentType + " of " + payload.length() + " characters";
        }
    }

    /// What kind of report and from whom; no reader's address, no content.
    @Override
    public String toString() {
        return category + "/" + type + " by " + reporter.domain() + ", XARF " + version;
    }
}
