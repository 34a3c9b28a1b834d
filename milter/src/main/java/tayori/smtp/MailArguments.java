package tayori.smtp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tayori.milter.EnvelopeAddress;

/// The arguments of MAIL and RCPT (RFC 5321 §4.1.2): a path in angle brackets, then parameters.
///
/// Readings taken: a source route is passed over (§4.1.1.3, appendix C); a local part may have dots anywhere, as addresses of
/// mobile carriers do; a space after the colon is borne with.
///
/// @param parameters names in upper case; one without `=` has an empty value
record MailArguments(EnvelopeAddress address, Map<String, String> parameters) {

    /// Longest path. Unit: octets of UTF-8. RFC 5321 §4.5.3.1.3 asks for 256 at least; return paths with a recipient or a
    /// signature in them are longer.
    static final int MAX_PATH = 1_000;

    /// Longest domain. Unit: octets of UTF-8. RFC 5321 §4.5.3.1.2.
    static final int MAX_DOMAIN = 255;

    /// Most parameters: ours; we know three.
    static final int MAX_PARAMETERS = 10;

    /// What came of reading.
    sealed interface Reading {
        record Read(MailArguments arguments) implements Reading {}

        record WrongPath() implements Reading {}

        record WrongParameters() implements Reading {}
    }

    /// @param text what follows the colon of `MAIL FROM:` or `RCPT TO:`
    static Reading read(String text) {
        String path = text.stripLeading();
        int end = endOfPath(path);
        if (end < 0) {
            return new Reading.WrongPath();
        }
        String mailbox = withoutRoute(path.substring(1, end));
        if (!mailbox.isEmpty() && !isMailbox(mailbox)) {
            return new Reading.WrongPath();
        }
        String rest = path.substring(end + 1);
        if (!rest.isBlank() && rest.charAt(0) != ' ') {
            return new Reading.WrongPath();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : rest.split(" ", MAX_PARAMETERS + 2)) {
            if (!word.isEmpty() && !add(word, parameters)) {
                return new Reading.WrongParameters();
            }
        }
        var address = mailbox.isEmpty() ? EnvelopeAddress.NULL : new EnvelopeAddress(mailbox);
        return parameters.size() > MAX_PARAMETERS
                ? new Reading.WrongParameters()
                : new Reading.Read(new MailArguments(address, parameters));
    }

    private static boolean add(String word, Map<String, String> parameters) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        boolean wellFormed =
                !name.isEmpty()
                        && name.chars().allMatch(c -> isLetterOrDigit(c) || c == '-')
                        && value.indexOf(' ') < 0
                        && (equals < 0 || !value.isEmpty());
        return wellFormed && parameters.put(name.toUpperCase(Locale.ROOT), value) == null;
    }

    /// Where the closing bracket stands: one within quotes is none.
    private static int endOfPath(String path) {
        if (path.isEmpty() || path.charAt(0) != '<') {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static String withoutRoute(String path) {
        int colon = path.indexOf(':');
        return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
    }

    private static boolean isMailbox(String mailbox) {
        if (mailbox.getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            return false;
        }
        int end = endOfLocalPart(mailbox);
        if (end <= 0) {
            return false;
        }
        return end == mailbox.length()
                || (mailbox.charAt(end) == '@' && isDomain(mailbox.substring(end + 1)));
    }

    /// A run of atoms and dots, or one quoted string; below 1 where there is none.
    private static int endOfLocalPart(String mailbox) {
        if (mailbox.charAt(0) != '"') {
            int i = 0;
            while (i < mailbox.length() && isAtomOrDot(mailbox.charAt(i))) {
                i++;
            }
            return i;
        }
        for (int i = 1; i < mailbox.length(); i++) {
            char c = mailbox.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isAtomOrDot(char c) {
        return c > ' ' && c != 0x7f && "()<>[]:;@\\,\"".indexOf(c) < 0;
    }

    private static boolean isDomain(String domain) {
        if (domain.isEmpty()
                || domain.getBytes(StandardCharsets.UTF_8).length > MAX_DOMAIN
                || domain.startsWith(".")) {
            return false;
        }
        if (domain.startsWith("[")) {
            return domain.endsWith("]")
                    && domain.substring(1, domain.length() - 1)
                            .chars()
                            .allMatch(c -> isLetterOrDigit(c) || c == '.' || c == ':' || c == '-');
        }
        return domain.chars()
                .allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c > 0x7f);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
