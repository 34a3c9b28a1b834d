package tayori.dns;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Internationalised names: U-labels to the A-labels the DNS knows, and back for people (IDNA 2008: RFC 5890 to RFC 5895).
///
/// The JDK's own class follows the older IDNA 2003, which turns `straße` into `strasse` — somebody else's domain.
public final class ALabels {
    /// Longest text read as a name; no name of 253 octets comes from a longer one. Unit: chars.
    static final int MAX_CHARS = 1_024;

    private static final String ACE = "xn--";

    private ALabels() {}

    /// Turns a name that may hold U-labels into the name the DNS is asked for.
    ///
    /// What people write is mapped as RFC 5895 §2 says: lower case, full-width forms to ordinary ones, NFC, ideographic
    /// full stops to dots. A label of ASCII stays as it is, under the rules of [DomainName] alone (`_dmarc`); whether an
    /// `xn--` label was made by the rules is not asked (RFC 5891 §5.3: MAY).
    ///
    /// @return nothing where a label cannot be a U-label (symbols, spaces, controls, unassigned code points, mixed
    ///     directions) or the name is no [DomainName]
    public static Optional<DomainName> toDomainName(String text) {
        if (isAscii(text)) {
            return DomainName.parse(text);
        }
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        var name = new StringBuilder();
        for (String label : labels(mapped(text))) {
            if (!name.isEmpty()) {
                name.append('.');
            }
            if (isAscii(label)) {
                name.append(label); // an empty one in the middle or at the front is refused below
                if (label.isEmpty() && name.isEmpty()) {
                    return Optional.empty();
                }
            } else {
                var encoded =
                        ULabel.isValid(label) ? Punycode.encode(label) : Optional.<String>empty();
                if (encoded.isEmpty()) {
                    return Optional.empty();
                }
                name.append(ACE).append(encoded.get());
            }
        }
        return DomainName.parse(name.toString());
    }

    /// The name as people write it. An A-label that does not come from a valid U-label stays as it is, so that what is
    /// shown always leads back to the same name.
    public static String toUnicode(DomainName name) {
        String text = name.toString();
        if (!text.contains(ACE)) {
            return text;
        }
        var labels = new ArrayList<String>();
        for (String label : name.labels()) {
            labels.add(uLabel(label));
        }
        return String.join(".", labels);
    }

    private static String uLabel(String label) {
        if (!label.startsWith(ACE)) {
            return label;
        }
        return Punycode.decode(label.substring(ACE.length()))
                .filter(decoded -> !isAscii(decoded))
                .filter(decoded -> mapped(decoded).equals(decoded) && ULabel.isValid(decoded))
                .filter(decoded -> Punycode.encode(decoded).equals(Optional.of(label.substring(4))))
                .orElse(label);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /// RFC 5895 §2, its four steps.
    private static String mapped(String text) {
        var mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case 0x3002, 0xff0e, 0xff61 ->
                        mapped.append('.'); // ideographic, full-width, half-width full stop
                case 0x0130 ->
                        mapped.append("i\u0307"); // the only capital that becomes two code points
                default -> {
                    if (c >= 0xff00 && c <= 0xffef) { // full-width and half-width forms
                        mapped.append(
                                Normalizer.normalize(Character.toString(c), Form.NFKC)
                                        .toLowerCase(java.util.Locale.ROOT));
                    } else {
                        mapped.appendCodePoint(Character.toLowerCase(c));
                    }
                }
            }
        }
        return Normalizer.normalize(mapped, Form.NFC);
    }

    private static List<String> labels(String text) {
        var labels = new ArrayList<String>();
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            labels.add(text.substring(from, dot));
            from = dot + 1;
        }
        labels.add(text.substring(from));
        return labels;
    }
}
