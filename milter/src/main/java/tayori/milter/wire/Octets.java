package tayori.milter.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Numbers and texts between octets and Java.
public final class Octets {

    private Octets() {}

    /// Four octets, big endian.
    public static int int32(byte[] buffer, int offset) {
        return (buffer[offset] & 0xff) << 24
                | (buffer[offset + 1] & 0xff) << 16
                | (buffer[offset + 2] & 0xff) << 8
                | (buffer[offset + 3] & 0xff);
    }

    /// Position of the next octet 0 before `to`, or `to`.
    public static int endOfText(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && buffer[at] != 0) {
            at++;
        }
        return at;
    }

    /// A text as SMTP carries it: ASCII or, with SMTPUTF8 (RFC 6531), UTF-8. Octets that are neither are read as ISO 8859-1, so
    /// that nothing is lost and nothing throws.
    public static String text(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] < 0) {
                return utf8OrLatin1(buffer, from, to);
            }
        }
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String utf8OrLatin1(byte[] buffer, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, to - from))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
