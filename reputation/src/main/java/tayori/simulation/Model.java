package tayori.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tayori.reputation.DelayCurve;

/// A way to judge senders: its name in the report, and how to make a judge for one of them.
///
/// @param judge makes a judge from what judges of one sender share
record Model(String name, Function<Shared, Judge> judge) {
    /// @param rates sums for all judges of one sender, reckoned once
    /// @param providers how many report
    /// @param curve how long people take to complain, as Tayori measured it
    record Shared(DecayedRates rates, int providers, DelayCurve curve) {}

    /// The strong baseline.
    static final String STRONG = "smoothed rate, nowcast";

    /// The shipped model.
    static final String TAYORI = "**Tayori**";

    static final List<Model> BASELINES =
            List.of(
                    new Model("complaint ratio, 30 days", _ -> new ThirtyDayRatio()),
                    new Model("rspamd's moving average", _ -> new MovingAverage()),
                    new Model("TxRep's mean", _ -> new MeanScore()),
                    new Model(
                            "smoothed rate, no delay correction",
                            shared -> new SmoothedRate(shared.rates(), false, 0, 0)),
                    new Model(STRONG, shared -> new SmoothedRate(shared.rates(), true, 0, 0)),
                    new Model(
                            "the same, three reporters",
                            shared -> new SmoothedRate(shared.rates(), true, 0, 3)),
                    new Model(
                            "the same, without any 1 provider",
                            shared -> new SmoothedRate(shared.rates(), true, 1, 0)),
                    new Model(
                            "the same, without any 2 providers",
                            shared -> new SmoothedRate(shared.rates(), true, 2, 0)),
                    new Model(
                            "log-likelihood, capped per provider",
                            shared -> new LogLikelihood(shared.rates())));

    /// Everybody, the shipped model last.
    static List<Model> all() {
        return Stream.concat(BASELINES.stream(), Stream.of(tayori())).toList();
    }

    /// Those that are run in every scenario: the content filters need no complaints.
    static List<Model> chosen() {
        return all().stream()
                .filter(model ->
                        !model.name().contains("rspamd") && !model.name().contains("TxRep"))
                .filter(model -> !model.name().contains("reporters"))
                .toList();
    }

    /// Those that are run when verdicts act, each in a world of its own.
    static List<Model> acting() {
        return all().stream()
                .filter(model ->
                        model.name().equals(STRONG)
                                || model.name().equals(TAYORI)
                                || model.name().contains("30 days")
                                || model.name().contains("any 2"))
                .toList();
    }

    static Model tayori() {
        return new Model(TAYORI, shared -> new ShippedScorer(shared.curve(), shared.providers()));
    }
}
