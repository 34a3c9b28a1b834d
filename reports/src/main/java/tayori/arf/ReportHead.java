package tayori.arf;

import java.time.Instant;

/// The head of a report that we send.
///
/// @param from who reports: an address that reads replies (RFC 6650 §5.5), whose domain signs the report (RFC 9477 §3.5)
/// @param to who shall hear it
/// @param date when it is sent
/// @param messageId in angle brackets
/// @param boundary for the parts: never used before, letters and digits, at most 70 (RFC 2046 §5.1.1)
public record ReportHead(String from, String to, Instant date, String messageId, String boundary) {
    /// Longest boundary (RFC 2046 §5.1.1). Unit: characters.
    public static final int MAX_BOUNDARY_LENGTH = 70;

    public ReportHead {
        boolean odd =
                (from + to + messageId).chars().anyMatch(c -> c < ' ' || c == 0x7f)
                        || boundary.isEmpty()
                        || boundary.length() > MAX_BOUNDARY_LENGTH
                        || !boundary.chars().allMatch(ReportHead::isLetterOrDigit);
        if (odd) {
            throw new IllegalArgumentException("a report head that cannot be written");
        }
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
