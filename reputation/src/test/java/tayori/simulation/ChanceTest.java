package tayori.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
    private static final int DRAWS = 200_000;

    private static double mean(ToDoubleFunction<Chance> draw) {
        var chance = new Chance(1, 2, 3);
        return IntStream.range(0, DRAWS)
                .mapToDouble(_ -> draw.applyAsDouble(chance))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest(name = "Poisson of mean {0}")
    @CsvSource({"0.01", "0.7", "5", "29", "31", "2000"})
    void poissonHasItsMeanAndVariance(double mean) {
        double found = mean(chance -> chance.poisson(mean));
        double square = mean(chance -> StrictMath.pow(chance.poisson(mean) - mean, 2));
        assertThat(found).isCloseTo(mean, within(6 * StrictMath.sqrt(mean / DRAWS)));
        assertThat(square).isCloseTo(mean, within(.03 * mean + .002));
    }

    @ParameterizedTest(name = "{0} trials of {1}")
    @CsvSource({"1, .3", "10, .01", "10, .9", "3000, .001", "3000, .5"})
    void binomialHasItsMeanAndBounds(int trials, double probability) {
        double mean = trials * probability;
        assertThat(mean(chance -> chance.binomial(trials, probability)))
                .isCloseTo(mean, within(6 * StrictMath.sqrt(mean / DRAWS)));
        var chance = new Chance(4, 5, 6);
        assertThat(IntStream.range(0, 1_000).map(_ -> chance.binomial(trials, probability)))
                .allSatisfy(count -> assertThat(count).isBetween(0, trials));
    }

    @Test
    void sharesAddUpAndScatterAroundTheirCentre() {
        var chance = new Chance(1, 1, 1);
        var centre = List.of(.7, .2, .1);
        double first = 0;
        for (int i = 0; i < 2_000; i++) {
            double[] shares = chance.shares(centre, 4);
            assertThat(shares[0] + shares[1] + shares[2]).isCloseTo(1, within(1e-9));
            first += shares[0] / 2_000;
        }
        assertThat(first).isCloseTo(.7, within(.02));
    }

    @Test
    void theNormalDistributionHasItsKnownPoints() {
        assertThat(Chance.normalBelow(0)).isCloseTo(.5, within(1e-6));
        assertThat(Chance.normalBelow(1.959964)).isCloseTo(.975, within(1e-6));
        assertThat(Chance.normalBelow(-1)).isCloseTo(.158655, within(1e-6));
    }

    @Test
    void oneSenderMoreChangesNothingForAnother() {
        assertThat(new Chance(301, 2, 7).anyLong()).isEqualTo(new Chance(301, 2, 7).anyLong());
        assertThat(new Chance(301, 2, 7).anyLong())
                .isNotEqualTo(new Chance(302, 2, 7).anyLong())
                .isNotEqualTo(new Chance(301, 3, 7).anyLong())
                .isNotEqualTo(new Chance(301, 2, 8).anyLong());
    }
}
