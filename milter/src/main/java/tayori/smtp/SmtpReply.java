package tayori.smtp;

import java.util.ArrayList;
import java.util.List;

/// What the client hears (RFC 5321 §4.2), with its enhanced status code (RFC 2034, RFC 3463).
///
/// @param code three digits, 200 to 299 or 400 to 599; after 421 the connection is closed (RFC 5321 §3.8)
/// @param enhancedCode `class.subject.detail`, of the same class as the code
/// @param lines at least one; printable ASCII
public record SmtpReply(int code, String enhancedCode, List<String> lines) {

    /// Longest line of text. Unit: characters. With both codes and CR LF it stays within the 512 of RFC 5321 §4.5.3.1.5.
    public static final int MAX_LINE = 480;

    /// Most lines of one reply: ours, the RFC sets none. A mail with more to tell names the first ones.
    public static final int MAX_LINES = 100;

    /// Taken.
    public static final SmtpReply OK = of(250, "2.0.0", "OK");

    /// This recipient is known here.
    public static final SmtpReply RECIPIENT_OK = of(250, "2.1.5", "Recipient OK");

    /// Nobody here is called so.
    public static final SmtpReply UNKNOWN_RECIPIENT = of(550, "5.1.1", "No such recipient here");

    /// Something of ours failed; nothing was kept, the client comes again.
    public static final SmtpReply TRY_AGAIN =
            of(451, "4.3.0", "Something failed here, try again later");

    /// Texts may quote a stranger, so they are made harmless, not refused.
    ///
    /// @throws IllegalArgumentException for a code that is no final reply, or an enhanced code of another class
    public SmtpReply {
        int kind = code / 100;
        if (kind != 2 && kind != 4 && kind != 5) {
            throw new IllegalArgumentException("not a final reply code: " + code);
        }
        if (!isEnhancedCode(enhancedCode) || enhancedCode.charAt(0) - '0' != kind) {
            throw new IllegalArgumentException(
                    "not an enhanced status code for " + code + ": '" + enhancedCode + "'");
        }
        lines = cleaned(lines);
    }

    public static SmtpReply of(int code, String enhancedCode, String line) {
        return new SmtpReply(code, enhancedCode, List.of(line));
    }

    /// Whether it says yes.
    public boolean isPositive() {
        return code < 300;
    }

    private static boolean isEnhancedCode(String text) {
        int parts = 1;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
            } else if (c < '0' || c > '9' || ++digits > (parts == 1 ? 1 : 3)) {
                return false;
            }
        }
        return parts == 3 && digits > 0;
    }

    private static List<String> cleaned(List<String> lines) {
        List<String> clean = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(lines.size(), MAX_LINES))) {
            clean.add(cleaned(line));
        }
        return clean.isEmpty() ? List.of("") : List.copyOf(clean);
    }

    private static String cleaned(String line) {
        StringBuilder clean = new StringBuilder(Math.min(line.length(), MAX_LINE));
        for (int i = 0; i < line.length() && clean.length() < MAX_LINE; i++) {
            char c = line.charAt(i);
            clean.append(c < ' ' ? ' ' : c < 0x7f ? c : '?');
        }
        return clean.toString();
    }

    /// As it goes over the wire, CR LF at the end.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(80);
        for (int i = 0; i < lines.size(); i++) {
            out.append(code)
                    .append(i < lines.size() - 1 ? '-' : ' ')
                    .append(enhancedCode)
                    .append(' ')
                    .append(lines.get(i))
                    .append("\r\n");
        }
        return out.toString();
    }
}
