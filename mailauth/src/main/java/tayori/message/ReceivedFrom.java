package tayori.message;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/// What a `Received` field says of the client that handed the mail over (RFC 5321 §4.4): only as true as the host that
/// wrote the field, so ask for it in your own server's field alone.
///
/// @param helo what the client called itself
public record ReceivedFrom(InetAddress client, String helo) {
    /// Where Exim puts the HELO name when it does not like it as the client's name.
    private static final String EXIM_HELO = "helo=";

    /// Reads the topmost `Received` field in the form that RFC 5321 §4.4 gives it: `from HELO (name [address]) by …`.
    ///
    /// @return nothing where the mail did not come over SMTP, or the field has another form
    public static Optional<ReceivedFrom> topmost(MessageHead head) {
        return head.first("Received").flatMap(field -> parse(field.unfolded()));
    }

    private static Optional<ReceivedFrom> parse(String field) {
        String text = field.replace('\t', ' ');
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("from ") || lower.length() != text.length()) {
            return Optional.empty();
        }
        int by = lower.indexOf(" by ");
        String from = text.substring("from ".length(), by < 0 ? text.length() : by).strip();
        int open = from.indexOf('[');
        int close = from.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        String helo = word(from, 0);
        int exim = from.indexOf(EXIM_HELO);
        if (exim >= 0) {
            helo = word(from, exim + EXIM_HELO.length());
        }
        String name = helo;
        return address(from.substring(open + 1, close)).map(a -> new ReceivedFrom(a, name));
    }

    private static String word(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ')') {
            end++;
        }
        return text.substring(from, end);
    }

    /// An address literal (RFC 5321 §4.1.3), with or without `IPv6:` before it.
    private static Optional<InetAddress> address(String literal) {
        boolean tagged = literal.regionMatches(true, 0, "IPv6:", 0, 5);
        String text = tagged ? literal.substring(5) : literal;
        boolean ip6 = text.indexOf(':') >= 0;
        long dots = text.chars().filter(c -> c == '.').count();
        if ((!ip6 && dots != 3) || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
