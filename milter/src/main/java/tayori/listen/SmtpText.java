package tayori.listen;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A text as an MTA hands it over from SMTP: ASCII or, with SMTPUTF8 (RFC 6531), UTF-8. Octets that are neither are read
/// as ISO 8859-1, so that nothing is lost and nothing throws.
public final class SmtpText {
    private SmtpText() {}

    public static String of(byte[] buffer, int from, int to) {
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
