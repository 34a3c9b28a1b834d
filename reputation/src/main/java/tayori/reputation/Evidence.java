package tayori.reputation;

import java.time.Instant;
import java.util.List;

/// What one provider saw of one identity: a sum over the mails that arrived within one hour.
///
/// @param hour the hour in which the mails **arrived**, in hours since 1970-01-01T00:00Z; for a complaint that of the mail
///     complained about, or [#UNKNOWN_HOUR]
/// @param counts what is to be added
/// @param reporters who complained, as keyed hashes that the provider alone can read; empty without complaints
public record Evidence(Identity identity, long hour, Counts counts, List<Long> reporters) {
    /// The mail complained about could not be dated.
    public static final long UNKNOWN_HOUR = -1;

    public Evidence {
        reporters = List.copyOf(reporters);
    }

    /// The hour that an instant lies in.
    public static long hourOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 3_600L);
    }
}
