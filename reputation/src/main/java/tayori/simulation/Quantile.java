package tayori.simulation;

import java.util.List;
import java.util.Locale;

/// A quantile of times of which some never come, with its 95 % confidence interval by order statistics: no distribution
/// is assumed.
final class Quantile {
    private static final double NORMAL = 1.960;

    private Quantile() {}

    /// As `3 (2–4)`; `never` where fewer than that share ever come.
    static String of(double share, List<Double> values) {
        var sorted = values.stream().sorted().toList();
        double expected = share * sorted.size();
        double half = NORMAL * StrictMath.sqrt(expected * (1 - share));
        return at(sorted, expected)
                + " ("
                + at(sorted, expected - half)
                + "–"
                + at(sorted, expected + half + 1)
                + ")";
    }

    private static String at(List<Double> sorted, double rank) {
        int index = (int) StrictMath.ceil(rank) - 1;
        double value = sorted.get(Math.clamp(index, 0, sorted.size() - 1));
        return Double.isInfinite(value) ? "never" : String.format(Locale.ROOT, "%.0f", value);
    }
}
