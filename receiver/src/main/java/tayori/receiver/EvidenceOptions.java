package tayori.receiver;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// How evidence is gathered and handed on. Start from [#of].
///
/// @param provider the name under which the reputation knows us
/// @param node which of our machines this is
/// @param flushInterval how long sums are gathered before they are handed on; what a killed process loses at most
/// @param closeTime how long a shutdown waits for a flush under way
/// @param maxIdentities most identities, each in one hour, summed at a time; mail of others is not counted until the next
///     flush
/// @param maxWaiting most batches that wait for a sink that fails
/// @param trapAddresses recipients that nobody ever gave away
/// @param trapsAreDeliveries whether a mail for traps alone counts as a message besides
public record EvidenceOptions(
        String provider,
        String node,
        Duration flushInterval,
        Duration closeTime,
        int maxIdentities,
        int maxWaiting,
        Set<String> trapAddresses,
        boolean trapsAreDeliveries) {
    /// Far more identities than one second of mail has; some 10 MB. Unit: identities.
    public static final int DEFAULT_MAX_IDENTITIES = 50_000;

    /// A sink that fails costs this many full batches of memory; until one is full, sums just grow. Unit: batches.
    public static final int DEFAULT_MAX_WAITING = 8;

    public EvidenceOptions {
        if (maxIdentities < 1 || maxWaiting < 1 || !flushInterval.isPositive()) {
            throw new IllegalArgumentException("evidence needs room and time");
        }
        trapAddresses =
                trapAddresses.stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// The defaults: a second, no traps.
    public static EvidenceOptions of(String provider, String node) {
        return new EvidenceOptions(
                provider,
                node,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                DEFAULT_MAX_IDENTITIES,
                DEFAULT_MAX_WAITING,
                Set.of(),
                false);
    }

    /// The same with these traps.
    public EvidenceOptions withTraps(Set<String> addresses) {
        return new EvidenceOptions(
                provider,
                node,
                flushInterval,
                closeTime,
                maxIdentities,
                maxWaiting,
                addresses,
                trapsAreDeliveries);
    }
}
