package tayori.unsubscribe;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a reader's one click may unsubscribe (RFC 8058 §4): whether we may send the POST that §3.2 describes.
public sealed interface OneClick {
    /// It may.
    ///
    /// @param uri where to post [#BODY]
    record Post(URI uri) implements OneClick {
        /// The host alone: the rest leads to a reader.
        @Override
        public String toString() {
            return "post to " + uri.getHost();
        }
    }

    /// It may not; the reader can still be shown what the mail offers.
    ///
    /// @param reason why, for people
    record Refused(String reason) implements OneClick {}

    /// The name of the field that announces it.
    String POST_FIELD = "List-Unsubscribe-Post";

    /// The only value of that field, and the content that is posted (§3.1, §3.2).
    String BODY = "List-Unsubscribe=One-Click";

    /// Most octets of a URI that is posted to. Ours: more than any mail in use has, less than servers refuse (8,000, RFC
    /// 9110 §4.1).
    int MAX_URI_LENGTH = 4_000;

    /// A DKIM signature that verified.
    ///
    /// @param signedFields `h=`, as written
    record Signed(List<String> signedFields) {
        public Signed {
            signedFields = List.copyOf(signedFields);
        }

        private boolean covers(String name) {
            return signedFields.stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    /// Decides for one mail.
    ///
    /// @param unsubscribe values of the `List-Unsubscribe` fields
    /// @param post values of the `List-Unsubscribe-Post` fields
    /// @param signatures those that verified
    static OneClick decide(List<String> unsubscribe, List<String> post, List<Signed> signatures) {
        if (unsubscribe.isEmpty() || post.isEmpty()) {
            return new Refused("List-Unsubscribe or List-Unsubscribe-Post is missing");
        }
        // RFC 2369 §2: one field of a kind. Of two, only one need be signed, and we could not tell
        // which.
        if (unsubscribe.size() > 1 || post.size() > 1) {
            return new Refused("a field that may stand once stands twice");
        }
        if (!post.getFirst().strip().equals(BODY)) {
            return new Refused("List-Unsubscribe-Post says something else than " + BODY);
        }
        if (signatures.stream()
                .noneMatch(s -> s.covers(ListUnsubscribe.FIELD) && s.covers(POST_FIELD))) {
            return new Refused("no valid signature covers both fields (RFC 8058 §4)");
        }
        return ListUnsubscribe.parse(unsubscribe.getFirst()).of("https").stream()
                .findFirst()
                .map(OneClick::usable)
                .orElseGet(() -> new Refused("no https URI (RFC 8058 §3.1)"));
    }

    /// Whether the URI is one that we post to. That its host name may still lead into our own network is for whoever
    /// opens the connection to see.
    private static OneClick usable(String text) {
        if (text.length() > MAX_URI_LENGTH) {
            return new Refused("a URI of more than " + MAX_URI_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return new Refused("no URI by RFC 3986");
        }
        String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            return new Refused("a URI without a host");
        }
        if (uri.getRawUserInfo() != null) {
            return new Refused("a URI with credentials");
        }
        if (isOwnNetwork(host)) {
            return new Refused("a host that the Internet does not reach");
        }
        return new Post(uri);
    }

    /// Names of one label, names that never leave a network (RFC 6761, RFC 6762, RFC 8375), and addresses written out
    /// that are not global. An address that is global is no list's host either, but harms nobody.
    private static boolean isOwnNetwork(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.startsWith("[") || isNumeric(name)) {
            return isNotGlobal(name);
        }
        return name.indexOf('.') < 0
                || name.endsWith(".localhost")
                || name.endsWith(".local")
                || name.endsWith(".internal")
                || name.endsWith(".home.arpa")
                || name.endsWith(".invalid");
    }

    /// A last label of digits is an address to most software that resolves names, whatever its form: `127.1`, `0x7f.1`.
    private static boolean isNumeric(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return !last.isEmpty()
                && (Character.digit(last.charAt(0), 10) >= 0)
                && (last.startsWith("0x") || last.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static boolean isNotGlobal(String literal) {
        String text =
                literal.startsWith("[") ? literal.substring(1, literal.length() - 1) : literal;
        try {
            var address = InetAddress.ofLiteral(text);
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()
                    || isSharedOrUnique(address.getAddress());
        } catch (IllegalArgumentException e) {
            return true; // an odd form that somebody's resolver may still understand
        }
    }

    /// 100.64/10 (RFC 6598), 0/8, 192.0.0/24, 198.18/15, 240/4 (RFC 6890) and fc00::/7 (RFC 4193), and IPv6 forms that carry
    /// an IPv4 address: ::ffff:0:0/96 is one already, 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056) are refused whole.
    private static boolean isSharedOrUnique(byte[] octets) {
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        if (octets.length == 4) {
            return first == 0
                    || (first == 100 && second >= 64 && second < 128)
                    || (first == 192 && second == 0 && octets[2] == 0)
                    || (first == 198 && (second == 18 || second == 19))
                    || first >= 240;
        }
        return (first & 0xfe) == 0xfc
                || (first == 0x20 && second == 0x02)
                || (first == 0 && second == 0x64);
    }
}
