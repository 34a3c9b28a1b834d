package tayori.dkim;

import java.util.Arrays;
import java.util.List;
import tayori.message.HeaderField;

/// The octets a signature over a header is made of: fields in canonical form, one after another. RFC 6376 §3.4.1, §3.4.2,
/// §3.7.
///
/// Add the fields of `h=` ([FieldSelection]), then the signature field itself ([#addOwn]), and hand [#octets] to
/// [SignatureCrypto].
public final class SignedInput {
    private final Canonicalization canonicalization;
    private byte[] octets = new byte[2048];
    private int length;

    public SignedInput(Canonicalization canonicalization) {
        this.canonicalization = canonicalization;
    }

    /// Adds fields in the order given, each with CRLF at its end.
    public SignedInput add(List<HeaderField> fields) {
        for (var field : fields) {
            add(field);
        }
        return this;
    }

    /// Adds a field with CRLF at its end.
    public SignedInput add(HeaderField field) {
        append(field.raw(), field.colon());
        append((byte) '\r');
        append((byte) '\n');
        return this;
    }

    /// Adds the field that carries the signature: the value of its `b=` taken as empty, no CRLF at its end. RFC 6376
    /// §3.7.
    ///
    /// @param tags the tag list read from this field's value
    public SignedInput addOwn(HeaderField field, TagList tags) {
        byte[] raw = field.raw();
        int from = tags.start("b");
        if (from < 0) {
            append(raw, field.colon());
            return this;
        }
        int value = field.colon() + 1;
        int cutFrom = value + from;
        int cutTo = value + tags.end("b");
        var emptied = new byte[raw.length - (cutTo - cutFrom)];
        System.arraycopy(raw, 0, emptied, 0, cutFrom);
        System.arraycopy(raw, cutTo, emptied, cutFrom, raw.length - cutTo);
        append(emptied, field.colon());
        return this;
    }

    /// What was added so far.
    public byte[] octets() {
        return Arrays.copyOf(octets, length);
    }

    private void append(byte[] raw, int colon) {
        ensure(raw.length + 2);
        if (canonicalization == Canonicalization.SIMPLE) {
            System.arraycopy(raw, 0, octets, length, raw.length);
            length += raw.length;
            return;
        }
        appendName(raw, colon);
        appendRelaxedValue(raw, colon + 1);
    }

    private void appendName(byte[] raw, int colon) {
        int end = colon;
        while (end > 0 && isBlank(raw[end - 1])) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            byte octet = raw[i];
            octets[length++] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
        }
        octets[length++] = ':';
    }

    /// Folds go, runs of blanks become one space, blanks at both ends go. RFC 6376 §3.4.2.
    private void appendRelaxedValue(byte[] raw, int from) {
        byte[] to = octets;
        int at = length;
        int start = at;
        boolean blank = false;
        for (int i = from; i < raw.length; i++) {
            byte octet = raw[i];
            if (octet > ' ' || octet < 0) {
                if (blank) {
                    blank = false;
                    if (at > start) {
                        to[at++] = ' ';
                    }
                }
                to[at++] = octet;
            } else if (isBlank(octet)) {
                blank = true;
            } else if (octet == '\r' && i + 1 < raw.length && raw[i + 1] == '\n') {
                i++;
            } else {
                if (blank && at > start) {
                    to[at++] = ' ';
                }
                blank = false;
                to[at++] = octet;
            }
        }
        length = at;
    }

    private void append(byte octet) {
        ensure(1);
        octets[length++] = octet;
    }

    private void ensure(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
