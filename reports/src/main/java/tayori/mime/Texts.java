package tayori.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Octets to text, never failing.
final class Texts {
    private Texts() {}

    static String utf8OrLatin1(byte[] octets, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = octets[i] >= 0;
        }
        if (ascii) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            // Old mail in the national charset of its author: one char an octet keeps it apart from
            // other text.
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    /// The text of a part in a charset that its head names; a name nobody knows is read as UTF-8 or ISO 8859-1.
    static String decoded(byte[] octets, String charset) {
        if (isKnown(charset)) {
            return new String(octets, Charset.forName(charset));
        }
        return utf8OrLatin1(octets, 0, octets.length);
    }

    /// Charset.isSupported throws for a name of other signs than these, so they are looked at first.
    private static boolean isKnown(String charset) {
        if (charset.isEmpty() || !isLetterOrDigit(charset.charAt(0))) {
            return false;
        }
        for (int i = 0; i < charset.length(); i++) {
            char c = charset.charAt(i);
            if (!isLetterOrDigit(c) && "-+.:_".indexOf(c) < 0) {
                return false;
            }
        }
        boolean utf8OrLess =
                charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("us-ascii");
        return !utf8OrLess && Charset.isSupported(charset) && Charset.forName(charset).canEncode();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
