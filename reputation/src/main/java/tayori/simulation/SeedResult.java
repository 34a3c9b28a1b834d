package tayori.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tayori.simulation.ReputationSimulation.Listener;
import tayori.simulation.ReputationSimulation.Plan;

/// All that was found with one seed.
///
/// @param main by model, of [Model#all]
/// @param others by scenario, then by model of [Model#chosen]
/// @param loops by consequence, then by model of [Model#acting]
/// @param bombs by attack of [Bombing#attacks], then by model of [Model#bombed], then Tayori with grown-up victims
/// @param allowances by kind, then by rule of [Allowances#rules]
record SeedResult(
        List<Tally> main,
        Map<Scenario, List<Tally>> others,
        Map<Consequence, List<Tally>> loops,
        List<List<Double>> bombs,
        Map<SenderKind, List<Double>> allowances) {
    static SeedResult of(Plan plan, long seed, Listener listener) {
        var main =
                new Detection(Scenario.main(), Model.all(), Consequence.NONE, plan.scale())
                        .run(seed);
        listener.stepDone();
        Map<Scenario, List<Tally>> others = new LinkedHashMap<>();
        for (var scenario : plan.scenarios()) {
            others.put(
                    scenario,
                    new Detection(scenario, Model.chosen(), Consequence.NONE, plan.scaleOfOthers())
                            .run(seed));
            listener.stepDone();
        }
        Map<Consequence, List<Tally>> loops = new LinkedHashMap<>();
        for (var loop : plan.loops()) {
            loops.put(
                    loop,
                    new Detection(Scenario.main(), Model.acting(), loop, plan.scaleOfOthers())
                            .run(seed));
            listener.stepDone();
        }
        var bombs = new Bombing(Model.bombed(), plan.scale()).run(seed);
        listener.stepDone();
        Map<SenderKind, List<Double>> allowances = new LinkedHashMap<>();
        for (var kind : Allowances.KINDS) {
            allowances.put(kind, new Allowances(Model.TAYORI, plan.scale()).run(seed, kind));
        }
        listener.stepDone();
        return new SeedResult(main, others, loops, bombs, allowances);
    }
}
