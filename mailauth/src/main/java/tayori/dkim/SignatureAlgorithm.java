package tayori.dkim;

import java.util.Locale;
import java.util.Optional;

/// How a signature is made: the `a=` tag. RFC 6376 §3.3, RFC 8301 §3, RFC 8463 §3.
public enum SignatureAlgorithm {
    RSA_SHA256("rsa-sha256", "rsa", HashAlgorithm.SHA256),
    ED25519_SHA256("ed25519-sha256", "ed25519", HashAlgorithm.SHA256),
    /// Historic: never written, and verified only where old mail is looked at (RFC 8301 §3.1).
    RSA_SHA1("rsa-sha1", "rsa", HashAlgorithm.SHA1);

    private final String tag;
    private final String keyType;
    private final HashAlgorithm hash;

    SignatureAlgorithm(String tag, String keyType, HashAlgorithm hash) {
        this.tag = tag;
        this.keyType = keyType;
        this.hash = hash;
    }

    /// Reads an `a=` value; case does not count, as in every other verifier we know (RFC 6376 §3.5 writes it lower case).
    public static Optional<SignatureAlgorithm> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (var algorithm : values()) {
            if (algorithm.tag.equals(lower)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The value of `a=`.
    public String tag() {
        return tag;
    }

    /// The `k=` a key record must have.
    public String keyType() {
        return keyType;
    }

    public HashAlgorithm hash() {
        return hash;
    }
}
