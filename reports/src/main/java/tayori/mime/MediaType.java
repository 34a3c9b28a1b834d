package tayori.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A `Content-Type` (RFC 2045 §5).
///
/// @param type `multipart`, in lower case
/// @param subtype `report`, in lower case
/// @param parameters names in lower case, values as meant (quotes undone); of a name given twice the first
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    /// What a part without a usable Content-Type is (RFC 2045 §5.2).
    public static final MediaType TEXT_PLAIN = new MediaType("text", "plain", Map.of());

    /// What a part of a digest is by default (RFC 2046 §5.1.5).
    static final MediaType MESSAGE_RFC822 = new MediaType("message", "rfc822", Map.of());

    /// Most parameters that are taken; the rest is ignored. Real ones have three.
    static final int MAX_PARAMETERS = 32;

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    public boolean is(String type, String subtype) {
        return this.type.equals(type) && this.subtype.equals(subtype);
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// Reads the value of a Content-Type field, comments and stray signs passed over.
    ///
    /// @return nothing where there is no `type/subtype`
    public static Optional<MediaType> parse(String value) {
        return new Parser(value).parse();
    }

    private static final class Parser {
        /// Signs of a token (RFC 2045 §5.1).
        private static final boolean[] TOKEN = new boolean[0x7f];

        static {
            for (char c = '!'; c < TOKEN.length; c++) {
                TOKEN[c] = "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
            }
        }

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Optional<MediaType> parse() {
            String type = token();
            skip();
            if (type.isEmpty() || at == text.length() || text.charAt(at) != '/') {
                return Optional.empty();
            }
            at++;
            String subtype = token();
            if (subtype.isEmpty()) {
                return Optional.empty();
            }
            var parameters = new LinkedHashMap<String, String>();
            while (parameters.size() < MAX_PARAMETERS && parameter(parameters)) {
                // one after the other
            }
            return Optional.of(
                    new MediaType(
                            type.toLowerCase(Locale.ROOT),
                            subtype.toLowerCase(Locale.ROOT),
                            parameters));
        }

        /// Reads one parameter; semicolons, also several, and signs that belong nowhere stand before it.
        private boolean parameter(Map<String, String> into) {
            skip();
            while (at < text.length() && !isToken(text.charAt(at))) {
                at++;
                skip();
            }
            if (at >= text.length()) {
                return false;
            }
            String name = token();
            skip();
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skip();
                into.putIfAbsent(name.toLowerCase(Locale.ROOT), parameterValue());
            }
            return true;
        }

        private String parameterValue() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            // Boundaries stand without quotes that need them (RFC 2045 §5.1), so only what ends a
            // value ends it.
            int from = at;
            while (at < text.length() && ";, \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private String quoted() {
            var value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private String token() {
            skip();
            int from = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private static boolean isToken(char c) {
            return c < TOKEN.length && TOKEN[c];
        }

        /// White space and comments; a comment without end is passed over to the end of the text.
        private void skip() {
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '(') {
                    depth++;
                } else if (c == ')' && depth > 0) {
                    depth--;
                } else if (c == '\\' && depth > 0) {
                    at++;
                } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                    return;
                }
                at++;
            }
            at = text.length();
        }
    }
}
