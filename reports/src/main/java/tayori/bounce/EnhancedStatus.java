package tayori.bounce;

import java.util.Optional;

/// An enhanced mail system status code (RFC 3463 §2): `5.1.1`.
///
/// @param statusClass 2, 4 or 5
/// @param subject 0 to 999
/// @param detail 0 to 999
public record EnhancedStatus(int statusClass, int subject, int detail) {
    /// Reads a code that stands at the beginning of a text.
    public static Optional<EnhancedStatus> parse(String text) {
        return at(text, 0);
    }

    /// Reads a code that stands at a place in a text: nothing may go on behind it that would make it a version, an
    /// address or a longer number.
    static Optional<EnhancedStatus> at(String text, int from) {
        if (from + 5 > text.length() || "245".indexOf(text.charAt(from)) < 0) {
            return Optional.empty();
        }
        int subjectEnd = digitsEnd(text, from + 2);
        if (text.charAt(from + 1) != '.'
                || subjectEnd == from + 2
                || subjectEnd >= text.length()
                || text.charAt(subjectEnd) != '.') {
            return Optional.empty();
        }
        int detailEnd = digitsEnd(text, subjectEnd + 1);
        boolean goesOn =
                detailEnd + 1 < text.length()
                        && text.charAt(detailEnd) == '.'
                        && isDigit(text.charAt(detailEnd + 1));
        if (detailEnd == subjectEnd + 1
                || goesOn
                || (detailEnd < text.length() && isDigit(text.charAt(detailEnd)))) {
            return Optional.empty();
        }
        return Optional.of(
                new EnhancedStatus(
                        text.charAt(from) - '0',
                        Integer.parseInt(text, from + 2, subjectEnd, 10),
                        Integer.parseInt(text, subjectEnd + 1, detailEnd, 10)));
    }

    /// Where at most three digits end.
    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 3 && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether the code says more than "something failed".
    boolean isSpecific() {
        return subject != 0 || detail != 0;
    }

    /// Whether the code names one cause: detail 0 is "other or undefined" (RFC 3463 §3).
    boolean isPrecise() {
        return detail != 0;
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
