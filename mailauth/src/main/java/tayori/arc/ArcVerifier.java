package tayori.arc;

import java.time.InstantSource;
import tayori.dkim.BodyHasher;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dns.Dns;
import tayori.message.MessageHead;

/// Verifies the Authenticated Received Chain of messages (RFC 8617 §5.2).
///
/// ```java
/// var body = new BodyHasher();
/// var verification = verifier.begin(head, body);  // key look-ups are under way
/// body.update(chunk, 0, chunk.length);            // as often as chunks come
/// ArcResult result = verification.finish();
/// ```
///
/// Thread-safe, and meant to be kept: it remembers keys it has read.
public final class ArcVerifier {
    private final Dns dns;
    private final InstantSource clock;
    private final ArcOptions options;
    private final KeyRecords keys;

    public ArcVerifier(Dns dns, InstantSource clock, ArcOptions options) {
        this(dns, clock, options, new KeyRecords(SignatureCrypto.standard()));
    }

    /// @param keys the memory of keys, where it is shared with the DKIM verifier
    public ArcVerifier(Dns dns, InstantSource clock, ArcOptions options, KeyRecords keys) {
        this.dns = dns;
        this.clock = clock;
        this.options = options;
        this.keys = keys;
    }

    /// Reads the chain of a message, asks `body` for the hashes it needs and starts all key look-ups at once. A chain
    /// that is broken on its face asks nothing.
    ///
    /// @param body has not begun yet; whoever calls feeds it
    public ArcVerification begin(MessageHead head, BodyHasher body) {
        return begin(head, body, dns);
    }

    /// The same with the door to the DNS of this one message, such as one that counts its look-ups.
    public ArcVerification begin(MessageHead head, BodyHasher body, Dns dnsOfMessage) {
        return new ArcVerification(
                head, body, dnsOfMessage, clock.instant(), options, keys, ArcChain.read(head));
    }
}
