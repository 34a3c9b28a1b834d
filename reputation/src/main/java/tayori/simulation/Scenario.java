package tayori.simulation;

import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/// One way the world could be.
///
/// @param name for the report
/// @param shares share of all mail that each provider receives; adds up to 1
/// @param forwards share of its complaints that each provider hands on
/// @param complaintFactor how much more often people complain about spam than in the main scenario
/// @param delayMedianHours true median between a mail and its complaint; the baselines go on assuming
///     [#DELAY_MEDIAN_HOURS]
/// @param measured whether Tayori has measured it in the warm-up, as it does when it runs, or assumes it as well
record Scenario(
        String name,
        List<Double> shares,
        List<Double> forwards,
        double complaintFactor,
        double delayMedianHours,
        boolean measured) {
    /// Length of a run.
    static final int DAYS = 45;

    static final int HOURS = DAYS * 24;

    /// Until then nothing is counted, so that there is a past to judge by.
    static final int WARM_UP_HOURS = 14 * 24;

    /// Median between the arrival of a mail and the complaint about it.
    static final double DELAY_MEDIAN_HOURS = 5;

    /// Standard deviation of the logarithm of that time.
    static final double DELAY_SPREAD = 1.2;

    private static final List<Double> SIX = List.of(.35, .25, .17, .11, .07, .05);

    Scenario {
        shares = List.copyOf(shares);
        forwards = List.copyOf(forwards);
    }

    static Scenario main() {
        return new Scenario("as described", SIX, all(6), 1, DELAY_MEDIAN_HOURS, true);
    }

    static Scenario complaintFactor(String name, double factor) {
        return new Scenario(name, SIX, all(6), factor, DELAY_MEDIAN_HOURS, true);
    }

    static Scenario delayFactor(String name, double factor, boolean measured) {
        return new Scenario(name, SIX, all(6), 1, DELAY_MEDIAN_HOURS * factor, measured);
    }

    static Scenario shares(String name, double... shares) {
        return new Scenario(
                name,
                DoubleStream.of(shares).boxed().toList(),
                all(shares.length),
                1,
                DELAY_MEDIAN_HOURS,
                true);
    }

    /// Two of six providers keep complaints back: the largest hands on a fifth, the third none.
    static Scenario silentProviders(String name) {
        return new Scenario(
                name, SIX, List.of(.2, 1.0, .0, 1.0, 1.0, 1.0), 1, DELAY_MEDIAN_HOURS, true);
    }

    private static List<Double> all(int providers) {
        return Collections.nCopies(providers, 1.0);
    }

    int providers() {
        return shares.size();
    }
}
