package tayori.spf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tayori.spf.MacroString.Literal;
import tayori.spf.MacroString.Macro;
import tayori.spf.MacroString.Part;

/// Reads macro strings (grammar of RFC 7208 §7.1). After a refusal [#errorAt] and [#expected] say what was wrong.
final class MacroParser {
    private static final String LETTERS = "slodipvh";
    private static final String EXPLANATION_LETTERS = "slodipvhcrt";
    private static final String DELIMITERS = ".-+,/_=";

    private final String text;
    private int errorAt = -1;
    private String expected = "";

    MacroParser(String text) {
        this.text = text;
    }

    /// Position of the character that was refused, in the whole text.
    int errorAt() {
        return errorAt;
    }

    /// What should have stood there.
    String expected() {
        return expected;
    }

    /// A `domain-spec`: a macro string that ends in a macro or in a dot and a top label.
    @Nullable MacroString domainSpec(int from, int to) {
        if (from == to) {
            refuse(from, "a domain name");
            return null;
        }
        var parts = parts(from, to, LETTERS, false);
        if (parts == null) {
            return null;
        }
        // A literal part that came of %%, %_ or %- is a macro-expand too and may end a domain-spec.
        boolean endsInMacro =
                (text.charAt(to - 1) == '}' && parts.getLast() instanceof Macro)
                        || endsInEscape(from, to);
        if (!endsInMacro && !endsInTopLabel(from, to)) {
            refuse(topLabelStart(from, to), "a name of two labels or more that ends in a letter");
            return null;
        }
        return new MacroString(text.substring(from, to), parts);
    }

    /// The value of a modifier nobody knows.
    @Nullable MacroString modifierValue(int from, int to) {
        var parts = parts(from, to, LETTERS, false);
        return parts == null ? null : new MacroString(text.substring(from, to), parts);
    }

    /// An explanation: spaces and the letters `c`, `r`, `t` are allowed here only.
    @Nullable MacroString explanation() {
        var parts = parts(0, text.length(), EXPLANATION_LETTERS, true);
        return parts == null ? null : new MacroString(text, parts);
    }

    private @Nullable List<Part> parts(int from, int to, String letters, boolean spaces) {
        var parts = new ArrayList<Part>(2);
        var literal = new StringBuilder();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c != '%') {
                if (c > '~' || c < ' ' || (c == ' ' && !spaces)) {
                    refuse(at, "a printable ASCII character");
                    return null;
                }
                literal.append(c);
                at++;
                continue;
            }
            char kind = at + 1 < to ? text.charAt(at + 1) : ' ';
            switch (kind) {
                case '%' -> literal.append('%');
                case '_' -> literal.append(' ');
                case '-' -> literal.append("%20");
                case '{' -> {
                    if (!literal.isEmpty()) {
                        parts.add(new Literal(literal.toString()));
                        literal.setLength(0);
                    }
                    int close = macro(at + 2, to, letters, parts);
                    if (close < 0) {
                        return null;
                    }
                    at = close - 1;
                }
                default -> {
                    refuse(at + 1, "%{, %%, %_ or %-");
                    return null;
                }
            }
            at += 2;
        }
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        return parts;
    }

    /// @param from position of the macro letter
    /// @return position of the closing brace, or -1
    private int macro(int from, int to, String letters, List<Part> parts) {
        int at = from;
        char written = at < to ? text.charAt(at) : ' ';
        char letter = written >= 'A' && written <= 'Z' ? (char) (written + 32) : written;
        if (letter == ' ' || letters.indexOf(letter) < 0) {
            refuse(at, "one of the macro letters " + letters);
            return -1;
        }
        at++;
        int digits = at;
        int keep = 0;
        while (at < to && IpText.isDigit(text.charAt(at))) {
            // No value has this many parts; more digits change nothing.
            keep = Math.min(keep * 10 + text.charAt(at++) - '0', 1_000_000);
        }
        if (at == digits) {
            keep = Integer.MAX_VALUE;
        } else if (keep == 0) {
            refuse(digits, "a number of labels above zero");
            return -1;
        }
        boolean reverse = at < to && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
        if (reverse) {
            at++;
        }
        int delimiters = at;
        while (at < to && DELIMITERS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at >= to || text.charAt(at) != '}') {
            refuse(at, "} at the end of the macro");
            return -1;
        }
        String split = at == delimiters ? "." : text.substring(delimiters, at);
        parts.add(new Macro(letter, written != letter, keep, reverse, split));
        return at;
    }

    private boolean endsInEscape(int from, int to) {
        char last = text.charAt(to - 1);
        if (to - from < 2 || (last != '%' && last != '_' && last != '-')) {
            return false;
        }
        int percents = 0;
        for (int i = last == '%' ? to - 1 : to - 2; i >= from && text.charAt(i) == '%'; i--) {
            percents++;
        }
        // The syntax is known to be good: before _ or - an odd number means an escape, at the end
        // it is always one.
        return last == '%' || percents % 2 == 1;
    }

    private int topLabelStart(int from, int to) {
        int end = text.charAt(to - 1) == '.' ? to - 1 : to;
        int start = end;
        while (start > from && text.charAt(start - 1) != '.') {
            start--;
        }
        return start;
    }

    /// Whether it ends in `"." toplabel [ "." ]`.
    private boolean endsInTopLabel(int from, int to) {
        int end = text.charAt(to - 1) == '.' ? to - 1 : to;
        int start = topLabelStart(from, to);
        if (start == from || start == end) {
            return false;
        }
        boolean letterOrHyphen = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '-') {
                return false;
            }
            letterOrHyphen |= !IpText.isDigit(c);
        }
        return letterOrHyphen && text.charAt(start) != '-' && text.charAt(end - 1) != '-';
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IpText.isDigit(c);
    }

    private void refuse(int at, String what) {
        errorAt = at;
        expected = what;
    }
}
