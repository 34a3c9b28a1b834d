package tayori.authres;

/// Which characters make which part: RFC 8601 §2.2 with RFC 2045 §5.1 (`token`), RFC 5321 §4.1.2 (`Keyword`), RFC 5322
/// §3.2.3 (`atext`) and RFC 6532 §3 (UTF-8 in `atext`, `qtext`, `ctext`).
final class Grammar {
    private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
    private static final String ATEXT_SIGNS = "!#$%&'*+-/=?^_`{|}~";

    private Grammar() {}

    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isKeywordChar(char c) {
        return isLetterOrDigit(c) || c == '-';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isTokenChar(char c) {
        return c > ' ' && c < 0x7f && TSPECIALS.indexOf(c) < 0;
    }

    static boolean isAtext(char c) {
        return isLetterOrDigit(c) || ATEXT_SIGNS.indexOf(c) >= 0 || isText(c);
    }

    /// A character beyond ASCII that is not a control or a line separator.
    static boolean isText(char c) {
        return c >= 0xa0 && c != '\u2028' && c != '\u2029';
    }

    /// `Ldh-str`: letters, digits and hyphens, not ending in a hyphen.
    static boolean isKeyword(String text) {
        if (text.isEmpty() || text.charAt(text.length() - 1) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isKeywordChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// `[ [ local-part ] "@" ] domain-name` with the local part as a dot-atom.
    static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        return (at <= 0 || isDotAtom(text, 0, at)) && isDomainName(text, at + 1, text.length());
    }

    private static boolean isDotAtom(String text, int from, int to) {
        boolean atom = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.' ? !atom : !isAtext(c)) {
                return false;
            }
            atom = c != '.';
        }
        return atom;
    }

    /// `domain-name` of RFC 6376 §3.5, underscores let pass because names of hosts in the wild have them.
    private static boolean isDomainName(String text, int from, int to) {
        boolean label = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.' ? !label : !(isKeywordChar(c) || c == '_' || isText(c))) {
                return false;
            }
            label = c != '.';
        }
        return label;
    }
}
