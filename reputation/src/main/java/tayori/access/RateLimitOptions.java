package tayori.access;

import java.time.Duration;
import java.util.List;

/// How many answers one network gets. A limit of 0 is none.
///
/// @param answersPerSecond answers with data
/// @param nxdomainsPerSecond answers that a name is not listed: most of what mail servers hear
/// @param errorsPerSecond REFUSED, FORMERR and the like; nobody honest needs many
/// @param window time over which they are averaged: limit times window may come at once, and whoever was limited has his
///     whole allowance back after that long a rest. At least 1 s, at most an hour
/// @param slip of the answers over the limit, every how manieth is sent truncated, so that an honest client comes again
///     over TCP; 1 for all of them, 0 for none
/// @param ipv4Prefix IPv4 clients of one such network share a limit. Unit: bits, 8 to 32
/// @param ipv6Prefix the same for IPv6. Unit: bits, 16 to 60
/// @param entries size of the table; a network in use needs one for each kind of answer. Unit: entries of 20 octets, a
///     power of two, 1,024 to 16,777,216
/// @param exempt networks without any limit, such as `192.0.2.0/24`; at most 64
public record RateLimitOptions(
        int answersPerSecond,
        int nxdomainsPerSecond,
        int errorsPerSecond,
        Duration window,
        int slip,
        int ipv4Prefix,
        int ipv6Prefix,
        int entries,
        List<String> exempt) {
    /// Generous for a resolver of a large mail operator, too little for an attack: 200 answers of 200 octets a second are
    /// 320 kbit/s at the victim. Prefixes and slip as other name servers have them.
    public static final RateLimitOptions DEFAULTS =
            new RateLimitOptions(
                    200, 200, 50, Duration.ofSeconds(1), 2, 24, 56, 1 << 16, List.of());

    /// No limit for anybody.
    public static final RateLimitOptions OFF =
            new RateLimitOptions(0, 0, 0, Duration.ofSeconds(1), 2, 24, 56, 1 << 10, List.of());

    /// Highest limit. Unit: answers a second.
    public static final int MAX_PER_SECOND = 1_000_000;

    public RateLimitOptions {
        exempt = List.copyOf(exempt);
        requireWithin("answersPerSecond", answersPerSecond, 0, MAX_PER_SECOND);
        requireWithin("nxdomainsPerSecond", nxdomainsPerSecond, 0, MAX_PER_SECOND);
        requireWithin("errorsPerSecond", errorsPerSecond, 0, MAX_PER_SECOND);
        requireWithin("window in seconds", window.toSeconds(), 1, 3_600);
        requireWithin("slip", slip, 0, 1_000);
        requireWithin("ipv4Prefix", ipv4Prefix, 8, 32);
        requireWithin("ipv6Prefix", ipv6Prefix, 16, 60);
        requireWithin("entries", entries, 1 << 10, 1 << 24);
        if (Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException("entries must be a power of two, not " + entries);
        }
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(what, least, most, value));
        }
    }
}
