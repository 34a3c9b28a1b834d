package tayori.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is answered to one request.
///
/// @param headers beside `Content-Type` and those that every answer has
record Reply(int status, String mediaType, String body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String TEXT = "text/plain; charset=utf-8";

    /// As RFC 9110 §5.6.7 writes a date.
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /// Digits of an entity tag; enough that two contents never share one by chance.
    private static final int TAG_DIGITS = 32;

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(status, JSON, JsonMapper.shared().writeValueAsString(body), Map.of());
    }

    static Reply of(String mediaType, String body) {
        return new Reply(200, mediaType, body, Map.of());
    }

    /// A problem (RFC 9457 §3). Its type is `about:blank`, so that the title is the status in words (§4.2.1).
    ///
    /// @param detail for people, about this request; never what a stranger wrote
    static Reply problem(int status, String detail) {
        ObjectNode problem =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("type", "about:blank")
                        .put("title", title(status))
                        .put("status", status)
                        .put("detail", detail);
        return new Reply(
                status, PROBLEM, JsonMapper.shared().writeValueAsString(problem), Map.of());
    }

    /// The status in words (RFC 9110 §15; 429 of RFC 6585 §4).
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Error";
        };
    }

    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, mediaType, body, more);
    }

    Reply expires(Instant when) {
        return with("Expires", HTTP_DATE.format(when));
    }

    /// Rounded up, so that whoever waits as long is not too early.
    Reply retryAfter(Duration wait) {
        return with("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /// With an entity tag of its content (RFC 9110 §8.8.3), and nothing but that where the asker has it already (§13.1.2).
    ///
    /// @param ifNoneMatch empty where he has nothing
    Reply unlessKnown(String ifNoneMatch) {
        String tag =
                '"'
                        + HexFormat.of()
                                .formatHex(ApiKey.sha256(body.getBytes(UTF_8)))
                                .substring(0, TAG_DIGITS)
                        + '"';
        boolean known = ifNoneMatch.equals("*") || ifNoneMatch.contains(tag);
        return (known ? new Reply(304, mediaType, "", headers) : this).with("ETag", tag);
    }
}
