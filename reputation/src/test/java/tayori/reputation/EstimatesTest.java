package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is estimated: how many people complained, how long they took, how sure a count is.
class EstimatesTest {
    @ParameterizedTest(name = "{0} people, root mean square error below {1}")
    @CsvSource({"1, 0.001", "3, 0.08", "10, 0.08", "100, 0.08", "1000, 0.08", "100000, 0.08"})
    void distinctPeopleAreCounted(int people, double error) {
        var random = new Random(7);
        int rounds = people > 10_000 ? 40 : 200;
        double squares = 0;
        for (int round = 0; round < rounds; round++) {
            var counter = new DistinctCounter();
            for (int i = 0; i < people; i++) {
                long hash = random.nextLong();
                counter.add(hash);
                counter.add(hash);
            }
            double off = (double) counter.estimate() / people - 1;
            squares += off * off;
        }
        assertThat(Math.sqrt(squares / rounds)).isLessThan(error);
    }

    @Test
    void hashesCountedUpByALazyProviderAreSpread() {
        var counter = new DistinctCounter();
        for (long i = 0; i < 1_000; i++) {
            counter.add(i);
        }
        assertThat((double) counter.estimate()).isCloseTo(1_000, within(200.0));
    }

    @Test
    void peopleOfLastYearAreForgotten() {
        var reporters = new Reporters();
        reporters.add(Traffic.HOUR, List.of(1L, 2L));
        reporters.add(Traffic.HOUR - 24 * 70, List.of(3L, 4L, 5L));
        assertThat(reporters.estimate(Traffic.HOUR)).isEqualTo(2);
        assertThat(reporters.estimate(Traffic.HOUR + 24 * 70)).isZero();
    }

    @ParameterizedTest(name = "after {0} h {1} have complained")
    @CsvSource({"0, 0", "-3, 0", "5, 0.5", "16.6, 0.841", "1.506, 0.159", "336, 1", "9000, 1"})
    void thePriorIsLognormalWithMedianFiveHours(double hours, double share) {
        assertThat(new DelayCurve().within(hours)).isCloseTo(share, within(0.01));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theCurveLearnsRisesAndMergesWithoutOrder(long seed) {
        var random = new Random(seed);
        var a = new DelayCurve();
        var b = new DelayCurve();
        var both = new DelayCurve();
        for (int i = 0; i < 5_000; i++) {
            double delay = 12 * Math.exp(random.nextGaussian());
            String node = random.nextBoolean() ? "a" : "b";
            (node.equals("a") ? a : b).fold(node, delay, 1);
            both.fold(node, delay, 1);
        }
        assertThat(DelayCurve.merge(a, b)).isEqualTo(both).isEqualTo(DelayCurve.merge(b, a));
        assertThat(DelayCurve.merge(both, a)).isEqualTo(both);
        assertThat(DelayCurve.decode(both.encode())).isEqualTo(both).hasSameHashCodeAs(both);
        assertThat(both.complaints()).isEqualTo(5_000);
        assertThat(both.within(12)).isCloseTo(0.5, within(0.03));
        double before = 0;
        for (double age = 0; age < 400; age += 0.3) {
            assertThat(both.within(age)).isBetween(before, 1.0);
            before = both.within(age);
        }
    }

    @Test
    void aDamagedCurveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DelayCurve.decode(new byte[] {1, 9}))
                .withMessageStartingWith("stored delay curve is damaged at octet 2");
    }

    @ParameterizedTest(name = "{0} events, mean at most {1}")
    @CsvSource({
        "0, 2.9957",
        "1, 4.7439",
        "2, 6.2958",
        "3, 7.7537",
        "10, 16.9622",
        "100, 118.079",
        "255, 282.87379",
        "256, 283.92517",
        "1000, 1053.6031",
        "100000, 100521.719"
    })
    void thePoissonBoundIsThatOfTheTables(long events, double bound) {
        assertThat(PoissonBound.upper(events)).isCloseTo(bound, within(bound * 2e-5));
    }
}
