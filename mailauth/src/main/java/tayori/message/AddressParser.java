package tayori.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The grammar behind [AddressList]: RFC 5322 §3.4, obsolete forms (§4.4) included, one pass, no recursion.
///
/// The text is cut into tokens first; comments and white space vanish there. An element of the list (what stands
/// between two commas) is then read from its tokens: `phrase <route addr-spec>`, or `addr-spec`. The local part is
/// found backwards from the `@`, so that `"Doe, J." joe@example.com`, which lacks its angle brackets, still gives
/// `joe@example.com`.
final class AddressParser {
    private enum Kind {
        WORD,
        QUOTED,
        LITERAL,
        DOT,
        AT,
        LESS,
        GREATER,
        COMMA,
        COLON,
        SEMICOLON
    }

    /// Most `<` of one list element that are looked at. One is right; the rest is looked at so that no address is
    /// missed, and bounded so that the work stays linear.
    static final int MAX_ANGLES = 16;

    private final String text;
    private int at;

    /// Set once a quote, comment or literal has no end: from then on its opening sign is only a stray character.
    /// This keeps the work linear.
    private boolean openQuote;

    private boolean openComment;
    private boolean openLiteral;

    private Kind[] kinds = new Kind[16];
    private String[] texts = new String[16];
    private int count;

    /// Whether white space or a comment stands before the token.
    private boolean[] gaps = new boolean[16];

    private boolean gap;

    private final List<Address> found = new ArrayList<>(1);
    private @Nullable String problem;

    AddressParser(String text) {
        this.text = text;
    }

    AddressList parse() {
        tokenize();
        int from = 0;
        boolean group = false;
        boolean grouped = false;
        boolean anyElement = false;
        int angle = -1;
        int lastColon = lastIndexOf(Kind.COLON);
        for (int i = 0; i <= count; i++) {
            if (i == count) {
                anyElement |= element(from, i);
                if (group) {
                    note("a group without its final semicolon");
                } else if (!anyElement) {
                    note("no address");
                }
                break;
            }
            switch (kinds[i]) {
                case LESS -> angle = i;
                case GREATER -> angle = -1;
                case COMMA -> {
                    if (angle >= 0 && i < lastColon && kinds[angle + 1] != Kind.WORD) {
                        continue; // <@a,@b:joe@c>, RFC 5322 §4.4 obs-route
                    }
                    anyElement |= element(from, i);
                    from = i + 1;
                    angle = -1;
                }
                case COLON -> {
                    if (angle >= 0) {
                        continue;
                    }
                    if (group || hasAt(from, i)) {
                        note("a colon where none belongs");
                    } else {
                        group = true;
                        grouped = true;
                        anyElement = true;
                        if (from == i) {
                            note("a group without a name");
                        }
                        from = i + 1;
                    }
                }
                case SEMICOLON -> {
                    if (!group) {
                        note("a semicolon outside a group");
                    }
                    element(from, i);
                    group = false;
                    from = i + 1;
                    angle = -1;
                }
                default -> {}
            }
        }
        return new AddressList(found, grouped, Optional.ofNullable(problem));
    }

    /// Reads the tokens `from` to `to` as one mailbox. Empty elements are obsolete syntax, but clean (§4.4).
    ///
    /// @return whether there was anything
    private boolean element(int from, int to) {
        if (from == to) {
            return false;
        }
        int less = indexOf(Kind.LESS, from, to);
        if (less < 0) {
            addressSpecs(from, to, "");
            return true;
        }
        String name = phrase(from, less);
        for (int angles = 0; less >= 0; angles++) {
            if (angles == MAX_ANGLES) {
                note("more than " + MAX_ANGLES + " pairs of < > in one address");
                return true;
            }
            int begin = less + 1;
            while (begin < to && kinds[begin] == Kind.LESS) {
                note("a second <");
                begin++;
            }
            int greater = indexOf(Kind.GREATER, begin, to);
            if (greater < 0) {
                note("a < without its >");
                greater = to;
            }
            int nested = indexOf(Kind.LESS, begin, greater);
            if (nested >= 0) {
                note("a < inside < >");
                greater = nested;
            }
            int colon = indexOf(Kind.COLON, begin, greater);
            if (colon >= 0 && kinds[begin] == Kind.AT) {
                begin = colon + 1;
            }
            if (begin == greater) {
                note("an empty address");
            } else {
                addressSpecs(begin, greater, name);
            }
            int next = greater < to && kinds[greater] == Kind.GREATER ? greater + 1 : greater;
            less = indexOf(Kind.LESS, next, to);
            if (next < to && (less != next || kinds[greater] == Kind.GREATER)) {
                note("text after the address");
            }
        }
        return true;
    }

    /// Takes every `local@domain` from the tokens. One alone that fills them all is clean.
    private void addressSpecs(int from, int to, String name) {
        int sign = indexOf(Kind.AT, from, to);
        if (sign < 0) {
            note("an address without @");
            return;
        }
        int end = from;
        while (sign >= 0) {
            int start = startOfLocalPart(from, sign);
            if (start > end) {
                if (name.isEmpty() && end == from) {
                    name = phrase(from, start);
                }
                note("text before the address");
            } else if (start < end) {
                note("two @ in one address");
            }
            if (start == sign) {
                note("an address without local part");
            }
            end = endOfDomain(sign + 1, to);
            if (end == sign + 1) {
                note("an address without domain");
            } else if (found.size() == AddressList.MAX_MAILBOXES) {
                note("more than " + AddressList.MAX_MAILBOXES + " addresses");
            } else {
                found.add(new Address(name, joined(start, sign), joined(sign + 1, end)));
            }
            sign = indexOf(Kind.AT, sign + 1, to);
        }
        if (end < to) {
            note("text after the address");
        }
    }

