package tayori.transfer;

import java.util.Set;
import tayori.dns.DomainName;

/// Which zones the holder of a key may take.
///
/// @param zones apexes
public record TransferRight(TsigKey key, Set<DomainName> zones) {
    public TransferRight {
        zones = Set.copyOf(zones);
    }
}
