package tayori.dkim;

import java.time.Duration;

/// What a verifier accepts.
///
/// @param maxSignatures most signatures verified in one message, the topmost first; the others get
///     [DkimReason#TOO_MANY_SIGNATURES]. Eight leaves room for two keys of author, provider, list and forwarder, and with
///     the dearest keys (Ed25519, RSA-4096: about 0.1 ms each) keeps a hostile mail below one millisecond of arithmetic
/// @param minRsaBits fewest bits of an RSA key; RFC 8301 §3.2 forbids less than 1024
/// @param maxRsaBits most bits of an RSA key; RFC 8301 §3.2 demands 4096, and each doubling takes four times as long
/// @param clockSkew how much later than `x=` a signature still counts
/// @param legacyAlgorithms whether rsa-sha1, small keys, and signatures without `v=1` count: to look at old mail, never
///     for mail of today (RFC 8301 §3.1)
public record DkimOptions(
        int maxSignatures,
        int minRsaBits,
        int maxRsaBits,
        Duration clockSkew,
        boolean legacyAlgorithms) {
    public static final DkimOptions DEFAULTS =
            new DkimOptions(8, 1024, 4096, Duration.ofMinutes(5), false);

    public DkimOptions {
        if (maxSignatures < 1
                || minRsaBits < 512
                || maxRsaBits < minRsaBits
                || clockSkew.isNegative()) {
            throw new IllegalArgumentException("options out of range");
        }
    }

    /// The same with signatures of the past switched on.
    public DkimOptions withLegacyAlgorithms() {
        return new DkimOptions(maxSignatures, 512, maxRsaBits, clockSkew, true);
    }
}
