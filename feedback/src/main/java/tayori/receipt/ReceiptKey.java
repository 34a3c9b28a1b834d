package tayori.receipt;

import java.util.Arrays;
import java.util.Base64;

/// A secret that the receivers and the feedback hub of one provider share, and nobody else.
public final class ReceiptKey {
    /// Shortest secret accepted: as long as the output of HMAC-SHA256 (RFC 2104 §3). Unit: octets.
    public static final int MIN_SECRET = 32;

    /// Longest name. Unit: characters.
    public static final int MAX_NAME = 32;

    private final String name;
    private final byte[] secret;

    private ReceiptKey(String name, byte[] secret) {
        this.name = name;
        this.secret = secret;
    }

    /// @param name tells keys apart while they are changed; it stands in every receipt
    /// @throws IllegalArgumentException for a name that is not made of 1 to 32 letters, digits and hyphens, or a secret
    ///     that is too short; the message never holds the secret
    public static ReceiptKey of(String name, byte[] secret) {
        boolean named =
                !name.isEmpty()
                        && name.length() <= MAX_NAME
                        && name.chars().allMatch(ReceiptKey::isNameCharacter);
        if (!named) {
            throw new IllegalArgumentException(
                    "the name of a receipt key has 1 to 32 letters, digits and hyphens");
        }
        if (secret.length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "receipt key "
                            + name
                            + " has "
                            + secret.length
                            + " octets; at least 32 are needed");
        }
        return new ReceiptKey(name, secret.clone());
    }

    /// The same with the secret in base64, as files have it.
    public static ReceiptKey ofBase64(String name, String secret) {
        byte[] octets;
        try {
            octets = Base64.getMimeDecoder().decode(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("receipt key " + name + " is not base64", e);
        }
        var key = of(name, octets);
        Arrays.fill(octets, (byte) 0);
        return key;
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-';
    }

    String name() {
        return name;
    }

    byte[] secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "receipt key " + name;
    }
}
