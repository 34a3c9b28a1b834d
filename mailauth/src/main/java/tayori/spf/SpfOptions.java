package tayori.spf;

import java.time.Duration;
import java.time.InstantSource;

/// How a [SpfChecker] is set up. Start from [#DEFAULTS].
///
/// @param receiver name of this host, for `%{r}` (RFC 7208 §7.3)
/// @param maxDnsTerms most terms that ask the DNS, over all records of a check; one more is a permerror (§4.6.4)
/// @param maxVoidTerms most terms whose questions find nothing; one more is a permerror (§4.6.4)
/// @param maxNames most names of an MX answer (more is a permerror) and of a PTR answer (more are ignored) (§4.6.4)
/// @param timeLimit longest check; beyond it no question is asked and the result is temperror (§4.6.4: at least 20 s)
/// @param clock tells how long a check takes, and `%{t}`
/// @param cachedRecords most parsed records that are kept; 0 keeps none
public record SpfOptions(
        String receiver,
        int maxDnsTerms,
        int maxVoidTerms,
        int maxNames,
        Duration timeLimit,
        InstantSource clock,
        int cachedRecords) {
    public static final SpfOptions DEFAULTS =
            new SpfOptions(
                    "unknown", 10, 2, 10, Duration.ofSeconds(20), InstantSource.system(), 4096);

    public SpfOptions {
        if (maxDnsTerms < 0 || maxVoidTerms < 0 || maxNames < 0 || cachedRecords < 0) {
            throw new IllegalArgumentException("a limit below zero");
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a check needs time");
        }
    }

    public SpfOptions withReceiver(String name) {
        return new SpfOptions(
                name, maxDnsTerms, maxVoidTerms, maxNames, timeLimit, clock, cachedRecords);
    }

    public SpfOptions withLimits(int dnsTerms, int voidTerms, int names) {
        return new SpfOptions(
                receiver, dnsTerms, voidTerms, names, timeLimit, clock, cachedRecords);
    }

    public SpfOptions withTime(Duration limit, InstantSource source) {
        return new SpfOptions(
                receiver, maxDnsTerms, maxVoidTerms, maxNames, limit, source, cachedRecords);
    }

    public SpfOptions withCachedRecords(int count) {
        return new SpfOptions(
                receiver, maxDnsTerms, maxVoidTerms, maxNames, timeLimit, clock, count);
    }
}
