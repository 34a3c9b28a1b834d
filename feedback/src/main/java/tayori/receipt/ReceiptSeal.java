package tayori.receipt;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The arithmetic of receipts: what is keyed, and over what.
final class ReceiptSeal {
    /// Kept of a hash: 96 bits, which nobody guesses online, in 16 characters. RFC 2104 §5 asks for 80 and half at least;
    /// half of SHA-256 would be 128 and four recipients to a line fewer.
    static final int OCTETS = 12;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private ReceiptSeal() {}

    /// Keyed hash of a text for one purpose, so that what was made for one can never stand for another.
    static String keyed(ReceiptKey key, String purpose, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return shortened(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// Which mail it is: what its author wrote into Message-ID, From and Date, white space aside, as that is all that
    /// survives when a reader hands a mail on.
    static String message(MessageHead head) {
        var text = new StringBuilder(200);
        for (var name : new String[] {"Message-ID", "From", "Date"}) {
            head.first(name)
                    .map(HeaderField::unfolded)
                    .ifPresent(value -> {
                        for (int i = 0; i < value.length(); i++) {
                            if (value.charAt(i) > ' ') {
                                text.append(value.charAt(i));
                            }
                        }
                    });
            text.append('\n');
        }
        try {
            return shortened(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// One reader, however the address is written.
    static String reader(String address, String delimiter) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        String bare =
                lower.startsWith("<") && lower.endsWith(">")
                        ? lower.substring(1, lower.length() - 1)
                        : lower;
        int at = bare.lastIndexOf('@');
        int detail = delimiter.isEmpty() ? -1 : bare.indexOf(delimiter);
        return detail > 0 && detail < at ? bare.substring(0, detail) + bare.substring(at) : bare;
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.ISO_8859_1),
                other.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String shortened(byte[] octets) {
        return ENCODER.encodeToString(Arrays.copyOf(octets, OCTETS));
    }
}
