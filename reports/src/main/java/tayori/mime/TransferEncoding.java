package tayori.mime;

import java.util.Arrays;
import java.util.Locale;

/// How content is written down (RFC 2045 §6).
enum TransferEncoding {
    /// 7bit, 8bit, binary, and what nobody knows.
    NONE,
    BASE64,
    QUOTED_PRINTABLE;

    static TransferEncoding of(FieldBlock head) {
        int field = head.indexOf("Content-Transfer-Encoding");
        if (field < 0) {
            return NONE;
        }
        return switch (head.value(field).toLowerCase(Locale.ROOT)) {
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            default -> NONE;
        };
    }

    byte[] decode(byte[] octets, int from, int to) {
        return switch (this) {
            case NONE -> Arrays.copyOfRange(octets, from, to);
            case BASE64 -> base64(octets, from, to);
            case QUOTED_PRINTABLE -> quotedPrintable(octets, from, to);
        };
    }

    /// §6.8: signs outside the alphabet are passed over; `=` ends it.
    private static byte[] base64(byte[] octets, int from, int to) {
        var out = new byte[(to - from) / 4 * 3 + 3];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int i = from; i < to && octets[i] != '='; i++) {
            int value = sextet(octets[i]);
            if (value < 0) {
                continue;
            }
            held = held << 6 | value;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[length++] = (byte) (held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static int sextet(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    /// §6.7: an `=` that begins no escape stands for itself.
    private static byte[] quotedPrintable(byte[] octets, int from, int to) {
        var out = new byte[to - from];
        int length = 0;
        int i = from;
        while (i < to) {
            byte c = octets[i];
            if (c != '=') {
                out[length++] = c;
                i++;
                continue;
            }
            int afterBreak = afterSoftBreak(octets, i + 1, to);
            if (afterBreak > 0) {
                i = afterBreak;
            } else if (i + 2 < to && hex(octets[i + 1]) >= 0 && hex(octets[i + 2]) >= 0) {
                out[length++] = (byte) (hex(octets[i + 1]) << 4 | hex(octets[i + 2]));
                i += 3;
            } else {
                out[length++] = c;
                i++;
            }
        }
        return Arrays.copyOf(out, length);
    }

    /// Where the text goes on after a soft line break, 0 where there is none. White space that a relay added before the
    /// line end is passed over.
    private static int afterSoftBreak(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && (octets[i] == ' ' || octets[i] == '\t' || octets[i] == '\r')) {
            i++;
        }
        if (i == to) {
            return to;
        }
        return octets[i] == '\n' ? i + 1 : 0;
    }

    private static int hex(byte c) {
        return Character.digit(c, 16);
    }
}
