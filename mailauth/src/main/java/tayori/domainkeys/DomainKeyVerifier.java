package tayori.domainkeys;

import tayori.dkim.BodyHasher;
import tayori.dkim.KeyRecords;
import tayori.dns.Dns;
import tayori.message.MessageHead;

/// Verifies DomainKeys signatures. RFC 4870 §3.7. Thread-safe.
///
/// ```java
/// var verification = verifier.begin(head, body);
/// body.update(chunk, 0, chunk.length);
/// List<DomainKeyResult> results = verification.finish();  // for show only
/// ```
public final class DomainKeyVerifier {
    private final Dns dns;
    private final KeyRecords keys;

    /// @param keys the memory of keys, best shared with the DKIM verifier
    public DomainKeyVerifier(Dns dns, KeyRecords keys) {
        this.dns = dns;
        this.keys = keys;
    }

    /// The same verifier with another door to the DNS, such as one that counts the questions of one message.
    public DomainKeyVerifier asking(Dns other) {
        return new DomainKeyVerifier(other, keys);
    }

    /// Reads the signatures of a message, starts to read the body along and starts all key look-ups.
    ///
    /// @param body has not begun yet; whoever calls feeds it
    public DomainKeyVerification begin(MessageHead head, BodyHasher body) {
        return new DomainKeyVerification(head, body, dns, keys);
    }
}
