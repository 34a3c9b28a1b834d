package tayori.dkim;

import java.util.Optional;

/// DKIM-Quoted-Printable, in which `i=` and `n=` are written: `=` and two capital hexadecimal digits. RFC 6376 §2.11.
final class QuotedPrintable {
    private QuotedPrintable() {}

    /// @param text one char per octet, white space already taken out
    /// @return one char per octet; nothing where a `=` has no two digits behind it
    static Optional<String> decode(String text) {
        if (text.indexOf('=') < 0) {
            return Optional.of(text);
        }
        var decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '=') {
                decoded.append(c);
                continue;
            }
            if (i + 2 >= text.length()) {
                return Optional.empty();
            }
            int high = Character.digit(text.charAt(i + 1), 16);
            int low = Character.digit(text.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            decoded.append((char) (high << 4 | low));
            i += 2;
        }
        return Optional.of(decoded.toString());
    }
}
