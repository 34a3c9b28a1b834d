package tayori.arc;

import java.time.Duration;

/// What a verifier accepts.
///
/// @param oldestPassDepth how many older message signatures are verified to find the oldest that still passes; each
///     costs a key look-up and a verification, and RFC 8617 §5.2 step 5 leaves it open
/// @param minRsaBits fewest bits of an RSA key; RFC 8301 §3.2 forbids less than 1024
/// @param maxRsaBits most bits of an RSA key
/// @param clockSkew how much later than `x=` the newest message signature still counts
public record ArcOptions(int oldestPassDepth, int minRsaBits, int maxRsaBits, Duration clockSkew) {
    public static final ArcOptions DEFAULTS = new ArcOptions(10, 1024, 4096, Duration.ofMinutes(5));

    public ArcOptions {
        if (oldestPassDepth < 0
                || minRsaBits < 512
                || maxRsaBits < minRsaBits
                || clockSkew.isNegative()) {
            throw new IllegalArgumentException("options out of range");
        }
    }
}
