package tayori.spf;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;

/// A macro string (RFC 7208 §7), parsed once; what it becomes depends on the mail.
public final class MacroString {
    /// Longest name that is asked for; labels are dropped from the left until a name fits (RFC 7208 §7.3).
    private static final int MAX_NAME = 253;

    private final String text;
    private final List<Part> parts;
    private final boolean usesLocalPart;
    private final @Nullable String literal;
    private final @Nullable DomainName name;

    MacroString(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.usesLocalPart =
                parts.stream()
                        .anyMatch(part ->
                                part instanceof Macro macro
                                        && (macro.letter == 's' || macro.letter == 'l'));
        this.literal =
                switch (parts.size()) {
                    case 0 -> "";
                    case 1 -> parts.getFirst() instanceof Literal(var only) ? only : null;
                    default -> null;
                };
        this.name = literal == null ? null : toName(literal);
    }

    /// As it stands in the record.
    public String text() {
        return text;
    }

    /// Whether it is the same for every mail.
    public boolean isLiteral() {
        return literal != null;
    }

    /// The name it always becomes; nothing where it has macros or is no name.
    Optional<DomainName> literalName() {
        return Optional.ofNullable(name);
    }

    @Override
    public String toString() {
        return text;
    }

    /// Whether `%{s}` or `%{l}` stands in it; with a local part outside ASCII such a term never matches (RFC 8616 §4).
    boolean usesLocalPart() {
        return usesLocalPart;
    }

    /// The domain name it becomes.
    ///
    /// @return nothing where that is no name the DNS could know (an empty label, a long one, octets outside ASCII)
    @Nullable DomainName expandName(Values values) {
        if (literal != null) {
            return name;
        }
        var expansion = new StringBuilder(64);
        for (var part : parts) {
            append(part, values, expansion);
            // Only the rightmost labels can be part of the name, so a macro bomb need not be held
            // whole.
            if (expansion.length() > 16 * MAX_NAME) {
                expansion.delete(0, expansion.length() - 2 * MAX_NAME);
            }
        }
        return toName(expansion.toString());
    }

    /// The text it becomes.
    ///
    /// @return nothing where that is longer than `limit` characters
    @Nullable String expandText(Values values, int limit) {
        var expansion = new StringBuilder(text.length() + 64);
        for (var part : parts) {
            append(part, values, expansion);
            if (expansion.length() > limit) {
                return null;
            }
        }
        return expansion.toString();
    }

    /// A name from an expansion: without trailing dot, labels dropped from the left until it fits.
    private static @Nullable DomainName toName(String expansion) {
        int end = expansion.endsWith(".") ? expansion.length() - 1 : expansion.length();
        int from = 0;
        if (end > MAX_NAME) {
            from = expansion.indexOf('.', end - MAX_NAME - 1) + 1;
            if (from == 0 || from >= end) {
                return null;
            }
        }
        return DomainName.parse(expansion.substring(from, end)).orElse(null);
    }

    private static void append(Part part, Values values, StringBuilder out) {
        switch (part) {
            case Literal(var literal) -> out.append(literal);
            case Macro macro -> {
                String value = macro.transform(values.value(macro.letter));
                if (macro.escaped) {
                    appendEscaped(value, out);
                } else {
                    out.append(value);
                }
            }
        }
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986 §2.3, as RFC 7208 §7.3 asks for upper-case letters.
    private static void appendEscaped(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (MacroParser.isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
                out.append(c);
            } else if (c < 0x80) {
                out.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
            } else {
                // Not ASCII: stays, so that the expansion is refused where only ASCII may stand.
                out.append(c);
            }
        }
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble);
    }

    /// Knows what each macro letter stands for in this check.
    interface Values {
        /// @param letter a letter of RFC 7208 §7.2 in lower case
        String value(char letter);
    }

    sealed interface Part {}

    record Literal(String text) implements Part {}

    /// One `%{…}`.
    ///
    /// @param escaped whether the letter stood in upper case (URL escaping)
    /// @param keep how many parts stay, counted from the right; [Integer#MAX_VALUE] for all
    /// @param delimiters where the value is split; `.` unless the macro names others
    record Macro(char letter, boolean escaped, int keep, boolean reverse, String delimiters)
            implements Part {
        String transform(String value) {
            if (keep == Integer.MAX_VALUE && !reverse && delimiters.equals(".")) {
                return value;
            }
            int count = 1;
            for (int i = 0; i < value.length(); i++) {
                if (isDelimiter(value.charAt(i))) {
                    count++;
                }
            }
            var pieces = new String[count];
            int start = 0;
            int piece = 0;
            for (int i = 0; i <= value.length(); i++) {
                if (i == value.length() || isDelimiter(value.charAt(i))) {
                    pieces[reverse ? count - 1 - piece : piece] = value.substring(start, i);
                    piece++;
                    start = i + 1;
                }
            }
            var joined = new StringBuilder(value.length());
            for (int i = Math.max(0, count - keep); i < count; i++) {
                joined.append(pieces[i]);
                if (i < count - 1) {
                    joined.append('.');
                }
            }
            return joined.toString();
        }

        private boolean isDelimiter(char c) {
            return delimiters.indexOf(c) >= 0;
        }
    }
}
