package tayori.senderid;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.ALabels;
import tayori.message.HeaderField;

/// Step 5 of RFC 4407 §2: one field, one mailbox, one domain, or nothing.
final class SingleMailbox {
    /// Longest field looked into. Unit: octets.
    static final int MAX_LENGTH = 16 * 1024;

    private static final int MAX_COMMENT_DEPTH = 20;

    /// Stands for a space inside quotes until the address is found; a control that no address holds.
    private static final char QUOTED_SPACE = '\u0001';

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder angle = new StringBuilder();
    private boolean inAngle;
    private boolean sawAngle;

    private SingleMailbox() {}

    static Optional<ResponsibleAddress> parse(HeaderField field) {
        if (field.raw().length > MAX_LENGTH) {
            return Optional.empty();
        }
        String address = new SingleMailbox().addrSpec(field.unfolded());
        if (address == null) {
            return Optional.empty();
        }
        int at = address.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        String localPart = address.substring(0, at).replace(QUOTED_SPACE, ' ');
        return ALabels.toDomainName(address.substring(at + 1))
                .map(domain -> new ResponsibleAddress(field.name(), localPart, domain));
    }

    /// The only address, comments and outer quotes removed; null where there are several or none.
    private @Nullable String addrSpec(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                i = quoted(text, i);
            } else if (c == '(') {
                i = comment(text, i);
            } else if (c == '<') {
                if (sawAngle) {
                    return null;
                }
                sawAngle = true;
                inAngle = true;
            } else if (c == '>') {
                if (!inAngle) {
                    return null;
                }
                inAngle = false;
            } else if (c == ',' || c == ';' || c == ':') {
                return null; // a list, a group or a route
            } else if (c != ' ' && c != '\t' && c >= ' ') {
                part().append(c);
            } else if (!sawAngle) {
                plain.append(' ');
            }
            if (i < 0) {
                return null;
            }
        }
        String address = (sawAngle ? angle : plain).toString().strip();
        return inAngle || address.indexOf(' ') >= 0 ? null : address;
    }

    private StringBuilder part() {
        return inAngle ? angle : sawAngle ? new StringBuilder() : plain;
    }

    /// The index of the closing quote, or -1.
    private int quoted(String text, int from) {
        var part = part();
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
            }
            // a space would end the address; inside quotes it belongs to it
            part.append(c == ' ' ? QUOTED_SPACE : c);
        }
        return -1;
    }

    private static int comment(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' && ++depth > MAX_COMMENT_DEPTH) {
                return -1;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
