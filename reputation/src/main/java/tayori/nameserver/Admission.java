package tayori.nameserver;

import java.util.List;
import java.util.Optional;
import tayori.access.AccessKeys;
import tayori.access.RateLimitOptions;
import tayori.transfer.TransferService;

/// Who may ask, how much, and who may take whole zones.
///
/// @param keys made for [Zones#keyedZones()], in that order
/// @param limit on answers over UDP to one network; it holds for each socket
/// @param transfers of [Zones#sources]; without it every transfer is REFUSED
public record Admission(
        AccessKeys keys, RateLimitOptions limit, Optional<TransferService> transfers) {
    /// Nobody has a key, nobody takes zones, and the limits are the usual ones.
    public static final Admission DEFAULTS =
            new Admission(new AccessKeys(List.of()), RateLimitOptions.DEFAULTS, Optional.empty());

    public Admission withLimit(RateLimitOptions other) {
        return new Admission(keys, other, transfers);
    }

    public Admission withKeys(AccessKeys others) {
        return new Admission(others, limit, transfers);
    }

    public Admission withTransfers(TransferService service) {
        return new Admission(keys, limit, Optional.of(service));
    }
}
