package tayori.dns;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A domain name as it is asked for in the DNS: lower case, without the trailing dot, within the lengths of RFC 1035
/// §2.3.4 (63 octets a label, 253 in all).
///
/// Any ASCII octet but the dot may stand in a label, because SPF macros (RFC 7208 §7) make names such as
/// `user name._spf.example.com`. U-labels are not domain names here: [ALabels] turns them into A-labels first.
public final class DomainName implements Comparable<DomainName> {
    /// The root: no labels. Stands for the exchange of a null MX (RFC 7505).
    public static final DomainName ROOT = new DomainName("");

    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private final String name;

    private DomainName(String name) {
        this.name = name;
    }

    /// Reads a name; one trailing dot is allowed and dropped.
    ///
    /// @return nothing for an empty name or label, an octet outside ASCII, or more than the lengths allow
    public static Optional<DomainName> parse(String text) {
        int end = text.endsWith(".") ? text.length() - 1 : text.length();
        if (end <= 0 || end > MAX_NAME) {
            return Optional.empty();
        }
        boolean lower = true;
        int label = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return Optional.empty();
                }
                label = 0;
            } else if (c > 0x7f || ++label > MAX_LABEL) {
                return Optional.empty();
            } else if (c >= 'A' && c <= 'Z') {
                lower = false;
            }
        }
        if (label == 0) {
            return Optional.empty();
        }
        String name = end == text.length() ? text : text.substring(0, end);
        return Optional.of(new DomainName(lower ? name : name.toLowerCase(Locale.ROOT)));
    }

    /// A name that the program itself knows to be good.
    ///
    /// @throws IllegalArgumentException where [#parse] finds nothing
    public static DomainName of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a domain name: " + text));
    }

    /// The labels, leftmost first; none for the root.
    public List<String> labels() {
        return name.isEmpty() ? List.of() : Arrays.asList(name.split("\\.", -1));
    }

    public int labelCount() {
        if (name.isEmpty()) {
            return 0;
        }
        int count = 1;
        for (int i = name.indexOf('.'); i >= 0; i = name.indexOf('.', i + 1)) {
            count++;
        }
        return count;
    }

    /// The name without its leftmost label; nothing for a top-level domain and the root.
    public Optional<DomainName> parent() {
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new DomainName(name.substring(dot + 1)));
    }

    /// The name made of the `count` rightmost labels.
    ///
    /// @throws IllegalArgumentException if there are not that many, or `count` is less than one
    public DomainName suffix(int count) {
        int from = name.length();
        for (int i = 0; i < count; i++) {
            from = from <= 0 ? -1 : name.lastIndexOf('.', from - 1);
            if (from < 0 && i < count - 1) {
                throw new IllegalArgumentException(name + " has fewer than " + count + " labels");
            }
        }
        if (count < 1 || name.isEmpty()) {
            throw new IllegalArgumentException("no suffix of " + count + " labels");
        }
        return new DomainName(name.substring(from + 1));
    }

    /// `prefix.this`, where that is a name at all.
    public Optional<DomainName> below(String prefix) {
        return name.isEmpty() ? parse(prefix) : parse(prefix + "." + name);
    }

    /// Whether this is `ancestor` or below it.
    public boolean isWithin(DomainName ancestor) {
        String suffix = ancestor.name;
        return suffix.isEmpty()
                || name.equals(suffix)
                || (name.length() > suffix.length()
                        && name.endsWith(suffix)
                        && name.charAt(name.length() - suffix.length() - 1) == '.');
    }

    @Override
    public int compareTo(DomainName other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainName that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /// The name in lower case without trailing dot; `.` for the root.
    @Override
    public String toString() {
        return name.isEmpty() ? "." : name;
    }
}
