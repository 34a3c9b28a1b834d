package tayori.cfbl;

import java.util.Optional;

/// A `CFBL-Feedback-ID` field (RFC 9477 §5.2): what the sender wants back, to know which mail a complaint means.
///
/// @param value without the white space that §5.2 allows anywhere; opaque to everybody but the sender
public record FeedbackId(String value) {
    /// The name of the field.
    public static final String FIELD = "CFBL-Feedback-ID";

    /// Longest line that we write. Unit: characters (RFC 5322 §2.1.1 recommends 78).
    static final int LINE = 78;

    /// Signs beside letters and digits: `atext` of RFC 5322 §3.2.3, and the colon.
    private static final String SIGNS = "!#$%&'*+-/=?^_`{|}~:";

    public FeedbackId {
        if (!parse(value).equals(Optional.of(value))) {
            throw new IllegalArgumentException("no CFBL-Feedback-ID");
        }
    }

    /// Reads the value of a field.
    ///
    /// @return nothing where it breaks the grammar; white space and comments are taken out
    public static Optional<FeedbackId> read(String value) {
        return parse(value).map(FeedbackId::new);
    }

    private static Optional<String> parse(String value) {
        var kept = new StringBuilder(value.length());
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && c > ' ') {
                if (!isLetterOrDigit(c) && SIGNS.indexOf(c) < 0) {
                    return Optional.empty();
                }
                kept.append(c);
            }
        }
        return kept.isEmpty() || depth > 0 ? Optional.empty() : Optional.of(kept.toString());
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /// The whole field as it is written: `CFBL-Feedback-ID: value`, folded with CRLF where it is long.
    public String field() {
        var out = new StringBuilder(FIELD).append(": ");
        int room = LINE - out.length();
        int at = 0;
        while (value.length() - at > room) {
            out.append(value, at, at + room).append("\r\n ");
            at += room;
            room = LINE - 1;
        }
        return out.append(value, at, value.length()).toString();
    }

    /// That there is one: it may lead to a reader.
    @Override
    public String toString() {
        return "feedback id of " + value.length() + " characters";
    }
}
