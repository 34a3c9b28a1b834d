package tayori.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Judges the reputation model beside those of others, on senders whose nature is known, and reports in Markdown.
public final class ReputationSimulation {
    /// What to run.
    ///
    /// @param seeds one world is drawn for each; the same seeds give the same report
    /// @param fast a tenth of the senders and two scenarios: to see that it works, not to conclude anything
    public record Plan(List<Long> seeds, boolean fast) {
        /// Those of the published report. Nothing was ever tuned on them.
        public static final List<Long> PUBLISHED_SEEDS =
                List.of(301L, 302L, 303L, 304L, 305L, 306L, 307L, 308L, 309L, 310L, 311L, 312L);

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

        /// Worlds other than the main one.
        List<Scenario> scenarios() {
            var half = Scenario.complaintFactor("people complain about spam half as often", .5);
            var silent = Scenario.silentProviders("two providers keep complaints back");
            return fast
                    ? List.of(half, silent)
                    : List.of(
                            half,
                            Scenario.complaintFactor("twice as often", 2),
                            Scenario.delayFactor("complaints come 2.4 times as late; Tayori measures it", 2.4, true),
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

    /// Hears that one step is done.
    public interface Listener {
        void stepDone();
    }

    private ReputationSimulation() {}

    /// Runs the plan. Takes minutes for twelve seeds, on one thread.
    ///
    /// @return a Markdown document without a title of the first level
    public static String report(Plan plan, Listener listener) {
        var all = Model.all();
        var few = Model.chosen();
        var main = new ArrayList<List<Tally>>();
        Map<Scenario, List<List<Tally>>> others = new LinkedHashMap<>();
        Map<Consequence, List<List<Tally>>> loops = new LinkedHashMap<>();
        var bombs = new ArrayList<List<List<Double>>>();
        var allowances = new ArrayList<Map<SenderKind, List<Double>>>();
        for (long seed : plan.seeds()) {
            main.add(detect(Scenario.main(), all, Consequence.NONE, plan, seed));
            listener.stepDone();
            for (var scenario : plan.scenarios()) {
                others.computeIfAbsent(scenario, _ -> new ArrayList<>())
                        .add(detect(scenario, few, Consequence.NONE, plan, seed));
                listener.stepDone();
            }
            for (var loop : plan.loops()) {
                loops.computeIfAbsent(loop, _ -> new ArrayList<>())
                        .add(detect(Scenario.main(), few, loop, plan, seed));
                listener.stepDone();
            }
            bombs.add(new Bombing(few, plan.scale()).run(seed));
            listener.stepDone();
            var passed = new LinkedHashMap<SenderKind, List<Double>>();
            for (var kind : Allowances.KINDS) {
                passed.put(kind, new Allowances(Model.tayori(), plan.scale()).run(seed, kind));
            }
            allowances.add(passed);
            listener.stepDone();
        }
        return new Report(plan, main, others, loops, bombs, allowances).toString();
    }

    private static List<Tally> detect(
            Scenario scenario, List<Model> models, Consequence loop, Plan plan, long seed) {
        return new Detection(scenario, models, loop, plan.scale()).run(seed);
    }
}