    /// Where the local part begins that ends before `sign`: words with dots between them (§4.4 obs-local-part).
    private int startOfLocalPart(int from, int sign) {
        int start = sign;
        while (start > from) {
            boolean dot = kinds[start - 1] == Kind.DOT;
            boolean word = kinds[start - 1] == Kind.WORD || kinds[start - 1] == Kind.QUOTED;
            boolean wordBefore = start < sign && kinds[start] != Kind.DOT;
            if (dot ? start == sign || !wordBefore : wordBefore || !word) {
                if (!dot) {
                    break;
                }
                note("a dot too many in a local part");
            }
            start--;
        }
        if (start < sign && kinds[start] == Kind.DOT) {
            note("a local part that begins with a dot");
        }
        return start;
    }

    /// Where the domain ends that begins at `from`: a literal, or words with dots between them (§4.4 obs-domain).
    private int endOfDomain(int from, int to) {
        if (from < to && kinds[from] == Kind.LITERAL) {
            return from + 1;
        }
        int end = from;
        while (end < to) {
            boolean dot = kinds[end] == Kind.DOT;
            boolean wordBefore = end > from && kinds[end - 1] == Kind.WORD;
            if (!dot && (kinds[end] != Kind.WORD || wordBefore)) {
                break;
            }
            if (dot && !wordBefore) {
                note("a dot too many in a domain");
            }
            end++;
        }
        if (end > from && kinds[end - 1] == Kind.DOT) {
            note("a domain that ends with a dot");
        }
        return end;
    }

    /// The words of a display name, one space where there was any gap (dots are obs-phrase, §4.1, and clean).
    private String phrase(int from, int to) {
        var name = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (!name.isEmpty() && gaps[i]) {
                name.append(' ');
            }
            if (kinds[i] != Kind.WORD && kinds[i] != Kind.QUOTED && kinds[i] != Kind.DOT) {
                note("a sign in a display name that should be quoted");
            }
            name.append(texts[i]);
        }
        return name.toString();
    }

    private String joined(int from, int to) {
        if (to - from == 1) {
            return texts[from];
        }
        var whole = new StringBuilder();
        for (int i = from; i < to; i++) {
            whole.append(texts[i]);
        }
        return whole.toString();
    }

    private int indexOf(Kind kind, int from, int to) {
        for (int i = from; i < to; i++) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return -1;
    }

    private int lastIndexOf(Kind kind) {
        int i = count - 1;
        while (i >= 0 && kinds[i] != kind) {
            i--;
        }
        return i;
    }

    private boolean hasAt(int from, int to) {
        return indexOf(Kind.AT, from, to) >= 0;
    }

    private void note(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    // ---- tokens

    private void tokenize() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> {
                    gap = true;
                    at++;
                }
                case '(' -> comment();
                case '"' -> quoted();
                case '[' -> literal();
                case '.' -> sign(Kind.DOT, ".");
                case '@' -> sign(Kind.AT, "@");
                case '<' -> sign(Kind.LESS, "<");
                case '>' -> sign(Kind.GREATER, ">");
                case ',' -> sign(Kind.COMMA, ",");
                case ':' -> sign(Kind.COLON, ":");
                case ';' -> sign(Kind.SEMICOLON, ";");
                default -> word();
            }
        }
    }

    private void sign(Kind kind, String text) {
        add(kind, text);
        at++;
    }

    private void add(Kind kind, String text) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            texts = Arrays.copyOf(texts, 2 * count);
            gaps = Arrays.copyOf(gaps, 2 * count);
        }
        kinds[count] = kind;
        gaps[count] = gap;
        gap = false;
        texts[count++] = text;
    }

    /// A run of characters that mean nothing by themselves; stray ones stay in it, so that a domain they stand in is
    /// no domain.
    private void word() {
        int from = at;
        do {
            if (!isAtom(text.charAt(at))) {
                note("a stray character");
            }
            at++;
        } while (at < text.length() && !endsWord(text.charAt(at)));
        add(Kind.WORD, text.substring(from, at));
    }

    private static boolean endsWord(char c) {
        return switch (c) {
            case ' ', '\t', '\r', '\n', '(', '"', '[', '.', '@', '<', '>', ',', ':', ';' -> true;
            default -> false;
        };
    }

    /// `atext` of RFC 5322 §3.2.3 and RFC 6532 §3.2; U+FFFD stands for octets that were not UTF-8.
    private static boolean isAtom(char c) {
        return (c > ' ' && c < 0x7f && c != ')' && c != '\\' && c != ']' && c != '[' && c != '"'
                        && c != '(')
                || (c > 0x9f && c != 0xfffd);
    }

    private void comment() {
        if (openComment) {
            word();
            return;
        }
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> {
                    if (--depth == 0) {
                        gap = true;
                        at = i + 1;
                        return;
                    }
                }
                default -> {}
            }
        }
        openComment = true;
        note("a comment without its end");
        at++;
    }

    private void quoted() {
        if (openQuote) {
            word();
            return;
        }
        var content = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                add(Kind.QUOTED, content.toString());
                at = i + 1;
                return;
            }
            if (c == '\\' && i + 1 < text.length()) {
                content.append(text.charAt(++i));
            } else if (c != '\r' && c != '\n') {
                content.append(c);
            }
        }
        openQuote = true;
        note("a quoted string without its end");
        at++;
    }

    private void literal() {
        int end = openLiteral ? -1 : text.indexOf(']', at);
        if (end < 0) {
            openLiteral = true;
            note("a domain literal without its end");
            word();
            return;
        }
        var content = new StringBuilder();
        for (int i = at; i <= end; i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                content.append(c);
            }
        }
        add(Kind.LITERAL, content.toString());
        at = end + 1;
    }
}
