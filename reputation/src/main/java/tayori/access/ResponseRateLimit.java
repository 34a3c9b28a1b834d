package tayori.access;

import java.util.concurrent.atomic.LongAdder;

/// Keeps us from being used to flood somebody: whoever forges the source address of a query sends our answer there.
///
/// One network gets a number of answers a second of each kind. Over that, most are dropped, and every few sent empty and
/// truncated, so that an honest client in that network still gets his answer over TCP, where nobody forges. Unlike some name
/// servers we do not go on refusing while the excess lasts: a resolver a little over its limit loses only what is over.
///
/// For one thread; a server of several loops gives each its own, and the limits hold for each. No allocation, fixed memory.
/// The table has sets of eight; a full set gives up the entry that is nearest to its whole allowance, so a flood from many
/// forged networks may give some of them more than their limit, never less to others.
public final class ResponseRateLimit {
    /// What an answer says.
    public enum Kind {
        ANSWER(1),
        NXDOMAIN(2),
        ERROR(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /// What becomes of an answer.
    public enum Decision {
        SEND,
        DROP,
        /// Send header and question only, with TC set.
        TRUNCATE
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int WAYS = 8;

    /// Below the network in a key: two bits for the kind, one for IPv6. The longest network, /60, leaves four.
    private static final int IPV6 = 4;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int slip;
    private final long ipv4Mask;
    private final long ipv6Mask;
    private final long windowNanos;
    private final long[] intervals;
    private final NetworkSet exempt;
    private final long secret;
    private final int setMask;

    /// Network, kind and family of an entry; 0 for none, because a kind's code is never 0.
    private final long[] keys;

    /// When the entry will have its whole allowance again, in nanoseconds after [#origin]. May run ahead by the window.
    private final long[] wholeAgain;

    private final int[] refused;
    private final long origin;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder truncated = new LongAdder();

    /// @param secret a random number, so that nobody can choose addresses that meet in one set
    /// @param nanoTime in the time of [System#nanoTime]
    public ResponseRateLimit(RateLimitOptions options, long secret, long nanoTime) {
        this.slip = options.slip();
        this.ipv4Mask = NetworkSet.mask(options.ipv4Prefix());
        this.ipv6Mask = NetworkSet.mask(options.ipv6Prefix());
        this.windowNanos = options.window().toNanos();
        this.intervals =
                new long[] {
                    0,
                    interval(options.answersPerSecond()),
                    interval(options.nxdomainsPerSecond()),
                    interval(options.errorsPerSecond())
                };
        this.exempt = new NetworkSet(options.exempt());
        this.secret = secret;
        this.setMask = options.entries() / WAYS - 1;
        this.keys = new long[options.entries()];
        this.wholeAgain = new long[options.entries()];
        this.refused = new int[options.entries()];
        this.origin = nanoTime;
    }

    private static long interval(int perSecond) {
        return perSecond == 0 ? 0 : SECOND / perSecond;
    }

    /// Counts one answer and decides about it.
    ///
    /// @param address 4 or 16 octets, as of `InetAddress.getAddress`; an IPv4-mapped one counts as IPv4
    /// @param nanoTime in the time of [System#nanoTime]; the same for a batch of packets will do
    public Decision check(byte[] address, Kind kind, long nanoTime) {
        if (address.length == 4) {
            return check(false, NetworkSet.upper(address), kind, nanoTime);
        }
        if (isMapped(address)) {
            long upper = 0;
            for (int i = 12; i < 16; i++) {
                upper = (upper << 8) | (address[i] & 0xff);
            }
            return check(false, upper << 32, kind, nanoTime);
        }
        return check(true, NetworkSet.upper(address), kind, nanoTime);
    }

    /// `::ffff:a.b.c.d`, as a socket for both families may show an IPv4 client. RFC 4291 §2.5.5.2.
    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    /// The same for who has the address as a number already.
    ///
    /// @param ipv6 whether it is an IPv6 address
    /// @param upper its first 64 bits; those of an IPv4 address stand in the upper half
    public Decision check(boolean ipv6, long upper, Kind kind, long nanoTime) {
        long interval = intervals[kind.code];
        if (interval == 0 || exempt.contains(ipv6, upper)) {
            return Decision.SEND;
        }
        long key = (ipv6 ? (upper & ipv6Mask) | IPV6 : upper & ipv4Mask) | kind.code;
        long now = nanoTime - origin;
        int entry = entry(key, now);
        long after = Math.max(wholeAgain[entry], now) + interval;
        if (after - now <= windowNanos) {
            wholeAgain[entry] = after;
            return Decision.SEND;
        }
        if (slip > 0 && ++refused[entry] >= slip) {
            refused[entry] = 0;
            truncated.increment();
            return Decision.TRUNCATE;
        }
        dropped.increment();
        return Decision.DROP;
    }

    private int entry(long key, long now) {
        long hash = (key ^ secret) * GOLDEN;
        hash = (hash ^ (hash >>> 32)) * GOLDEN;
        int first = ((int) (hash >>> 40) & setMask) * WAYS;
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                return i;
            }
            if (wholeAgain[i] < wholeAgain[oldest]) {
                oldest = i;
            }
        }
        keys[oldest] = key;
        wholeAgain[oldest] = now;
        refused[oldest] = 0;
        return oldest;
    }

    /// Answers not sent since the beginning. Any thread may ask.
    public long dropped() {
        return dropped.sum();
    }

    /// Answers sent truncated since the beginning. Any thread may ask.
    public long truncated() {
        return truncated.sum();
    }
}
