package tayori.dkim;

import java.security.PublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/// A public key from the DNS, ready to verify with.
public sealed interface VerificationKey {
    /// The `k=` it was published under.
    String type();

    /// Its size. Unit: bits.
    int bits();

    /// RSA, PKCS#1 v1.5. RFC 6376 §3.3.
    record Rsa(PublicKey key, int bits) implements VerificationKey {
        @Override
        public String type() {
            return "rsa";
        }
    }

    /// Ed25519 (pure, over a SHA-256 hash). RFC 8463 §3.
    final class Ed25519 implements VerificationKey {
        private final PublicPoint point;

        Ed25519(PublicPoint point) {
            this.point = point;
        }

        PublicPoint point() {
            return point;
        }

        @Override
        public String type() {
            return "ed25519";
        }

        @Override
        public int bits() {
            return 256;
        }
    }
}
