package tayori.dkim;

import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.InstantSource;
import java.util.List;
import tayori.dns.DomainName;
import tayori.message.MessageHead;

/// Signs messages. RFC 6376 §5, RFC 8463 §3.
///
/// Each key gives one signature; with an RSA and an Ed25519 key everybody finds one that they can verify. It never writes
/// rsa-sha1 or `l=`, and never signs with an RSA key below 1024 bits (RFC 8301 §3).
///
/// ```java
/// var body = new BodyHasher();
/// var signing = signer.begin(head, body);
/// body.update(chunk, 0, chunk.length);
/// List<HeaderField> onTop = signing.finish();
/// ```
///
/// Thread-safe.
public final class DkimSigner {
    /// Fewest bits of an RSA key that signs. RFC 8301 §3.2; it advises 2048.
    public static final int MIN_RSA_BITS = 1024;

    /// A key that signs.
    ///
    /// @param domain `d=`
    /// @param selector `s=`; the public half stands at `selector._domainkey.domain`
    public record Key(DomainName domain, DomainName selector, PrivateKey privateKey) {
        public Key {
            switch (privateKey) {
                case RSAPrivateKey rsa -> {
                    if (rsa.getModulus().bitLength() < MIN_RSA_BITS) {
                        throw new IllegalArgumentException(
                                "an RSA key below " + MIN_RSA_BITS + " bits (RFC 8301 §3.2)");
                    }
                }
                case EdECPrivateKey _ -> {}
                default -> throw new IllegalArgumentException("neither an RSA nor an Ed25519 key");
            }
        }

        /// @throws IllegalArgumentException for a bad name, and for a key that must not sign
        public Key(String domain, String selector, PrivateKey privateKey) {
            this(DomainName.of(domain), DomainName.of(selector), privateKey);
        }

        SignatureAlgorithm algorithm() {
            return privateKey instanceof RSAPrivateKey
                    ? SignatureAlgorithm.RSA_SHA256
                    : SignatureAlgorithm.ED25519_SHA256;
        }
    }

    private final List<Key> keys;
    private final SigningOptions options;
    private final InstantSource clock;
    private final SignatureCrypto crypto;

    public DkimSigner(List<Key> keys, SigningOptions options, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.options = options;
        this.clock = clock;
        this.crypto = SignatureCrypto.standard();
    }

    /// Begins to sign a message as it will be sent: all fields below the signatures stand, line ends are CRLF.
    ///
    /// @param body has not begun yet; whoever calls feeds it
    public DkimSigning begin(MessageHead head, BodyHasher body) {
        return new DkimSigning(head, body, keys, options, clock.instant(), crypto);
    }
}
