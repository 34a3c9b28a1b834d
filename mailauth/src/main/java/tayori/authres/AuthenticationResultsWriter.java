package tayori.authres;

/// Writes the payload word by word and folds before the word that would pass the margin.
final class AuthenticationResultsWriter {
    /// Columns a line should not pass. RFC 5322 §2.1.1.
    static final int MARGIN = 78;

    /// Longest value written, in UTF-8 octets with its quoting; a line must stay below 998 octets (RFC 5322 §2.1.1),
    /// and a value cannot be folded. A longer one is left out: half a domain name would be a lie.
    static final int MAX_VALUE = 900;

    /// Longest comment or reason written, in characters; what follows is cut, for it is only for people. Even
    /// as one word, escaped and in UTF-8, it stays below 998 octets.
    static final int MAX_TEXT = 250;

    private final StringBuilder out = new StringBuilder(256);
    private int column;

    private AuthenticationResultsWriter(int column) {
        this.column = column;
    }

    static String write(AuthenticationResults results, int column) {
        var writer = new AuthenticationResultsWriter(column);
        writer.payload(results);
        return writer.out.toString();
    }

    private void payload(AuthenticationResults results) {
        String id = value(clean(results.authservId()), false);
        // no reader could be told who speaks; an empty quoted string claims nobody's name
        append(octets(id) <= MAX_VALUE ? id : "\"\"");
        if (results.version() > AuthenticationResults.VERSION) {
            word(Integer.toString(results.version()));
        }
        boolean any = false;
        for (var result : results.results()) {
            any |= statement(result);
        }
        if (!any) {
            append(";");
            word("none");
        }
    }

    private boolean statement(MethodResult result) {
        if (!Grammar.isKeyword(result.method()) || !Grammar.isKeyword(result.result())) {
            return false;
        }
        String version = result.version() > 1 ? "/" + result.version() : "";
        String statement = result.method() + version + "=" + result.result();
        if (statement.length() > MAX_VALUE) {
            return false;
        }
        append(";");
        fold();
        append(statement);
        for (var comment : result.comments()) {
            comment(comment);
        }
        result.reason().ifPresent(reason -> word("reason=" + value(clean(cut(reason)), false)));
        for (var property : result.properties()) {
            property(property);
        }
        return true;
    }

    private void property(Property property) {
        if (!Grammar.isKeyword(property.ptype()) || !Grammar.isKeyword(property.property())) {
            return;
        }
        String word = property.name() + "=" + value(clean(property.value()), true);
        if (octets(word) <= MAX_VALUE) {
            word(word);
        }
    }

    private void comment(String text) {
        String clean = clean(cut(text));
        var escaped = new StringBuilder(clean.length() + 8).append('(');
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c == '(' || c == ')' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        escaped.append(')');
        int from = 0;
        for (int space = escaped.indexOf(" "); space >= 0; space = escaped.indexOf(" ", from)) {
            if (space > from) {
                word(escaped.substring(from, space));
            }
            from = space + 1;
        }
        word(escaped.substring(from));
    }

    /// A space and the word, or a fold and the word.
    private void word(String word) {
        if (column + 1 + word.length() > MARGIN) {
            fold();
        } else {
            append(" ");
        }
        append(word);
    }

    private void fold() {
        out.append("\r\n\t");
        column = 8;
    }

    private void append(String text) {
        out.append(text);
        column += text.length();
    }

    /// The value as token or, where `address` allows it, as address; quoted where the grammar knows neither.
    private static String value(String text, boolean address) {
        if (Grammar.isToken(text) || (address && Grammar.isAddress(text))) {
            return text;
        }
        var quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }

    /// Text that can stand in one line of a header: white space as spaces, controls and lone surrogates as `?`.
    private static String clean(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < 0x7f) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        var clean = new StringBuilder(text.length()).append(text, 0, i);
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean surrogate = c >= 0xd800 && c <= 0xdfff;
            if (c == '\t') {
                clean.append(' ');
            } else if (c < ' '
                    || (c >= 0x7f && c < 0xa0)
                    || c == 0x2028
                    || c == 0x2029
                    || surrogate) {
                clean.append('?');
            } else {
                clean.appendCodePoint(c);
            }
        }
        return clean.toString();
    }

    private static int octets(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }
}
