package tayori.transfer;

import java.util.Set;
import tayori.dns.DomainName;

/// What zone transfers may take.
///
/// @param maxTransfers most at the same time; one more is REFUSED. 1 to 1,000
/// @param maxTransfersPerClient the same for one address. 1 to 1,000
/// @param messageOctets size after which a message is sent; 16 KiB is as far as compression reaches (RFC 5936 §3.4). 512 to
///     65,535
/// @param openZones zones that anybody may take without a key
public record TransferOptions(
        int maxTransfers, int maxTransfersPerClient, int messageOctets, Set<DomainName> openZones) {
    public static final TransferOptions DEFAULTS = new TransferOptions(8, 2, 16_384, Set.of());

    public TransferOptions {
        openZones = Set.copyOf(openZones);
        requireWithin("maxTransfers", maxTransfers, 1, 1_000);
        requireWithin("maxTransfersPerClient", maxTransfersPerClient, 1, 1_000);
        requireWithin("messageOctets", messageOctets, 512, Wire.MAX_MESSAGE);
    }

    private static void requireWithin(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(what, least, most, value));
        }
    }
}
