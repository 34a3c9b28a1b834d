package tayori.milter;

import java.util.Optional;

/// An address of the SMTP envelope (RFC 5321 §4.1.2), without its angle brackets.
///
/// What stands in it is the MTA's word for it: it has checked the syntax as strictly as it is configured to, so a domain may be
/// missing and a quoted local part may hold anything.
///
/// @param text `local@domain`; empty for the null sender `<>`
public record EnvelopeAddress(String text) {

    /// The null sender of bounces.
    public static final EnvelopeAddress NULL = new EnvelopeAddress("");

    /// Reads the first argument of MAIL or RCPT: with or without angle brackets.
    public static EnvelopeAddress parse(String argument) {
        int from = 0;
        int to = argument.length();
        while (from < to && argument.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && argument.charAt(to - 1) <= ' ') {
            to--;
        }
        if (to - from >= 2 && argument.charAt(from) == '<' && argument.charAt(to - 1) == '>') {
            from++;
            to--;
        }
        return from == to ? NULL : new EnvelopeAddress(argument.substring(from, to));
    }

    public boolean isNull() {
        return text.isEmpty();
    }

    /// What stands before the last `@`; the whole text where there is none. Quotes are kept.
    public String localPart() {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    /// What stands after the last `@`, if there is one and something stands there.
    public Optional<String> domain() {
        int at = text.lastIndexOf('@');
        return at < 0 || at == text.length() - 1
                ? Optional.empty()
                : Optional.of(text.substring(at + 1));
    }

    /// As SMTP writes it: `<local@domain>`, `<>`.
    @Override
    public String toString() {
        return "<" + text + ">";
    }
}
