package tayori.reputation;

import java.util.Optional;
import java.util.Set;

/// Short words for scoring in tests.
final class Scores {
    static final Optional<Registration> REGISTERED =
            Optional.of(
                    new Registration(SenderClass.REGISTERED, true, Set.of(), "abuse@example.jp"));

    private Scores() {}

    static Standing score(Scorer scorer, IdentityState state) {
        return scorer.score(
                state, new DelayCurve(), Optional.empty(), ListingMemory.NONE, Traffic.NOW);
    }

    static Standing score(IdentityState state) {
        return score(new Scorer(ScoreOptions.DEFAULTS), state);
    }

    static Explanation explain(Scorer scorer, IdentityState state) {
        return scorer.explain(
                state, new DelayCurve(), Optional.empty(), ListingMemory.NONE, Traffic.NOW);
    }

    static Explanation explain(IdentityState state) {
        return explain(new Scorer(ScoreOptions.DEFAULTS), state);
    }

    static Standing registered(IdentityState state) {
        return new Scorer(ScoreOptions.DEFAULTS)
                .score(state, new DelayCurve(), REGISTERED, ListingMemory.NONE, Traffic.NOW);
    }
}
