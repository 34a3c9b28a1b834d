package tayori.spf;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.spf.SpfRecord.Parsed;
import tayori.spf.SpfTerm.Mechanism;
import tayori.spf.SpfTerm.Qualifier;

/// Reads one record, term by term (grammar of RFC 7208 §4.6.1 and §12). Good for one use.
final class RecordParser {
    private final String text;
    private final int start;
    private final MacroParser macros;
    private int errorAt = -1;
    private String expected = "";
    private boolean redirectSeen;
    private boolean explanationSeen;

    RecordParser(String text, int start) {
        this.text = text;
        this.start = start;
        this.macros = new MacroParser(text);
    }

    Parsed parse() {
        var terms = new ArrayList<SpfTerm>();
        int at = start;
        while (true) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at == text.length()) {
                return new Parsed.Valid(new SpfRecord(text, terms));
            }
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            var term = term(at, end);
            if (term == null) {
                return macros.errorAt() >= 0
                        ? new Parsed.Invalid(text, macros.errorAt(), macros.expected())
                        : new Parsed.Invalid(text, errorAt, expected);
            }
            terms.add(term);
            at = end;
        }
    }

    private @Nullable SpfTerm term(int from, int to) {
        var qualifier = qualifier(text.charAt(from));
        int nameAt = qualifier == null ? from : from + 1;
        int nameEnd = nameAt;
        while (nameEnd < to && isNameCharacter(text.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == nameAt || !isLetter(text.charAt(nameAt))) {
            refuse(nameAt, "a mechanism or a modifier");
            return null;
        }
        String name = text.substring(nameAt, nameEnd).toLowerCase(Locale.ROOT);
        if (nameEnd < to && text.charAt(nameEnd) == '=') {
            if (qualifier != null) {
                refuse(nameEnd, "no qualifier before a modifier");
                return null;
            }
            return modifier(name, from, nameEnd + 1, to);
        }
        var mechanism = mechanism(name, nameAt, nameEnd, to);
        return mechanism == null
                ? null
                : new SpfTerm.Directive(
                        text.substring(from, to),
                        qualifier == null ? Qualifier.PASS : qualifier,
                        mechanism);
    }

    private static @Nullable Qualifier qualifier(char c) {
        return switch (c) {
            case '+' -> Qualifier.PASS;
            case '-' -> Qualifier.FAIL;
            case '~' -> Qualifier.SOFTFAIL;
            case '?' -> Qualifier.NEUTRAL;
            default -> null;
        };
    }

    private @Nullable SpfTerm modifier(String name, int from, int valueAt, int to) {
        String term = text.substring(from, to);
        return switch (name) {
            case "redirect" -> {
                if (redirectSeen) {
                    refuse(from, "no second redirect=");
                    yield null;
                }
                redirectSeen = true;
                var domain = macros.domainSpec(valueAt, to);
                yield domain == null ? null : new SpfTerm.Redirect(term, domain);
            }
            case "exp" -> {
                if (explanationSeen) {
                    refuse(from, "no second exp=");
                    yield null;
                }
                explanationSeen = true;
                var domain = macros.domainSpec(valueAt, to);
                yield domain == null ? null : new SpfTerm.Explanation(term, domain);
            }
            default -> {
                var value = macros.modifierValue(valueAt, to);
                yield value == null ? null : new SpfTerm.UnknownModifier(term, name, value);
            }
        };
    }

    private @Nullable Mechanism mechanism(String name, int nameAt, int nameEnd, int to) {
        return switch (name) {
            case "all" -> {
                if (nameEnd < to) {
                    refuse(nameEnd, "nothing after the mechanism all");
                    yield null;
                }
                yield new SpfTerm.All();
            }
            case "include" -> {
                var domain = requiredDomain(nameEnd, to);
                yield domain == null ? null : new SpfTerm.Include(domain);
            }
            case "exists" -> {
                var domain = requiredDomain(nameEnd, to);
                yield domain == null ? null : new SpfTerm.Exists(domain);
            }
            case "ptr" -> {
                if (nameEnd == to) {
                    yield new SpfTerm.Ptr(Optional.empty());
                }
                var domain = requiredDomain(nameEnd, to);
                yield domain == null ? null : new SpfTerm.Ptr(Optional.of(domain));
            }
            case "a", "mx" -> addresses(name.equals("a"), nameEnd, to);
            case "ip4" -> ip4(nameEnd, to);
            case "ip6" -> ip6(nameEnd, to);
            default -> {
                refuse(nameAt, "one of all, include, a, mx, ptr, ip4, ip6, exists, or name=");
                yield null;
            }
        };
    }

    private @Nullable MacroString requiredDomain(int nameEnd, int to) {
        if (nameEnd == to || text.charAt(nameEnd) != ':') {
            refuse(nameEnd, "a colon and a domain name");
            return null;
        }
        return macros.domainSpec(nameEnd + 1, to);
    }

    /// `a` and `mx`: an optional domain, then an optional prefix length for either family. The grammar lets a slash
    /// stand in a domain too, but no domain ends in digits after a slash, so the lengths are read from the right.
    private @Nullable Mechanism addresses(boolean a, int nameEnd, int to) {
        int end = to;
        int prefix6 = 128;
        int slash = slashBeforeDigits(nameEnd, end);
        if (slash > nameEnd && text.charAt(slash - 1) == '/') {
            prefix6 = prefix(slash + 1, end, 128);
            end = slash - 1;
            slash = slashBeforeDigits(nameEnd, end);
        }
        int prefix4 = 32;
        if (slash >= nameEnd) {
            prefix4 = prefix(slash + 1, end, 32);
            end = slash;
        }
        if (prefix4 < 0 || prefix6 < 0) {
            return null;
        }
        Optional<MacroString> domain = Optional.empty();
        if (nameEnd < end) {
            var spec = requiredDomain(nameEnd, end);
            if (spec == null) {
                return null;
            }
            domain = Optional.of(spec);
        }
        return a
                ? new SpfTerm.A(domain, prefix4, prefix6)
                : new SpfTerm.Mx(domain, prefix4, prefix6);
    }

    /// @return position of the slash in `/digits` at the end, or -1
    private int slashBeforeDigits(int from, int to) {
        int at = to;
        while (at > from && IpText.isDigit(text.charAt(at - 1))) {
            at--;
        }
        return at < to && at > from && text.charAt(at - 1) == '/' ? at - 1 : -1;
    }

    /// A prefix length without leading zeros.
    ///
    /// @return the length, or -1 after a refusal
    private int prefix(int from, int to, int max) {
        int length = 0;
        for (int i = from; i < to && length <= max; i++) {
            char c = text.charAt(i);
            length = IpText.isDigit(c) ? length * 10 + c - '0' : max + 1;
        }
        boolean leadingZero = to - from > 1 && text.charAt(from) == '0';
        if (from == to || length > max || leadingZero) {
            refuse(from, "a prefix length from 0 to " + max);
            return -1;
        }
        return length;
    }

    private @Nullable Mechanism ip4(int nameEnd, int to) {
        int slash = text.indexOf('/', nameEnd);
        int end = slash < 0 || slash > to ? to : slash;
        long address = colonAt(nameEnd, to) ? IpText.ip4(text, nameEnd + 1, end) : IpText.NONE;
        if (address == IpText.NONE) {
            refuse(Math.min(nameEnd + 1, to), "an IPv4 address such as 192.0.2.1");
            return null;
        }
        int prefix = end == to ? 32 : prefix(end + 1, to, 32);
        return prefix < 0 ? null : new SpfTerm.Ip4((int) address, prefix);
    }

    private @Nullable Mechanism ip6(int nameEnd, int to) {
        int slash = text.indexOf('/', nameEnd);
        int end = slash < 0 || slash > to ? to : slash;
        var words = new long[2];
        if (!colonAt(nameEnd, to) || !IpText.ip6(text, nameEnd + 1, end, words)) {
            refuse(Math.min(nameEnd + 1, to), "an IPv6 address such as 2001:db8::1");
            return null;
        }
        int prefix = end == to ? 128 : prefix(end + 1, to, 128);
        return prefix < 0 ? null : new SpfTerm.Ip6(words[0], words[1], prefix);
    }

    private boolean colonAt(int at, int to) {
        return at < to && text.charAt(at) == ':';
    }

    private static boolean isLetter(char c) {
        return MacroParser.isAlphanumeric(c) && !IpText.isDigit(c);
    }

    private static boolean isNameCharacter(char c) {
        return MacroParser.isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    }

    private void refuse(int at, String what) {
        errorAt = at;
        expected = what;
    }
}
