package tayori.policy;

/// What Postfix is to do: any right-hand side of its access(5) table.
///
/// @param text one line of printable ASCII: `DUNNO`, `REJECT 5.7.1 not today`, `PREPEND X-Seen: yes`
public record PolicyAction(String text) {

    /// No opinion: the next restriction decides.
    public static final PolicyAction DUNNO = new PolicyAction("DUNNO");

    /// Longest action. Unit: characters. Postfix reads lines of 2,048 by default (`line_length_limit`).
    public static final int MAX_TEXT = 1_000;

    /// Words may come from a stranger, so what would break the line becomes a space or `?`, and too much is cut.
    public PolicyAction {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' ? ' ' : c < 0x7f ? c : '?');
        }
        text = clean.toString().strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an action without a word");
        }
    }

    /// Refuse for good.
    public static PolicyAction reject(String words) {
        return new PolicyAction("REJECT " + words);
    }

    /// Refuse for now, unless a later restriction refuses for good.
    public static PolicyAction deferIfPermit(String words) {
        return new PolicyAction("DEFER_IF_PERMIT " + words);
    }

    /// Put a header field on top of the mail.
    public static PolicyAction prepend(String name, String value) {
        return new PolicyAction("PREPEND " + name + ": " + value);
    }
}
