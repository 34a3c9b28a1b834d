package tayori.transfer;

import java.nio.charset.StandardCharsets;
import tayori.dns.DomainName;

/// Octets of DNS messages (RFC 1035 §4.1).
final class Wire {
    static final int HEADER = 12;

    static final int TYPE_A = 1;
    static final int TYPE_NS = 2;
    static final int TYPE_SOA = 6;
    static final int TYPE_TXT = 16;
    static final int TYPE_OPT = 41;
    static final int TYPE_TSIG = 250;
    static final int TYPE_IXFR = 251;
    static final int TYPE_AXFR = 252;
    static final int CLASS_IN = 1;
    static final int CLASS_ANY = 255;

    static final int NOERROR = 0;
    static final int FORMERR = 1;
    static final int SERVFAIL = 2;
    static final int REFUSED = 5;
    static final int NOTAUTH = 9;

    /// Largest message over TCP. Unit: octets. RFC 1035 §4.2.2.
    static final int MAX_MESSAGE = 65_535;

    private Wire() {}

    static int get16(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }

    static long get32(byte[] octets, int at) {
        return ((long) get16(octets, at) << 16) | get16(octets, at + 2);
    }

    static long get48(byte[] octets, int at) {
        return ((long) get16(octets, at) << 32) | get32(octets, at + 2);
    }

    static void put16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    static void put32(byte[] octets, int at, long value) {
        put16(octets, at, (int) (value >> 16));
        put16(octets, at + 2, (int) value);
    }

    static void put48(byte[] octets, int at, long value) {
        put16(octets, at, (int) (value >> 32));
        put32(octets, at + 2, value);
    }

    /// A name as it goes into a message, lower case, not compressed.
    static byte[] name(DomainName name) {
        String text = name.equals(DomainName.ROOT) ? "" : name.toString();
        var octets = new byte[text.isEmpty() ? 1 : text.length() + 2];
        putLabels(text, octets, 0);
        return octets;
    }

    /// Writes the labels of a name, without the octet that ends it.
    ///
    /// @param text not empty labels in ASCII with dots between; may be empty
    /// @return where the next octet goes
    static int putLabels(String text, byte[] octets, int at) {
        if (text.isEmpty()) {
            return at;
        }
        int length = at;
        int next = at + 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                octets[length] = (byte) (next - length - 1);
                length = next++;
            } else {
                octets[next++] = (byte) c;
            }
        }
        octets[length] = (byte) (next - length - 1);
        return next;
    }

    /// The name that begins at `at`, or null where there is none: cut off, too long, compressed without end, or with an octet
    /// that cannot stand in one of ours.
    static @org.jspecify.annotations.Nullable DomainName readName(
            byte[] octets, int length, int at) {
        var text = new byte[255];
        int filled = 0;
        int from = at;
        int before = at;
        while (true) {
            if (from >= length) {
                return null;
            }
            int label = octets[from] & 0xff;
            if (label == 0) {
                String name = new String(text, 0, filled, StandardCharsets.ISO_8859_1);
                return filled == 0 ? DomainName.ROOT : DomainName.parse(name).orElse(null);
            }
            if (label >= 0xc0) {
                if (from + 2 > length) {
                    return null;
                }
                int to = get16(octets, from) & 0x3fff;
                if (to >= before) { // only backwards, so it ends (RFC 1035 §4.1.4: "a prior
                    // occurrence")
                    return null;
                }
                before = to;
                from = to;
                continue;
            }
            if (label > 63 || from + 1 + label > length || filled + label + 1 > 254) {
                return null;
            }
            for (int i = from + 1; i <= from + label; i++) {
                if (octets[i] == '.') { // a dot inside a label would read as two labels
                    return null;
                }
            }
            if (filled > 0) {
                text[filled++] = '.';
            }
            System.arraycopy(octets, from + 1, text, filled, label);
            filled += label;
            from += label + 1;
        }
    }

    /// Where the octets of a name end, or -1 where they do not.
    static int skipName(byte[] octets, int length, int at) {
        int from = at;
        while (from < length) {
            int label = octets[from] & 0xff;
            if (label == 0) {
                return from + 1;
            }
            if (label >= 0xc0) {
                return from + 2 <= length ? from + 2 : -1;
            }
            if (label > 63) {
                return -1;
            }
            from += label + 1;
        }
        return -1;
    }
}
