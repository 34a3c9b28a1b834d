package tayori.milter;

import java.util.ArrayList;
import java.util.List;

/// What a filter says to a step.
public sealed interface Reply {

    /// Go on.
    Reply CONTINUE = new Continue();

    /// Take this mail (at CONNECT and HELO: all mail of this session) and do not ask again.
    Reply ACCEPT = new Accept();

    /// Refuse for good with the MTA's own words; at a recipient: this recipient only.
    Reply REJECT = new Reject();

    /// Refuse for now with the MTA's own words; at a recipient: this recipient only.
    Reply TEMPFAIL = new TempFail();

    /// Take the mail and throw it away, silently.
    Reply DISCARD = new Discard();

    /// No more of the body, please; elsewhere the same as [#CONTINUE].
    Reply SKIP = new Skip();

    record Continue() implements Reply {}

    record Accept() implements Reply {}

    record Reject() implements Reply {}

    record TempFail() implements Reply {}

    record Discard() implements Reply {}

    record Skip() implements Reply {}

    /// Refuse with words of our own.
    ///
    /// @param code SMTP reply code, 400 to 599 (RFC 5321 §4.2)
    /// @param enhancedCode `class.subject.detail` of the same class as the code (RFC 3463 §2); Postfix accepts no reply without
    /// @param lines at least one; printable ASCII
    record Custom(int code, String enhancedCode, List<String> lines) implements Reply {

        /// Most lines of one reply: as many as libmilter takes.
        public static final int MAX_LINES = 32;

        /// Longest line. Unit: characters. As libmilter; with the codes it stays below the 1,000 that SMTP software bears.
        public static final int MAX_LINE = 980;

        public Custom {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("not a refusing SMTP reply code: " + code);
            }
            if (!isEnhancedCode(enhancedCode) || enhancedCode.charAt(0) - '0' != code / 100) {
                throw new IllegalArgumentException(
                        "not an enhanced status code for " + code + ": '" + enhancedCode + "'");
            }
            lines = cleaned(lines);
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

        /// Reply texts may quote a stranger (an SPF explanation, RFC 7208 §6.2), so they are made harmless, not refused.
        private static List<String> cleaned(List<String> lines) {
            List<String> clean = new ArrayList<>();
            for (String line : lines) {
                if (clean.size() < MAX_LINES) {
                    clean.add(cleaned(line));
                }
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
    }

    /// A refusal with one line of text.
    ///
    /// @throws IllegalArgumentException for a code that does not refuse, or an enhanced code of another class
    static Reply custom(int code, String enhancedCode, String line) {
        return new Custom(code, enhancedCode, List.of(line));
    }
}
