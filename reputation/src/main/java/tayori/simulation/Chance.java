package tayori.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// Random draws of one sender. The same seed, kind and number give the same draws on every machine: the generator is
/// specified to the bit, and all that is not exact arithmetic goes through [StrictMath].
final class Chance {
    /// Above this many expected events a normal distribution stands in for Poisson's and the binomial one.
    private static final double MANY = 30;

    private final SplittableRandom random;

    /// @param kind which kind of sender, so that more senders of one kind change nothing for the others
    Chance(long seed, int kind, int number) {
        random = new SplittableRandom(scattered(scattered(scattered(seed) + kind) + number));
    }

    /// The finalizer of a hash: neighbours in, strangers out. Without it, streams of neighbouring seeds would overlap.
    private static long scattered(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }

    long anyLong() {
        return random.nextLong();
    }

    /// At least 0, below 1.
    double uniform() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /// A whole number, both ends included.
    int between(int low, int high) {
        return low + (int) (uniform() * (high - low + 1));
    }

    /// Marsaglia's polar method.
    double gaussian() {
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /// @param spread standard deviation of the logarithm
    double logNormal(double median, double spread) {
        return median * StrictMath.exp(spread * gaussian());
    }

    int poisson(double mean) {
        if (mean > MANY) {
            return rounded(mean + StrictMath.sqrt(mean) * gaussian(), Integer.MAX_VALUE);
        }
        double u = uniform();
        if (u < 1 - mean) { // never more than the probability of none
            return 0;
        }
        double term = StrictMath.exp(-mean);
        double sum = term;
        int count = 0;
        while (u > sum && term > 0) {
            count++;
            term *= mean / count;
            sum += term;
        }
        return count;
    }

    int binomial(int trials, double probability) {
        if (trials <= 0 || probability <= 0) {
            return 0;
        }
        if (probability > 0.5) {
            return trials - binomial(trials, 1 - probability);
        }
        double mean = trials * probability;
        if (mean > MANY) {
            return rounded(mean + StrictMath.sqrt(mean * (1 - probability)) * gaussian(), trials);
        }
        double u = uniform();
        if (u < 1 - mean) { // never more than the probability of none
            return 0;
        }
        double odds = probability / (1 - probability);
        double term = StrictMath.exp(trials * StrictMath.log1p(-probability));
        double sum = term;
        int count = 0;
        while (u > sum && count < trials) {
            term *= odds * (trials - count) / (count + 1);
            count++;
            sum += term;
        }
        return count;
    }

    private static int rounded(double value, int most) {
        return (int) Math.min(most, Math.max(0, StrictMath.floor(value + 0.5)));
    }

    /// Shares that add up to 1 and scatter around given ones.
    ///
    /// @param loyalty the higher, the closer; the sum of the parameters of a Dirichlet distribution
    double[] shares(List<Double> around, double loyalty) {
        var shares = new double[around.size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = gamma(around.get(i) * loyalty) + 1e-9;
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /// Marsaglia and Tsang's method; below 1 by the usual power of a uniform draw.
    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                if (StrictMath.log(uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /// Share of a standard normal distribution below `x`; Abramowitz and Stegun 7.1.26, error below 2·10⁻⁷.
    static double normalBelow(double x) {
        double z = StrictMath.abs(x) / StrictMath.sqrt(2);
        double t = 1 / (1 + 0.3275911 * z);
        double polynomial =
                t
                        * (0.254829592
                                + t
                                        * (-0.284496736
                                                + t
                                                        * (1.421413741
                                                                + t
                                                                        * (-1.453152027
                                                                                + t
                                                                                        * 1.061405429))));
        double tail = polynomial * StrictMath.exp(-z * z) / 2;
        return x < 0 ? tail : 1 - tail;
    }
}
