package tayori.dmarc;

import java.util.Optional;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// One address of `rua` or `ruf`: a URI (RFC 3986), the size limit of old (`!10m`) taken off and forgotten (RFC 9989
/// §4.8).
///
/// @param uri as written, escapes and all
/// @param scheme in lower case: `mailto`, `https`, …
public record ReportUri(String uri, String scheme) {
    /// Reads one URI.
    ///
    /// @return nothing unless it is a URI with a scheme and, for `mailto`, an address in it
    public static Optional<ReportUri> parse(String text) {
        var stripped = withoutSize(text);
        if (stripped.isEmpty()) {
            return Optional.empty();
        }
        String uri = stripped.get();
        int colon = uri.indexOf(':');
        if (colon < 1
                || colon == uri.length() - 1
                || !isScheme(uri, colon)
                || !isUri(uri, colon + 1)) {
            return Optional.empty();
        }
        var parsed = new ReportUri(uri, DmarcRecord.lowerCase(uri.substring(0, colon)));
        return parsed.isMailto() && parsed.mailbox().indexOf('@') < 1
                ? Optional.empty()
                : Optional.of(parsed);
    }

    /// Whether the report goes by mail: the only way RFC 9990 §3.5 knows.
    public boolean isMailto() {
        return scheme.equals("mailto");
    }

    /// The address of a `mailto` without its `?subject=…`; escapes as they stand. For other schemes all that follows
    /// the colon.
    public String mailbox() {
        int begin = scheme.length() + 1;
        int query = uri.indexOf('?', begin);
        return uri.substring(begin, query < 0 ? uri.length() : query);
    }

    /// The host that gets the report: the domain of a `mailto`, the host of `https`.
    public Optional<DomainName> host() {
        if (isMailto()) {
            String mailbox = mailbox();
            return ALabels.toDomainName(mailbox.substring(mailbox.lastIndexOf('@') + 1));
        }
        int begin = scheme.length() + 3;
        if (!uri.startsWith("//", scheme.length() + 1)) {
            return Optional.empty();
        }
        int end = begin;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        String authority = uri.substring(begin, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.indexOf(':');
        return ALabels.toDomainName(port < 0 ? host : host.substring(0, port));
    }

    /// Takes off `!` digits unit; nothing where a `!` is followed by something else, for a `!` of the address itself
    /// must be escaped (RFC 7489 §6.4).
    private static Optional<String> withoutSize(String text) {
        int mark = text.indexOf('!');
        if (mark < 0) {
            return Optional.of(text);
        }
        int at = DmarcRecord.skipSpace(text, mark + 1);
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        boolean number = at > digits;
        at = DmarcRecord.skipSpace(text, at);
        if (at < text.length() && "kmgtKMGT".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return number && at == text.length()
                ? Optional.of(text.substring(0, mark).strip())
                : Optional.empty();
    }

    private static boolean isScheme(String uri, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = uri.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return false;
            }
        }
        return true;
    }

    /// The characters of RFC 3986 §2, escapes whole. An address beyond ASCII is none: one record serves all mail, so
    /// RFC 8616 §6 keeps its addresses conventional.
    private static boolean isUri(String uri, int from) {
        for (int i = from; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                if (i + 2 >= uri.length()
                        || !isHex(uri.charAt(i + 1))
                        || !isHex(uri.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }

    @Override
    public String toString() {
        return uri;
    }
}
