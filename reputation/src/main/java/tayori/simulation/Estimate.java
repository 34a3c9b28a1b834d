package tayori.simulation;

import java.util.List;
import java.util.Locale;

/// A mean over seeds and the half width of its 95 % confidence interval (Student's t).
///
/// @param mean not a number where no seed had anything to tell
/// @param halfWidth not a number for a single seed
record Estimate(double mean, double halfWidth) {
    /// 97.5 % points of Student's t for 1 to 30 degrees of freedom.
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.960;

    /// @param all by seed; not a number where a seed had nothing to tell
    static Estimate of(List<Double> all) {
        var values = all.stream().filter(value -> !value.isNaN()).toList();
        int n = values.size();
        double mean = values.stream().mapToDouble(value -> value).sum() / n;
        double squares =
                values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        double t = n - 2 < STUDENT.length ? STUDENT[Math.max(0, n - 2)] : NORMAL;
        return new Estimate(mean, n < 2 ? Double.NaN : t * StrictMath.sqrt(squares / (n - 1) / n));
    }

    /// Whether zero lies outside of the interval.
    boolean clear() {
        return Math.abs(mean) > halfWidth;
    }

    /// In percent, as `91.2 ± 0.8`; small numbers with more digits.
    String percent() {
        double largest = Math.max(Math.abs(mean), Double.isNaN(halfWidth) ? 0 : halfWidth);
        return written(100, largest < .001 ? "%.3f" : largest < .01 ? "%.2f" : "%.1f");
    }

    /// As `3.15 ± 0.08`.
    String plain() {
        return written(1, "%.2f");
    }

    /// A difference in points of percent, with its sign, as `+1.20 ± 0.31`.
    String points() {
        return written(100, "%+.2f");
    }

    private String written(double factor, String format) {
        if (Double.isNaN(mean)) {
            return "–";
        }
        if (halfWidth == 0 && factor * mean == StrictMath.rint(factor * mean)) {
            return String.format(Locale.ROOT, "%.0f", factor * mean);
        }
        String number = String.format(Locale.ROOT, format, factor * mean);
        return Double.isNaN(halfWidth)
                ? number
                : number
                        + " ± "
                        + String.format(Locale.ROOT, format.replace("+", ""), factor * halfWidth);
    }
}
