package tayori.config;

import tayori.dns.DomainName;

/// A forwarder that is believed: known by the domain it authenticates with, or by where it stands.
public sealed interface TrustedSource {
    /// Any host that authenticates with this domain or one below it.
    record Domain(DomainName name) implements TrustedSource {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// Any host in this block.
    record Network(IpPrefix prefix) implements TrustedSource {
        @Override
        public String toString() {
            return prefix.toString();
        }
    }
}
