package tayori.simulation;

/// How well scores tell spam from honest mail, whatever the limit: weights of both kinds by score.
final class Roc {
    /// Scores are kept as floats with eight bits behind the point: apart by 0.4 % they stay apart.
    private static final int DROPPED_BITS = 15;

    private final double[] honest = new double[1 << (32 - DROPPED_BITS)];
    private final double[] spam = new double[1 << (32 - DROPPED_BITS)];

    void add(double score, double honestWeight, double spamWeight) {
        int bits = Float.floatToIntBits((float) score);
        int sortable =
                bits < 0
                        ? ~bits
                        : bits ^ 0x8000_0000; // order of floats as order of unsigned numbers
        honest[sortable >>> DROPPED_BITS] += honestWeight;
        spam[sortable >>> DROPPED_BITS] += spamWeight;
    }

    /// Share of spam above the limit that lets so much honest mail through it; between two scores on the straight line.
    double truePositivesAt(double falsePositives) {
        double allHonest = sum(honest);
        double allSpam = sum(spam);
        double fp = 0;
        double tp = 0;
        for (int bin = honest.length - 1; bin >= 0; bin--) {
            double nextFp = fp + honest[bin] / allHonest;
            double nextTp = tp + spam[bin] / allSpam;
            if (nextFp > falsePositives) {
                return tp + (nextTp - tp) * (falsePositives - fp) / (nextFp - fp);
            }
            fp = nextFp;
            tp = nextTp;
        }
        return tp;
    }

    /// Area under the curve: the probability that a spam scores higher than an honest mail.
    double area() {
        double allHonest = sum(honest);
        double allSpam = sum(spam);
        double area = 0;
        double tp = 0;
        for (int bin = honest.length - 1; bin >= 0; bin--) {
            double nextTp = tp + spam[bin] / allSpam;
            area += honest[bin] / allHonest * (tp + nextTp) / 2;
            tp = nextTp;
        }
        return area;
    }

    /// Precision, averaged over all limits as recall rises.
    double averagePrecision() {
        double allSpam = sum(spam);
        double fp = 0;
        double tp = 0;
        double average = 0;
        for (int bin = honest.length - 1; bin >= 0; bin--) {
            fp += honest[bin];
            tp += spam[bin];
            if (spam[bin] > 0) {
                average += spam[bin] / allSpam * tp / (tp + fp);
            }
        }
        return average;
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
