package tayori.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tayori.reputation.DelayCurve;
import tayori.reputation.ScoreOptions;
import tayori.reputation.ScoreOptions.Listing;

/// A way to judge senders: its name in the report, and how to make a judge for one of them.
///
/// @param judge makes a judge from what judges of one sender share
record Model(String name, Function<Shared, Judge> judge) {
    /// @param rates sums for all judges of one sender, reckoned once
    /// @param providers how many report
    /// @param curve how long people take to complain, as Tayori measured it
    record Shared(DecayedRates rates, int providers, DelayCurve curve) {}

    /// The shipped model, with the options it is shipped with.
    static final Model TAYORI = shipped("**Tayori**", ScoreOptions.DEFAULTS);

    private static final Model RATIO =
            new Model("complaint ratio, 30 days", _ -> new ThirtyDayRatio());

    private static final Model UNCORRECTED =
            smoothed("smoothed rate, no delay correction", false, 0, 0);

    /// The strong baseline.
    private static final Model NOWCAST = smoothed("smoothed rate, nowcast", true, 0, 0);

    private static final Model NOWCAST_WITHOUT_ONE =
            smoothed("nowcast, without any 1 provider", true, 1, 0);

    private static final Model NOWCAST_WITHOUT_TWO =
            smoothed("nowcast, without any 2 providers", true, 2, 0);

    private static final Model LIKELIHOOD =
            new Model(
                    "log-likelihood, capped per provider",
                    shared -> new LogLikelihood(shared.rates()));

    /// The shipped model with one option changed: what that option costs and brings. None of them is the default.
    private static final List<Model> VARIANTS =
            List.of(
                    shipped(
                            "Tayori, always without any 2 providers",
                            ScoreOptions.DEFAULTS.withTrim(2)),
                    shipped(
                            "Tayori, always without any 3 providers",
                            ScoreOptions.DEFAULTS.withTrim(3)),
                    shipped(
                            "Tayori, off the list as soon as below the limit",
                            ScoreOptions.DEFAULTS.withListing(
                                    new Listing(.003, .003, Duration.ZERO, 3))));

    /// Everybody, the shipped model last.
    static List<Model> all() {
        return Stream.of(
                        List.of(
                                RATIO,
                                new Model("rspamd's moving average", _ -> new MovingAverage()),
                                new Model("TxRep's mean", _ -> new MeanScore()),
                                UNCORRECTED,
                                NOWCAST,
                                smoothed("nowcast, three reporters", true, 0, 3),
                                NOWCAST_WITHOUT_ONE,
                                NOWCAST_WITHOUT_TWO,
                                LIKELIHOOD),
                        VARIANTS,
                        List.of(TAYORI))
                .flatMap(List::stream)
                .toList();
    }

    /// Those that are run in every world: the content filters need no complaints.
    static List<Model> chosen() {
        return List.of(
                RATIO,
                UNCORRECTED,
                NOWCAST,
                NOWCAST_WITHOUT_ONE,
                NOWCAST_WITHOUT_TWO,
                LIKELIHOOD,
                TAYORI);
    }

    /// Those that are bombed.
    static List<Model> bombed() {
        return Stream.of(
                        chosen().subList(0, chosen().size() - 1),
                        VARIANTS.subList(0, 2),
                        List.of(TAYORI))
                .flatMap(List::stream)
                .toList();
    }

    /// Those that are run when verdicts act, each in a world of its own.
    static List<Model> acting() {
        return List.of(RATIO, NOWCAST, NOWCAST_WITHOUT_TWO, VARIANTS.getLast(), TAYORI);
    }

    private static Model smoothed(String name, boolean nowcast, int leftOut, int reporters) {
        return new Model(
                name, shared -> new SmoothedRate(shared.rates(), nowcast, leftOut, reporters));
    }

    private static Model shipped(String name, ScoreOptions options) {
        return new Model(
                name, shared -> new ShippedScorer(options, shared.curve(), shared.providers()));
    }
}
