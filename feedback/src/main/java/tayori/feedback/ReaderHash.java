package tayori.feedback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns readers into numbers that nobody without the key can turn back, nor compare with another provider's.
public final class ReaderHash {
    /// Shortest key accepted. Unit: octets.
    public static final int MIN_SECRET = 32;

    private final SecretKeySpec key;

    /// @throws IllegalArgumentException for a short key; the message does not hold it
    public ReaderHash(byte[] secret) {
        if (secret.length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "the key for readers has " + secret.length + " octets; at least 32 are needed");
        }
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /// @param address the one that the reader signs in with
    long of(String address) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] hash =
                    mac.doFinal(
                            address.strip()
                                    .toLowerCase(Locale.ROOT)
                                    .getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
