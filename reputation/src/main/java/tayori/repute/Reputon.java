package tayori.repute;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// One claim about one subject (RFC 7071 §3.1). The attributes `email-id-identity` and `sources` are those that RFC 7073
/// §3.2 adds.
///
/// @param rating share of the data that supports the assertion, 0 to 1
/// @param limit messages a day that a receiver should take; written for OpenDKIM alone
record Reputon(
        String rater,
        Assertion assertion,
        String rated,
        double rating,
        double confidence,
        OptionalDouble normalRating,
        long sampleSize,
        Instant generated,
        Instant expires,
        Optional<SubjectIdentity> identity,
        OptionalInt sources,
        OptionalLong limit) {
    /// Digits behind the point: a millionth is finer than any rate we know.
    private static final int DECIMALS = 6;

    String toJson() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("rater", text(rater));
        members.put("assertion", text(assertion.keyword()));
        members.put("rated", text(rated));
        members.put("rating", real(rating));
        members.put("confidence", real(confidence));
        normalRating.ifPresent(usual -> members.put("normal-rating", real(usual)));
        members.put("sample-size", Long.toString(sampleSize));
        members.put("generated", Long.toString(generated.getEpochSecond()));
        members.put("expires", Long.toString(expires.getEpochSecond()));
        identity.ifPresent(found -> members.put("email-id-identity", text(found.token())));
        sources.ifPresent(number -> members.put("sources", Integer.toString(number)));
        if (limit.isPresent()) {
            // OpenDKIM's names, from before the RFC
            identity.ifPresent(found -> members.put("identity", text(found.token())));
            members.put("rate", Long.toString(limit.getAsLong()));
        }
        return members.entrySet().stream()
                .map(member -> text(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// Always with a point: OpenDKIM reads a number without one as an integer, and a rating of `1` then as 0.
    static String real(double number) {
        var rounded =
                BigDecimal.valueOf(Math.clamp(number, 0, 1))
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        return rounded.scale() < 1 ? rounded.setScale(1).toPlainString() : rounded.toPlainString();
    }

    /// A JSON string (RFC 8259 §7).
    static String text(String value) {
        var json = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
