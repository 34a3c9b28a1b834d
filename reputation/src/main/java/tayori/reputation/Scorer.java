package tayori.reputation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads what is known of an identity as a [Standing]. Stateless and thread-safe.
public final class Scorer {
    private final ScoreOptions options;
    private final Predicate<String> submitsComplaints;

    public Scorer(ScoreOptions options) {
        this(options, _ -> true);
    }

    /// @param submitsComplaints whether a provider hands on complaints at all, of anybody: only then is it good news for
    ///     the whitelist that it has none of this sender
    public Scorer(ScoreOptions options, Predicate<String> submitsComplaints) {
        this.options = options;
        this.submitsComplaints = submitsComplaints;
    }

    /// @param before what the last [Standing] left to remember; [ListingMemory#NONE] at first
    public Standing score(
            IdentityState state,
            DelayCurve curve,
            Optional<Registration> registration,
            ListingMemory before,
            Instant now) {
        return new Reading(options, submitsComplaints, state, curve, now)
                .standing(registration, before);
    }

    /// As [#score], with everything it came from.
    public Explanation explain(
            IdentityState state,
            DelayCurve curve,
            Optional<Registration> registration,
            ListingMemory before,
            Instant now) {
        return new Reading(options, submitsComplaints, state, curve, now)
                .explanation(registration, before);
    }
}
