package tayori.dns;

import java.time.Duration;

/// How much a [CachingDns] keeps, and for how long.
///
/// @param maxNames most names kept, with all record types asked for at each; 0 is no cache at all
/// @param maxBytes most memory the kept answers take, estimated; 0 is no cache at all. Unit: bytes
/// @param minTtl an answer with a shorter TTL is kept this long all the same; zero honours every TTL. An answer with TTL 0
///     is never kept (RFC 1035 §3.2.1)
/// @param maxTtl an answer with a longer TTL is kept this long; RFC 8767 §4 speaks of at most seven days
/// @param maxNegativeTtl the same for "no data" and "no such name"; RFC 2308 §5 finds one to three hours sensible
/// @param failureTtl how long it is remembered that nobody knew: at least one second, five to begin with, at most five
///     minutes (RFC 9520 §3.2, RFC 2308 §7)
public record CacheLimits(
        int maxNames,
        long maxBytes,
        Duration minTtl,
        Duration maxTtl,
        Duration maxNegativeTtl,
        Duration failureTtl) {
    /// Longest that a failure may be remembered, RFC 9520 §3.2.
    public static final Duration MAX_FAILURE_TTL = Duration.ofMinutes(5);

    /// 100,000 names in 64 MB; TTLs as they come, up to a day, three hours for a "no", five seconds for a failure.
    public static final CacheLimits DEFAULTS =
            new CacheLimits(
                    100_000,
                    64L << 20,
                    Duration.ZERO,
                    Duration.ofDays(1),
                    Duration.ofHours(3),
                    Duration.ofSeconds(5));

    public CacheLimits {
        if (maxNames < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("a cache cannot be smaller than empty");
        }
        if (minTtl.isNegative() || maxTtl.compareTo(minTtl) < 0 || maxNegativeTtl.isNegative()) {
            throw new IllegalArgumentException("not 0 <= minTtl <= maxTtl, or maxNegativeTtl < 0");
        }
        if (failureTtl.isNegative() || failureTtl.compareTo(MAX_FAILURE_TTL) > 0) {
            throw new IllegalArgumentException("failureTtl not within 0 and " + MAX_FAILURE_TTL);
        }
    }

    /// The same times with other sizes.
    public CacheLimits withSize(int maxNames, long maxBytes) {
        return new CacheLimits(maxNames, maxBytes, minTtl, maxTtl, maxNegativeTtl, failureTtl);
    }
}
