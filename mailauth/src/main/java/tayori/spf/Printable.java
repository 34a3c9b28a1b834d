package tayori.spf;

/// Keeps what strangers wrote on one line of printable ASCII.
final class Printable {
    /// Longest text shown before it is cut. Unit: characters.
    static final int MAX_TEXT = 300;

    private Printable() {}

    static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!is(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean is(char c) {
        return c >= ' ' && c <= '~';
    }

    /// The text with `?` for whatever is not printable ASCII, cut at a length nobody needs to exceed.
    static String text(String text) {
        if (text.length() <= MAX_TEXT && is(text)) {
            return text;
        }
        var safe = new StringBuilder(MAX_TEXT);
        for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
            safe.append(is(text.charAt(i)) ? text.charAt(i) : '?');
        }
        return safe.append(text.length() > MAX_TEXT ? "..." : "").toString();
    }
}
