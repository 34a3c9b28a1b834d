package tayori.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One header field, octet by octet as it was received.
///
/// Folds are CRLF, whatever the MTA handed over; the CRLF that ends the field is not part of it.
public final class HeaderField {
    private final byte[] raw;
    private final int colon;
    private final String key;

    private HeaderField(byte[] raw, int colon) {
        this.raw = raw;
        this.colon = colon;
        int end = colon;
        while (end > 0 && (raw[end - 1] == ' ' || raw[end - 1] == '\t')) {
            end--;
        }
        this.key = new String(raw, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /// A field from its octets: `Name: value`, folded or not, without the CRLF at its end.
    ///
    /// @throws IllegalArgumentException if there is no colon
    public static HeaderField ofRaw(byte[] raw) {
        byte[] crlf = withCrlfFolds(raw);
        for (int i = 0; i < crlf.length; i++) {
            if (crlf[i] == ':') {
                return new HeaderField(crlf, i);
            }
        }
        throw new IllegalArgumentException("a header field without a colon");
    }

    /// A field as the milter protocol hands it over: name and value apart, folds as LF.
    ///
    /// @param value all that follows the colon, leading space included
    public static HeaderField of(byte[] name, byte[] value) {
        var raw = new byte[name.length + 1 + value.length];
        System.arraycopy(name, 0, raw, 0, name.length);
        raw[name.length] = ':';
        System.arraycopy(value, 0, raw, name.length + 1, value.length);
        return new HeaderField(withCrlfFolds(raw), name.length);
    }

    /// A field that we write ourselves: `name: value`.
    public static HeaderField of(String name, String value) {
        return of(
                name.getBytes(StandardCharsets.US_ASCII),
                (" " + value).getBytes(StandardCharsets.UTF_8));
    }

    /// The name in lower case, as fields are compared (RFC 5322 §1.2.2), without white space before the colon.
    public String key() {
        return key;
    }

    /// The name as written.
    public String name() {
        return new String(raw, 0, key.length(), StandardCharsets.ISO_8859_1);
    }

    /// All that follows the colon, folds and leading space included, as UTF-8 (RFC 6532); octets that are not UTF-8
    /// become U+FFFD, so use [#raw] where they count.
    public String value() {
        return new String(raw, colon + 1, raw.length - colon - 1, StandardCharsets.UTF_8);
    }

    /// The value with folds undone (RFC 5322 §2.2.3) and without white space at either end.
    public String unfolded() {
        String value = value();
        return (value.indexOf('\r') < 0 ? value : value.replace("\r\n", "")).strip();
    }

    /// The octets; not a copy, for the hashes' sake. Never write into it.
    public byte[] raw() {
        return raw;
    }

    /// Where the colon stands in [#raw].
    public int colon() {
        return colon;
    }

    @Override
    public String toString() {
        return new String(raw, StandardCharsets.UTF_8);
    }

    private static byte[] withCrlfFolds(byte[] text) {
        int bare = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
                bare++;
            }
        }
        if (bare == 0) {
            return text;
        }
        var crlf = new byte[text.length + bare];
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
                crlf[at++] = '\r';
            }
            crlf[at++] = text[i];
        }
        return crlf;
    }
}
