package tayori.authres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tayori.authres.AuthenticationResultsParser.Malformed;

/// Walks over a structured field: white space, comments, quoted strings and runs of characters.
final class Cursor {
    private final String text;
    private int at;
    private List<String> comments = new ArrayList<>(2);
    private @Nullable Malformed trouble;

    Cursor(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean at(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean take(char c) {
        if (at(c)) {
            at++;
            return true;
        }
        return false;
    }

    /// The comments since [#forgetComments], without their outer parentheses.
    List<String> comments() {
        return comments;
    }

    void forgetComments() {
        if (!comments.isEmpty()) {
            comments = new ArrayList<>(2);
        }
    }

    /// Remembers the first trouble; what comes after it is only its echo.
    void fail(String reason) {
        if (trouble == null) {
            trouble = new Malformed(reason, at);
        }
    }

    Malformed trouble() {
        return trouble == null ? new Malformed("not the grammar of RFC 8601", at) : trouble;
    }

    /// Skips `[CFWS]` and keeps the comments.
    ///
    /// @return false for a comment that does not end or is too deep
    boolean skipCfws() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                if (!comment()) {
                    return false;
                }
            } else if (isSpace(c)) {
                at++;
            } else {
                break;
            }
        }
        return true;
    }

    private boolean comment() {
        var comment = new StringBuilder();
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                comment.append(text.charAt(++i));
                continue;
            }
            if (c == '(' && ++depth > AuthenticationResultsParser.MAX_COMMENT_DEPTH) {
                fail("comments too deep");
                return false;
            }
            if (c == ')' && --depth == 0) {
                comments.add(comment.substring(1));
                at = i + 1;
                return true;
            }
            if (c != '\r' && c != '\n') {
                comment.append(c);
            }
        }
        fail("a comment that does not end");
        return false;
    }

    /// A quoted string without its quotes, folds undone; null where it does not end or, unless `lenient`, holds a
    /// control character.
    @Nullable String quotedString(boolean lenient) {
        var content = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return content.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
            } else if (c == '\r' || c == '\n') {
                continue;
            }
            if (!lenient && ((c < ' ' && c != '\t') || c == 0x7f)) {
                fail("a control character in a quoted string");
                return null;
            }
            content.append(c);
        }
        fail("a quoted string that does not end");
        return null;
    }

    /// Digits as a number; -1 where there are none, or more than nine.
    int number() {
        int start = at;
        while (at < text.length() && Grammar.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start || at - start > 9) {
            at = start;
            return -1;
        }
        return Integer.parseInt(text, start, at, 10);
    }

    /// Letters, digits and hyphens.
    String keyword() {
        int start = at;
        while (at < text.length() && Grammar.isKeywordChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    String token() {
        int start = at;
        while (at < text.length() && Grammar.isTokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /// A token that ends before a dot.
    String tokenToDot() {
        int start = at;
        while (at < text.length()
                && text.charAt(at) != '.'
                && Grammar.isTokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Everything up to white space, a semicolon or a comment.
    String run() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c) || c == ';' || c == '(') {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    /// Moves to the next `stop` that stands in neither quoted string nor comment, or to the end. Always true, so that
    /// it can stand in a condition.
    boolean skipTo(char stop) {
        while (at < text.length() && text.charAt(at) != stop) {
            char c = text.charAt(at);
            if (c == '"') {
                if (quotedString(true) == null) {
                    at = text.length();
                }
            } else if (c == '(') {
                if (!comment()) {
                    at = text.length();
                }
            } else {
                at++;
            }
        }
        return true;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
