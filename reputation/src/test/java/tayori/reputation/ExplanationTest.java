package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tayori.reputation.Traffic.DOMAIN;
import static tayori.reputation.Traffic.HOUR;
import static tayori.reputation.Traffic.complained;
import static tayori.reputation.Traffic.evidence;
import static tayori.reputation.Traffic.fold;
import static tayori.reputation.Traffic.messages;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
    static LongStream seeds() {
        return LongStream.range(100, 160);
    }

    private static int sum(Map<Cause, Integer> points) {
        return points.values().stream().mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePartsAddUpExactly(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.anything(20 + traffic.upTo(200), 2);
        var earlier = Scores.explain(fold(entries.subList(0, entries.size() - traffic.upTo(20))));
        var explanation = Scores.explain(fold(entries));
        explanation
                .standing()
                .score()
                .ifPresent(score -> {
                    assertThat(100 + sum(explanation.points())).isEqualTo(score);
                    assertThat(explanation.points().values())
                            .allSatisfy(part -> assertThat(part).isNotPositive());
                    earlier.standing()
                            .score()
                            .ifPresent(before ->
                                    assertThat(sum(explanation.changeSince(earlier)))
                                            .isEqualTo(score - before));
                });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itsNumbersAreThoseOfTheScore(long seed) {
        var state = fold(new Traffic(seed).sender(0.003));
        var explanation = Scores.explain(state);
        var standing = Scores.score(state);
        assertThat(explanation.standing()).isEqualTo(standing);
        double highest = 0;
        for (int life = 0; life < 2; life++) {
            double c = 0.3;
            double m = 300;
            for (var bucket : explanation.buckets()) {
                double weight = bucket.weights().get(life);
                c += weight * bucket.objections();
                m += weight * bucket.counts().get(Observation.MESSAGES) * bucket.complainedBy();
            }
            highest = Math.max(highest, c / m);
        }
        assertThat(highest).isCloseTo(standing.untrimmedRate(), within(1e-12));
        assertThat(
                        explanation.buckets().stream()
                                .mapToLong(bucket -> bucket.counts().get(Observation.MESSAGES))
                                .sum())
                .isEqualTo(standing.messages());
    }

    @Test
    void theSentence() {
        var state = IdentityState.of(DOMAIN);
        String[] providers = {"asahi", "basho", "chidori"};
        long[] complaints = {60, 10, 5};
        for (int day = 0; day < 20; day++) {
            state.fold("n", "asahi", evidence(HOUR - 24L * (day + 3), messages(1_500)), HOUR);
        }
        for (int i = 0; i < 3; i++) {
            state.fold(
                    "n", providers[i], evidence(HOUR - 20, complained(2_060, complaints[i])), HOUR);
        }
        assertThat(Scores.explain(state).sentence())
                .isEqualTo(
                        "1.1 % of 6,180 messages in the last day were reported;"
                                + " without the two providers that report most, 0.25 %; limit 0.3 %.");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0, 0 %",
        "0.003, 0.3 %",
        "0.018, 1.8 %",
        "0.00052345, 0.052 %",
        "0.1234, 12 %",
        "1, 100 %",
        "0.9951, 100 %",
        "0.99, 99 %"
    })
    void percentages(double share, String words) {
        assertThat(Sentence.percent(share)).isEqualTo(words);
    }

    @Test
    void smallNumbersOfComplaintsAreNotTold() {
        var state = IdentityState.of(DOMAIN);
        state.fold("n", "asahi", evidence(HOUR - 5, complained(12_345, 4)), HOUR);
        state.fold("n", "basho", evidence(HOUR - 5, complained(99, 14)), HOUR);
        assertThat(Scores.explain(state).providers())
                .containsExactly(
                        new Explanation.AtProvider("asahi", 12_000, OptionalLong.empty()),
                        new Explanation.AtProvider("basho", 99, OptionalLong.of(10)));
    }

    @Test
    void everyCauseHasItsPart() {
        var state = IdentityState.of(new Identity(IdentityKind.ADDRESS_BLOCK, "192.0.2.0/24"));
        for (String provider : List.of("asahi", "basho", "chidori", "dango")) {
            var counts =
                    complained(2_000, 2)
                            .plus(Observation.OPT_OUTS_IGNORED, 2)
                            .plus(Observation.TRAPS, 1)
                            .plus(Observation.INVALID_RECIPIENTS, 60);
            state.fold("n", provider, evidence(HOUR - 20, counts), HOUR);
        }
        var explanation = Scores.explain(state);
        assertThat(explanation.points()).containsOnlyKeys(Cause.values());
        assertThat(explanation.points().values()).allSatisfy(part -> assertThat(part).isNegative());
        assertThat(explanation.responsiveness()).isEqualTo(new Explanation.Responsiveness(0, 8));
    }
}
