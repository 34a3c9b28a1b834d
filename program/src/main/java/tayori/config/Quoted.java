package tayori.config;

/// What stands in a file, fit to be printed: short, on one line, and nothing that may be a key.
final class Quoted {
    /// Longest piece of a value that is printed. Unit: UTF-16 units.
    static final int MAX_SHOWN = 60;

    private Quoted() {}

    /// The value in quotes, or words for it where it may be a secret.
    static String of(String text) {
        return mayBeSecret(text)
                ? "something that looks like a key itself"
                : "'" + safely(text) + "'";
    }

    /// The text without control characters, cut when long.
    static String safely(String text) {
        if (mayBeSecret(text)) {
            return "(not shown)";
        }
        var shown = new StringBuilder();
        int end = Math.min(text.length(), MAX_SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return text.length() > MAX_SHOWN ? shown + "…" : shown.toString();
    }

    /// PEM armour, several lines, or a long run of base64: nobody writes a setting so.
    private static boolean mayBeSecret(String text) {
        if (text.contains("-----BEGIN")
                || text.contains("PRIVATE KEY")
                || text.indexOf('\n') >= 0) {
            return true;
        }
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean base64 = Character.isLetterOrDigit(c) || c == '+' || c == '=';
            run = base64 ? run + 1 : 0;
            if (run >= LONGEST_WORD) {
                return true;
            }
        }
        return false;
    }

    /// Letters and digits in a row from which on a value is taken for base64 (an Ed25519 key has 44, a label 63 at most
    /// but hardly more than 30).
    private static final int LONGEST_WORD = 40;
}
