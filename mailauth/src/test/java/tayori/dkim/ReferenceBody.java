package tayori.dkim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The two body canonicalisations written down as RFC 6376 §3.4.3 and §3.4.4 word them, with no thought of speed.
final class ReferenceBody {
    private ReferenceBody() {}

    static byte[] canonical(byte[] body, Canonicalization canonicalization) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        text = text.replace("\r\n", "\n").replace("\n", "\r\n");
        if (canonicalization == Canonicalization.RELAXED) {
            text = relaxed(text);
        }
        while (text.endsWith("\r\n")) {
            text = text.substring(0, text.length() - 2);
        }
        boolean emptyRelaxed = text.isEmpty() && canonicalization == Canonicalization.RELAXED;
        return (emptyRelaxed ? "" : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String relaxed(String text) {
        var result = new StringBuilder();
        String[] lines = text.split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            result.append(i == 0 ? "" : "\r\n")
                    .append(lines[i].replaceAll("[ \t]+", " ").replaceAll(" \\z", ""));
        }
        return result.toString();
    }

    static byte[] hash(
            byte[] body, Canonicalization canonicalization, HashAlgorithm algorithm, long limit) {
        byte[] canonical = canonical(body, canonicalization);
        MessageDigest digest = algorithm.digest();
        digest.update(canonical, 0, (int) Math.min(limit, canonical.length));
        return digest.digest();
    }
}
