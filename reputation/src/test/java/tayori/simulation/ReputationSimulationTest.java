package tayori.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.simulation.Bombing.Attack;
import tayori.simulation.ReputationSimulation.Plan;

/// Truths about the simulation and the model that hold whatever the numbers.
class ReputationSimulationTest {
    @Test
    void theSameSeedsGiveTheSameReportWithAnyNumberOfThreads() {
        var steps = new java.util.concurrent.atomic.AtomicInteger();
        var one = new Plan(List.of(11L, 12L), 1, true);
        String report = ReputationSimulation.report(one, steps::incrementAndGet);
        assertThat(steps).hasValue(one.steps());
        assertThat(ReputationSimulation.report(new Plan(List.of(11L, 12L), 2, true), () -> {}))
                .isEqualTo(report);
        assertThat(report)
                .contains(
                        "## How Tayori stands",
                        "## At the fixed limits",
                        "## Whatever the limit",
                        "## How long it takes",
                        "## Collateral",
                        "## Bombing",
                        "## Throw-away domains",
                        "## When verdicts act",
                        "## When the world is another",
                        "## The world")
                .doesNotContain("NaN", "Infinity", "%d", "%s");
        for (var model : Model.all()) {
            assertThat(report).contains("| " + model.name() + " |");
        }
    }

    /// The guarantee itself: what one provider invents cannot list a newsletter that at least three others know well.
    @Test
    void noProviderAloneFlipsACleanNewsletter() {
        var bombing = new Bombing(Model.bombed(), Scale.SMALL);
        var attacks = Bombing.attacks();
        for (long seed : List.of(11L, 12L)) {
            var flips = bombing.run(seed);
            int tayori = Model.bombed().size() - 1;
            for (boolean receipts : new boolean[] {false, true}) {
                for (int fakes : Bombing.FAKES) {
                    int attack = attacks.indexOf(new Attack(fakes, 1, receipts));
                    assertThat(flips.get(attack).get(tayori)).isZero();
                }
            }
            int crude = attacks.indexOf(new Attack(1_000, 1, false));
            assertThat(flips.get(crude).getFirst()).as("the plain ratio falls").isPositive();
        }
    }

    @Test
    void anotherSeedIsAnotherWorldAndTheSameSeedTheSame() {
        var one = new Generator(Scenario.main(), 11).trace(SenderKind.SPAMMER, 3);
        var same = new Generator(Scenario.main(), 11).trace(SenderKind.SPAMMER, 3);
        var other = new Generator(Scenario.main(), 12).trace(SenderKind.SPAMMER, 3);
        assertThat(same.complaints()).isEqualTo(one.complaints());
        assertThat(other.complaints()).isNotEqualTo(one.complaints());
    }

    @Test
    void everyKindOfSenderDoesWhatItIsNamedFor() {
        var generator = new Generator(Scenario.main(), 11);
        for (var kind : SenderKind.values()) {
            for (int number = 0; number < 5; number++) {
                var trace = generator.trace(kind, number);
                int honest = 0;
                int spam = 0;
                for (int hour = 0; hour < Scenario.HOURS; hour++) {
                    honest += trace.honest(hour);
                    spam += trace.spam(hour);
                }
                assertThat(honest > 0).as(kind + " honest").isEqualTo(kind.honest().isPresent());
                assertThat(spam > 0).as(kind + " spam").isEqualTo(kind.spam().isPresent());
                assertThat(trace.complaints())
                        .allMatch(complaint -> complaint.arrived() <= complaint.reported())
                        .allMatch(complaint ->
                                (complaint.aboutSpam()
                                                ? trace.spam(
                                                        complaint.arrived(), complaint.provider())
                                                : trace.honest(
                                                        complaint.arrived(), complaint.provider()))
                                        > 0);
            }
        }
    }

    /// A verdict holds for mail of its hour, made of what was reported before: none of the hour itself.
    @Test
    void nobodyJudgesByWhatIsYetToCome() {
        var trace = new Generator(Scenario.main(), 11).trace(SenderKind.THROW_AWAY, 0);
        new Replay(trace, Model.all(), new tayori.reputation.DelayCurve())
                .run((hour, verdicts) -> {
                    if (hour == trace.first()) {
                        assertThat(verdicts).noneMatch(Judge.Verdict::listed);
                    }
                });
    }
}
