package tayori.dmarc;

import java.util.List;
import tayori.dns.Dns;
import tayori.dns.DomainName;

/// What the DNS says about an author domain: made early, while the mail still comes in, and handed to the evaluation.
/// Immutable.
public final class PolicyDiscovery {
    /// What came of it.
    public sealed interface Finding {
        /// There is a policy.
        record Published(AppliedPolicy applied) implements Finding {}

        /// There is none that could be applied (RFC 9989 §4.10.1).
        record NoPolicy(String reason) implements Finding {}

        /// The record that counts is broken as a whole.
        record Broken(String reason) implements Finding {}

        /// The DNS failed.
        record Trouble(String reason) implements Finding {}
    }

    private final DomainName author;
    private final Finding finding;
    private final Lookups lookups;

    PolicyDiscovery(DomainName author, Finding finding, Lookups lookups) {
        this.author = author;
        this.finding = finding;
        this.lookups = lookups;
    }

    public DomainName author() {
        return author;
    }

    public Finding finding() {
        return finding;
    }

    /// What the DNS was asked so far, in order.
    public List<DnsQuestion> questions() {
        return lookups.questions();
    }

    /// A copy to go on with, asking this `Dns`.
    Lookups lookups(Dns dns) {
        return new Lookups(lookups, dns);
    }
}
