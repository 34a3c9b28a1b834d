package tayori.transfer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The text format of rbldnsd's `dnset`, a list of domain names (rbldnsd(8)).
final class Dnset {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu:MM:dd:HH:mm:ss").withZone(ZoneOffset.UTC);

    /// Longest text of an entry. Unit: octets; rbldnsd answers with one string (RFC 1035 §3.3).
    static final int MAX_TEXT = 255;

    private Dnset() {}

    static String address(int address) {
        return (address >>> 24)
                + "."
                + ((address >>> 16) & 0xff)
                + "."
                + ((address >>> 8) & 0xff)
                + "."
                + (address & 0xff);
    }

    static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }

    /// Whether a name can stand in such a file: one that cannot would be read as something else.
    static boolean isWritable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_'
                            || (c == '.' && i > 0);
            if (!plain) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// A text as it stands in an entry: a dollar sign would be replaced by the name, so it is doubled; whatever would end the
    /// line becomes a space.
    static String escaped(String text) {
        var escaped = new StringBuilder();
        for (int i = 0; i < Math.min(MAX_TEXT, text.length()); i++) {
            char c = text.charAt(i);
            if (c == '$') {
                escaped.append("$$");
            } else {
                escaped.append(c < ' ' || c > '~' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}
