package tayori.dkim;

import java.time.InstantSource;
import tayori.dns.Dns;
import tayori.message.MessageHead;

/// Verifies the DKIM signatures of messages. RFC 6376 §6.
///
/// ```java
/// var body = new BodyHasher();
/// var verification = verifier.begin(head, body);  // key look-ups are under way
/// body.update(chunk, 0, chunk.length);            // as often as chunks come
/// List<DkimResult> results = verification.finish();
/// ```
///
/// Thread-safe, and meant to be kept: it remembers keys it has read.
public final class DkimVerifier {
    private final Dns dns;
    private final InstantSource clock;
    private final DkimOptions options;
    private final KeyRecords keys;

    public DkimVerifier(Dns dns, InstantSource clock, DkimOptions options) {
        this(dns, clock, options, new KeyRecords(SignatureCrypto.standard()));
    }

    /// @param keys the memory of keys, where it is shared with others
    public DkimVerifier(Dns dns, InstantSource clock, DkimOptions options, KeyRecords keys) {
        this.dns = dns;
        this.clock = clock;
        this.options = options;
        this.keys = keys;
    }

    /// Reads the signatures of a message, asks `body` for the hashes they need and starts all key look-ups at once.
    ///
    /// @param body has not begun yet; whoever calls feeds it
    public DkimVerification begin(MessageHead head, BodyHasher body) {
        return begin(head, body, dns);
    }

    /// The same with the door to the DNS of this one message, such as one that counts its look-ups.
    public DkimVerification begin(MessageHead head, BodyHasher body, Dns dnsOfMessage) {
        return new DkimVerification(head, body, dnsOfMessage, clock.instant(), options, keys);
    }
}
