package tayori.config;

import tayori.dns.DomainName;
import tayori.receiver.Network;

/// A forwarder that is believed: known by its host name, or by where it stands.
public sealed interface TrustedSource {
    /// Any host whose name is this one or below it, proven by reverse DNS.
    record Domain(DomainName name) implements TrustedSource {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// Any host in this block.
    record Block(Network network) implements TrustedSource {
        @Override
        public String toString() {
            return network.toString();
        }
    }
}
