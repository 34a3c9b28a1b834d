package tayori.reputation;

/// The largest mean that a Poisson count does not contradict at 95 %: after 0 events 2.996, after 1 4.744, after 2 6.296.
final class PoissonBound {
    /// One-sided.
    private static final double DOUBT = 0.05;

    /// What the normal distribution exceeds with that probability.
    private static final double DEVIATIONS = 1.6448536;

    /// Exact below, by Wilson and Hilferty's approximation from here on, where its error is less than 1 in 50,000.
    private static final int EXACT = 256;

    private static final double[] BOUNDS = bounds();

    private PoissonBound() {}

    static double upper(long events) {
        return events < EXACT ? BOUNDS[(int) events] : approximate((double) events);
    }

    private static double approximate(double events) {
        double shape = events + 1;
        double root = 1 - 1 / (9 * shape) + DEVIATIONS / (3 * Math.sqrt(shape));
        return shape * root * root * root;
    }

    private static double[] bounds() {
        var bounds = new double[EXACT];
        for (int events = 0; events < EXACT; events++) {
            double low = events;
            double high = 2 * approximate(events) + 1;
            while (high - low > 1e-10 * high) {
                double mean = (low + high) / 2;
                if (atMost(events, mean) > DOUBT) {
                    low = mean;
                } else {
                    high = mean;
                }
            }
            bounds[events] = high;
        }
        return bounds;
    }

    /// Probability of so many events or fewer.
    private static double atMost(int events, double mean) {
        double term = Math.exp(-mean);
        double sum = term;
        for (int k = 1; k <= events; k++) {
            term *= mean / k;
            sum += term;
        }
        return sum;
    }
}
