package tayori.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A [Standing] with everything it came from, made of the same buckets by the same arithmetic.
///
/// @param sentence the rate in words
/// @param points what each cause adds to 100 (never more than 0); with 100 they add up to the score exactly. Empty
///     without a score
/// @param buckets newest first; for the sender and the operator, who may know them
/// @param providers largest first, for everybody: small numbers are not told
/// @param responsiveness shown, and not counted: anybody could claim it
public record Explanation(
        Standing standing,
        String sentence,
        Map<Cause, Integer> points,
        List<Bucket> buckets,
        List<AtProvider> providers,
        Responsiveness responsiveness) {
    /// Fewer complaints than these are not told, lest a reader be found out; more are rounded down to a multiple of it.
    public static final int K_ANONYMITY = 5;

    public Explanation {
        var inOrder = new EnumMap<Cause, Integer>(Cause.class);
        inOrder.putAll(points);
        points = Collections.unmodifiableMap(inOrder);
        buckets = List.copyOf(buckets);
        providers = List.copyOf(providers);
    }

    /// What arrived within one hour or day, at all providers.
    ///
    /// @param weights of each half-life, in the order of [ScoreOptions#halfLives]
    /// @param complainedBy share of complaints that have come in at this age
    /// @param objections complaints and opt-outs passed over, as many as count
    public record Bucket(
            Instant from,
            Duration length,
            Counts counts,
            List<Double> weights,
            double complainedBy,
            double objections) {}

    /// The last 60 days at one provider.
    ///
    /// @param messages to two digits
    /// @param complaints a multiple of [#K_ANONYMITY]; absent for fewer than that
    public record AtProvider(String provider, long messages, OptionalLong complaints) {}

    /// What the sender did with what readers asked, in 30 days.
    public record Responsiveness(long optOuts, long ignored) {
        /// Share of the opt-outs after which no mail came; 1 without any.
        public double share() {
            return optOuts + ignored == 0 ? 1 : (double) optOuts / (optOuts + ignored);
        }
    }

    /// By how much each cause moved the score since an earlier explanation. The parts add up to the difference of the
    /// scores exactly; empty when either has no score.
    public Map<Cause, Integer> changeSince(Explanation earlier) {
        var change = new EnumMap<Cause, Integer>(Cause.class);
        if (standing.score().isPresent() && earlier.standing.score().isPresent()) {
            for (var cause : Cause.values()) {
                int points = this.points.getOrDefault(cause, 0);
                change.put(cause, points - earlier.points.getOrDefault(cause, 0));
            }
        }
        return change;
    }
}
