package tayori.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A way to judge senders: its name in the report, and how to make a judge for one of them.
///
/// @param judge makes a judge from what judges of one sender share
record Model(String name, Function<Shared, Judge> judge) {
    /// @param rates sums for all judges of one sender, reckoned once
    /// @param providers how many report
    record Shared(DecayedRates rates, int providers) {}

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

    static Model tayori() {
        return new Model(TAYORI, shared -> new SmoothedRate(shared.rates(), true, 0, 3));
    }
}
