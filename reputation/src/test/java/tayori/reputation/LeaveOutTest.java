package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaveOutTest {
    /// All subsets of up to so many.
    private static double bruteForce(double[] c, double[] m, int most, boolean exactly) {
        double lowest = Double.MAX_VALUE;
        for (int set = 0; set < 1 << c.length; set++) {
            int size = Integer.bitCount(set);
            if (size > most || (exactly && size < Math.min(most, c.length))) {
                continue;
            }
            double complaints = 0.3;
            double messages = 300;
            for (int i = 0; i < c.length; i++) {
                if ((set & (1 << i)) == 0) {
                    complaints += c[i];
                    messages += m[i];
                }
            }
            lowest = Math.min(lowest, complaints / messages);
        }
        return lowest;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheMinimumOverAllSets(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int providers = random.nextInt(9);
            var c = new double[providers];
            var m = new double[providers];
            for (int i = 0; i < providers; i++) {
                m[i] = Math.exp(random.nextDouble() * 10);
                c[i] = random.nextInt(3) == 0 ? 0 : m[i] * random.nextDouble() * 0.02;
            }
            for (int most = 0; most <= 4; most++) {
                double expected = bruteForce(c, m, most, false);
                double rate = LeaveOut.lowest(c, m, 0.3, 300, most).rate();
                assertThat(rate).isCloseTo(expected, within(1e-12));
                double exactly = bruteForce(c, m, most, true);
                if (exactly > 0.001) {
                    assertThat(rate).isCloseTo(exactly, within(1e-12));
                } else {
                    assertThat(rate).isLessThanOrEqualTo(exactly + 1e-12);
                }
            }
        }
    }

    @Test
    void namesThoseLeftOut() {
        double[] c = {1, 90, 3, 50};
        double[] m = {1_000, 1_000, 1_000, 1_000};
        var rate = LeaveOut.lowest(c, m, 0.3, 300, 2);
        assertThat(rate.leftOut(List.of("a", "b", "c", "d"))).containsExactly("b", "d");
        assertThat(rate.messages()).isEqualTo(2_000);
        assertThat(rate.rate()).isEqualTo(4.3 / 2_300);
    }

    @Test
    void twoHundredProvidersAreNoTrouble() {
        var random = new Random(1);
        var c = random.doubles(200, 0, 50).toArray();
        var m = random.doubles(200, 0, 9_000).toArray();
        double rate = LeaveOut.lowest(c, m, 0.3, 300, 2).rate();
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < i; j++) {
                double complaints = 0.3;
                double messages = 300;
                for (int k = 0; k < 200; k++) {
                    complaints += k == i || k == j ? 0 : c[k];
                    messages += k == i || k == j ? 0 : m[k];
                }
                assertThat(rate).isLessThanOrEqualTo(complaints / messages + 1e-12);
            }
        }
    }
}
