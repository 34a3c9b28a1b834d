package tayori.receiver;

import java.util.List;
import java.util.Optional;
import tayori.authentication.Authentication;
import tayori.dns.DomainName;
import tayori.iprev.IprevResult;

/// Forwarders whose mail is not judged by DMARC, because they forward what their users asked them to.
///
/// @param networks by address of the client
/// @param hosts by host name: the name itself and all below it, and only where the name is proven by iprev
public record Forwarders(List<Network> networks, List<DomainName> hosts) {
    public static final Forwarders NONE = new Forwarders(List.of(), List.of());

    public Forwarders {
        networks = List.copyOf(networks);
        hosts = List.copyOf(hosts);
    }

    /// Which of them handed a mail over, in words.
    Optional<String> match(Authentication mail) {
        for (var network : networks) {
            if (network.contains(mail.client())) {
                return Optional.of(network.toString());
            }
        }
        if (mail.iprev().orElse(null) instanceof IprevResult.Pass(var hostName)) {
            for (var host : hosts) {
                if (hostName.isWithin(host)) {
                    return Optional.of(hostName.toString());
                }
            }
        }
        return Optional.empty();
    }
}
