package tayori.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.bounce.BounceReading.Recipient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Amazon SES tells bounces as JSON, in a mail of its notification service or in a call: `notificationType` or
/// `eventType` says of what kind.
final class SesNotification {
    /// Deepest nesting; the documented forms have 5.
    static final int MAX_DEPTH = 16;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .build())
                            .build());

    private SesNotification() {}

    /// The recipients such a notification tells of; none where a text is no notification of a bounce or delivery.
    static List<Recipient> recipients(String text) {
        String json = text.strip();
        int end = json.lastIndexOf('}');
        if (!json.startsWith("{") || !json.contains("\"mail\"") || end < 0) {
            return List.of();
        }
        try {
            // Mail systems break the long line, also in the midst of a text, where JSON allows no
            // line end.
            return recipients(JSON.readTree(json.substring(0, end + 1).replace("\n", "")));
        } catch (JacksonException e) {
            return List.of(); // no notification after all
        }
    }

    private static List<Recipient> recipients(JsonNode json) {
        var recipients = new ArrayList<Recipient>();
        String type = json.path("notificationType").asString(json.path("eventType").asString(""));
        if (type.equals("Bounce")) {
            for (var one : json.path("bounce").path("bouncedRecipients")) {
                if (recipients.size() < DeliveryStatus.MAX_RECIPIENTS) {
                    recipients.add(bounced(one, json.path("bounce").path("bounceType")));
                }
            }
        } else if (type.equals("Delivery")) {
            String response = json.path("delivery").path("smtpResponse").asString("");
            for (var one : json.path("delivery").path("recipients")) {
                if (recipients.size() < DeliveryStatus.MAX_RECIPIENTS) {
                    recipients.add(delivered(one.asString(""), response));
                }
            }
        }
        return recipients;
    }

    private static Recipient bounced(JsonNode one, JsonNode type) {
        String words = one.path("diagnosticCode").asString("");
        var told = EnhancedStatus.parse(one.path("status").asString(""));
        var diagnosis = Diagnosis.of(words, told, "");
        boolean transientOne = type.asString("").equals("Transient");
        boolean hard = diagnosis.verdict() == Verdict.HARD;
        return new Recipient(
                Optional.of(one.path("emailAddress").asString("")).filter(a -> !a.isEmpty()),
                transientOne && hard ? Verdict.SOFT : diagnosis.verdict(),
                diagnosis.reason(),
                diagnosis.status(),
                diagnosis.replyCode(),
                words);
    }

    private static Recipient delivered(String address, String response) {
        int space = response.indexOf(' ');
        return new Recipient(
                Optional.of(address).filter(a -> !a.isEmpty()),
                Verdict.DELIVERED,
                Reason.UNKNOWN,
                EnhancedStatus.parse(response.substring(space + 1)),
                response.startsWith("250") ? OptionalInt.of(250) : OptionalInt.empty(),
                response);
    }
}
