package tayori.spf;

import java.net.InetAddress;
import tayori.message.HeaderField;

/// The `Received-SPF` header field (RFC 7208 §9.1): what was checked and what came of it, for programs further on.
///
/// All that a stranger wrote is quoted, kept to printable ASCII and to a bounded length, so that no line break of theirs
/// ends the field and none of our lines exceeds 998 octets (RFC 5322 §2.1.1).
public final class ReceivedSpf {
    private static final String NAME = "Received-SPF";

    /// Special characters that an `atom` may hold (RFC 5322 §3.2.3).
    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    private ReceivedSpf() {}

    /// The whole field.
    public static HeaderField field(
            SpfResult result, InetAddress client, String mailFrom, String helo, String receiver) {
        return HeaderField.of(NAME, value(result, client, mailFrom, helo, receiver));
    }

    /// The value, folded with CRLF and a space between its parts.
    ///
    /// @param mailFrom the reverse-path as received, empty for `<>`
    /// @param receiver name of the host that checked
    public static String value(
            SpfResult result, InetAddress client, String mailFrom, String helo, String receiver) {
        var text = new StringBuilder(300);
        text.append(result.result()).append(" (");
        appendComment(receiver + ": " + result.reason(), text);
        text.append(")");
        appendPair("client-ip", new Client(client).readable(), "", text);
        appendPair("envelope-from", mailFrom, ";", text);
        appendPair("helo", helo, ";", text);
        appendPair("receiver", receiver, ";", text);
        appendPair("identity", result.identity().keyword(), ";", text);
        switch (result) {
            case SpfResult.TempError _, SpfResult.PermError _ ->
                    appendPair("problem", result.reason(), ";", text);
            case SpfResult.None _ -> {}
            default -> appendPair("mechanism", result.term().orElse("default"), ";", text);
        }
        return text.toString();
    }

    private static void appendPair(String key, String value, String before, StringBuilder out) {
        out.append(before).append("\r\n ").append(key).append('=');
        String safe = Printable.text(value);
        if (isDotAtom(safe)) {
            out.append(safe);
            return;
        }
        out.append('"');
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static void appendComment(String comment, StringBuilder out) {
        String safe = Printable.text(comment);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == '(' || c == ')' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
    }

    /// RFC 5322 §3.2.3.
    private static boolean isDotAtom(String text) {
        boolean afterDot = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (afterDot) {
                    return false;
                }
                afterDot = true;
            } else if (MacroParser.isAlphanumeric(c) || ATOM_SPECIALS.indexOf(c) >= 0) {
                afterDot = false;
            } else {
                return false;
            }
        }
        return !afterDot;
    }
}
