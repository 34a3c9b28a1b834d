package tayori.xarf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import tayori.xarf.XarfReport.Contact;
import tools.jackson.databind.json.JsonMapper;

/// One complaint of a reader about a mail, to be written as XARF 4.2 `messaging`/`spam`.
///
/// Made so that nothing of the reader or of the mail's content gets in by itself: what may be told is handed in, already
/// redacted.
///
/// @param reportId of this report
/// @param timestamp when the mail arrived
/// @param reporter who complains
/// @param sender who transmits
/// @param sourceIdentifier address of the client that delivered the mail
/// @param sourcePort its port; 25 stands in the schema's own examples where nobody knows it
/// @param smtpFrom envelope sender
/// @param messageId of the mail, which the sender needs (RFC 9477 §3.5)
/// @param feedbackId `CFBL-Feedback-ID` of the mail
public record XarfSpam(
        UUID reportId,
        Instant timestamp,
        Contact reporter,
        Contact sender,
        String sourceIdentifier,
        int sourcePort,
        String smtpFrom,
        Optional<String> messageId,
        Optional<String> feedbackId) {
    /// The version that is written.
    public static final String VERSION = "4.2.0";

    private static final JsonMapper JSON = new JsonMapper();

    public XarfSpam {
        if (sourcePort < 1 || sourcePort > 65_535) {
            throw new IllegalArgumentException("no port: " + sourcePort);
        }
    }

    /// The report as JSON, UTF-8. Its evidence is a head with the two identifiers that RFC 9477 §3.5 wants back, and
    /// nothing else of the mail.
    public byte[] json() {
        var json = JSON.createObjectNode();
        json.put("xarf_version", VERSION);
        json.put("report_id", reportId.toString());
        json.put("timestamp", timestamp.toString());
        put(json.putObject("reporter"), reporter);
        put(json.putObject("sender"), sender);
        json.put("source_identifier", sourceIdentifier);
        json.put("source_port", sourcePort);
        json.put("category", "messaging");
        json.put("type", "spam");
        json.put("evidence_source", "user_complaint");
        json.put("protocol", "smtp");
        json.put("smtp_from", smtpFrom);
        messageId.ifPresent(id -> json.put("message_id", id));
        String head = identifiers();
        if (!head.isEmpty()) {
            byte[] octets = head.getBytes(StandardCharsets.UTF_8);
            var evidence = json.putArray("evidence").addObject();
            evidence.put("content_type", "text/rfc822-headers");
            evidence.put("description", "Identifiers of the message complained of");
            evidence.put("payload", Base64.getEncoder().encodeToString(octets));
            evidence.put("hash", "sha256:" + sha256(octets));
            evidence.put("size", octets.length);
        }
        return JSON.writeValueAsBytes(json);
    }

    private String identifiers() {
        var head = new StringBuilder();
        messageId.ifPresent(id -> head.append("Message-ID: ").append(oneLine(id)).append("\r\n"));
        feedbackId.ifPresent(
                id -> head.append("CFBL-Feedback-ID: ").append(oneLine(id)).append("\r\n"));
        return head.toString();
    }

    private static String oneLine(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }

    private static void put(tools.jackson.databind.node.ObjectNode into, Contact contact) {
        into.put("org", contact.organization());
        into.put("contact", contact.address());
        into.put("domain", contact.domain());
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The report's id, never the identifiers of the mail.
    @Override
    public String toString() {
        return "XARF spam report " + reportId;
    }
}
