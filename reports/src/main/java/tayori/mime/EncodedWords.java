package tayori.mime;

import java.nio.charset.StandardCharsets;

/// Encoded words in the value of a header field (RFC 2047), for people: no decision of weight may rest on what they say.
public final class EncodedWords {
    /// Most of them that are decoded in one value; the rest stays as it is. A line of a header holds ten.
    static final int MAX_WORDS = 100;

    private EncodedWords() {}

    /// A value with its encoded words decoded; what is wrong in one is left as it stands. White space between two of them
    /// vanishes (§6.2).
    public static String decode(String value) {
        var out = new StringBuilder(value.length());
        int at = 0;
        boolean afterWord = false;
        for (int words = 0; words < MAX_WORDS; words++) {
            int begin = value.indexOf("=?", at);
            if (begin < 0) {
                break;
            }
            int charsetEnd = value.indexOf('?', begin + 2);
            int encodingEnd = charsetEnd < 0 ? -1 : value.indexOf('?', charsetEnd + 1);
            int end = encodingEnd < 0 ? -1 : value.indexOf("?=", encodingEnd + 1);
            String between = value.substring(at, begin);
            if (end < 0 || encodingEnd != charsetEnd + 2) {
                out.append(between).append("=?");
                at = begin + 2;
                afterWord = false;
                continue;
            }
            if (!afterWord || !between.isBlank()) {
                out.append(between);
            }
            out.append(
                    word(
                            value.substring(begin + 2, charsetEnd),
                            value.charAt(charsetEnd + 1),
                            value.substring(encodingEnd + 1, end)));
            at = end + 2;
            afterWord = true;
        }
        return out.append(value, at, value.length()).toString();
    }

    private static String word(String charset, char encoding, String text) {
        boolean q = encoding == 'q' || encoding == 'Q';
        byte[] octets = (q ? text.replace('_', ' ') : text).getBytes(StandardCharsets.ISO_8859_1);
        var how = q ? TransferEncoding.QUOTED_PRINTABLE : TransferEncoding.BASE64;
        // RFC 2231 §5 puts a language behind the charset.
        int star = charset.indexOf('*');
        return Texts.decoded(
                how.decode(octets, 0, octets.length),
                star < 0 ? charset : charset.substring(0, star));
    }
}
