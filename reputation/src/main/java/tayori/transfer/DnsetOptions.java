package tayori.transfer;

import java.time.Duration;

/// How a dnset file is written.
///
/// @param ttl of every answer made from it. Unit: seconds, 1 to 86,400; rbldnsd knows only one for a file
/// @param goodFor how long after it was written rbldnsd may answer from it; a copy that nobody refreshed falls silent then,
///     instead of listing whom we have long cleared. One minute to 30 days
public record DnsetOptions(int ttl, Duration goodFor) {
    /// TTL of the bad list; six hours are two dozen missed refreshes of a quarter of an hour.
    public static final DnsetOptions DEFAULTS = new DnsetOptions(300, Duration.ofHours(6));

    public DnsetOptions {
        if (ttl < 1 || ttl > 86_400) {
            throw new IllegalArgumentException("ttl must be 1 to 86400 seconds, not " + ttl);
        }
        if (goodFor.compareTo(Duration.ofMinutes(1)) < 0
                || goodFor.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "goodFor must be a minute to 30 days, not " + goodFor);
        }
    }
}
