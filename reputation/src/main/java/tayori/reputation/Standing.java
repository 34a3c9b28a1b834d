package tayori.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Everything decided about one identity at one moment. Rates are shares, 0 to 1.
///
/// @param rate the published complaint rate, without the providers in `leftOut`
/// @param leftOut the providers whose absence makes it lowest
/// @param untrimmedRate the same of all providers
/// @param halfLife the one by which `untrimmedRate` is highest
/// @param ratesAtHome each provider's own rate, of nobody's mail but its own; for its own use
/// @param confidence share of `rate` that is data and not prior
/// @param messages how many arrived in 60 days
/// @param complaints how many of them were reported; at most one of each, and undated ones included
/// @param reporters how many people complained this month and last, ±6.5 %
/// @param activeDays days of the last year on which mail came
/// @param firstSeenHour of the first mail ever, in hours since 1970-01-01T00:00Z; -1 when there was none
/// @param allowance messages a day that a receiver should take of it while it is young; -1 without a limit
/// @param score 1 to 100, 100 is good; absent when too little is known
/// @param rating the same for machines
/// @param memory to be handed in at the next score
public record Standing(
        Identity identity,
        double rate,
        List<String> leftOut,
        double untrimmedRate,
        Duration halfLife,
        Map<String, Double> ratesAtHome,
        double confidence,
        long messages,
        long complaints,
        long reporters,
        int activeDays,
        long firstSeenHour,
        Optional<ListedFor> listed,
        Whitelisting whitelisting,
        boolean volumeAlarm,
        long allowance,
        OptionalInt score,
        Rating rating,
        ListingMemory memory) {
    /// Confidence from which on there is a score.
    public static final double ENOUGH = 0.5;

    /// The attributes of a reputon (RFC 7071 §3.1).
    ///
    /// @param rating 0 (nothing supports that it sends spam) to 1; 0.25 at the target of 0.1 %, 0.5 at the limit of 0.3 %
    /// @param confidence 0 to 1
    /// @param sampleSize messages
    /// @param normalRating the rating of the last 60 days, all alike
    /// @param expires until when this may be believed
    public record Rating(
            double rating,
            double confidence,
            long sampleSize,
            double normalRating,
            Instant expires) {}

    /// Whether enough is known for a score.
    public boolean known() {
        return confidence >= ENOUGH;
    }
}
