package tayori.arc;

import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import tayori.dkim.BodyHasher;
import tayori.dkim.SignatureAlgorithm;
import tayori.dkim.SignatureCrypto;
import tayori.dns.DomainName;
import tayori.message.MessageHead;

/// Adds our own set to the chain of messages (RFC 8617 §5.1).
///
/// ```java
/// var sealing = sealer.begin(head, body);          // before the body comes
/// body.update(chunk, 0, chunk.length);
/// ArcSeal seal = sealing.finish(results, arcResult.status());
/// ```
///
/// Both canonicalisations are relaxed, as hosts further on will touch white space. Thread-safe.
public final class ArcSealer {
    /// What is signed unless told otherwise: the fields RFC 6376 §5.4.1 recommends and the DKIM signatures that are
    /// there (RFC 8617 §4.1.2). Trace fields and Authentication-Results are not: hosts further on may remove them.
    public static final List<String> DEFAULT_HEADERS =
            List.of(
                    "from",
                    "to",
                    "cc",
                    "subject",
                    "date",
                    "message-id",
                    "reply-to",
                    "sender",
                    "in-reply-to",
                    "references",
                    "mime-version",
                    "content-type",
                    "content-transfer-encoding",
                    "resent-date",
                    "resent-from",
                    "resent-to",
                    "resent-cc",
                    "list-id",
                    "list-help",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "list-subscribe",
                    "list-post",
                    "list-owner",
                    "list-archive",
                    "dkim-signature");

    /// Most bits of an RSA key to seal with; verifiers need not know longer ones (RFC 8301 §3.2).
    static final int MAX_RSA_BITS = 4096;

    private final DomainName domain;
    private final DomainName selector;
    private final PrivateKey key;
    private final SignatureAlgorithm algorithm;
    private final List<String> headers;
    private final InstantSource clock;
    private final SignatureCrypto crypto;

    /// @param domain the `d=`
    /// @param selector the `s=`
    /// @param key RSA or Ed25519. RFC 8617 §4.1 knows only rsa-sha256 for certain; verifiers without RFC 8463 fail the
    ///     chain of an Ed25519 sealer
    /// @param headers names of the fields to sign; each is signed as often as it stands in the message
    /// @throws IllegalArgumentException for another kind of key or one too long, or where seals were to be signed (RFC 8617 §4.1.2)
    public ArcSealer(
            DomainName domain,
            DomainName selector,
            PrivateKey key,
            List<String> headers,
            InstantSource clock) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.algorithm =
                switch (key) {
                    case RSAPrivateKey _ -> SignatureAlgorithm.RSA_SHA256;
                    case EdECPrivateKey _ -> SignatureAlgorithm.ED25519_SHA256;
                    default ->
                            throw new IllegalArgumentException(
                                    "no signatures with " + key.getAlgorithm());
                };
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() > MAX_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key of more than " + MAX_RSA_BITS + " bits");
        }
        this.headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (this.headers.contains("arc-seal") || domain.below(selector + "._domainkey").isEmpty()) {
            throw new IllegalArgumentException("cannot seal with these headers or this selector");
        }
        this.clock = clock;
        this.crypto = SignatureCrypto.standard();
    }

    /// Reads the chain that is there and asks `body` for the hash.
    ///
    /// @param head as it will leave us, our own set aside
    /// @param body has not begun yet; whoever calls feeds it
    public ArcSealing begin(MessageHead head, BodyHasher body) {
        return new ArcSealing(this, head, body);
    }

    DomainName domain() {
        return domain;
    }

    DomainName selector() {
        return selector;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    List<String> headers() {
        return headers;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    byte[] sign(byte[] input) {
        return crypto.sign(algorithm, key, input);
    }
}
