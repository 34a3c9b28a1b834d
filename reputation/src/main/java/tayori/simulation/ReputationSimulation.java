package tayori.simulation;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Judges the reputation model beside those of others, on senders whose nature is known, and reports in Markdown.
public final class ReputationSimulation {
    /// What to run.
    ///
    /// @param seeds one world is drawn for each; the same seeds give the same report
    /// @param threads how many seeds are run at a time; changes nothing in the report
    /// @param fast a twentieth of the senders and fewer worlds: to see that it works, not to conclude anything
    public record Plan(List<Long> seeds, int threads, boolean fast) {
        public Plan {
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty()) {
                throw new IllegalArgumentException("without a seed there is nothing to run");
            }
        }

        /// How many steps [#report] tells its listener of.
        public int steps() {
            return seeds.size() * (3 + scenarios().size() + loops().size());
        }

        /// What to write on the command line for this plan.
        String arguments() {
            String listed = seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
            return "--seeds " + listed + (fast ? " --fast" : "");
        }

        Scale scale() {
            return fast ? Scale.SMALL : Scale.FULL;
        }

        /// Of worlds other than the main one.
        Scale scaleOfOthers() {
            return fast ? Scale.SMALL : Scale.FEWER_HONEST;
        }

        /// Worlds other than the main one.
        List<Scenario> scenarios() {
            var half = Scenario.complaintFactor("people complain about spam half as often", .5);
            var silent = Scenario.silentProviders("two providers keep complaints back");
            return fast
                    ? List.of(half, silent)
                    : List.of(
                            half,
                            Scenario.complaintFactor("twice as often", 2),
                            Scenario.delayFactor(
                                    "complaints come 2.4 times as late; Tayori measures it",
                                    2.4,
                                    true),
                            Scenario.delayFactor("2.4 times as late; nobody knows", 2.4, false),
                            Scenario.shares("3 providers", .55, .30, .15),
                            Scenario.shares(
                                    "12 providers",
                                    .25,
                                    .18,
                                    .13,
                                    .10,
                                    .08,
                                    .07,
                                    .05,
                                    .04,
                                    .04,
                                    .03,
                                    .02,
                                    .01),
                            Scenario.shares(
                                    "6 providers, one has 75 %", .75, .10, .06, .04, .03, .02),
                            silent);
        }

        List<Consequence> loops() {
            return fast
                    ? List.of(Consequence.JUNK)
                    : List.of(Consequence.JUNK, Consequence.REFUSAL);
        }
    }

    /// Hears that one step is done; of several threads.
    public interface Listener {
        void stepDone();
    }

    private ReputationSimulation() {}

    /// Runs the plan. Takes minutes for twelve seeds.
    ///
    /// @return a Markdown document without a title of the first level
    public static String report(Plan plan, Listener listener) {
        try (var pool = Executors.newFixedThreadPool(plan.threads())) {
            var running =
                    plan.seeds().stream()
                            .map(seed ->
                                    supplyAsync(() -> SeedResult.of(plan, seed, listener), pool))
                            .toList();
            return new Report(plan, running.stream().map(CompletableFuture::join).toList())
                    .toString();
        }
    }
}
