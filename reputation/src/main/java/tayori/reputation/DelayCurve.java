package tayori.reputation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// How long people take to complain: the share of complaints that have come in when a mail is so and so old. Measured over
/// all senders together, from a stated prior: lognormal, median 5 hours, as heavy as 200 complaints.
///
/// Grow-only counters for each folding node, merged by the larger one like an [IdentityState]. Folded by one thread at a
/// time; [#within] may be asked by many as long as nobody folds.
public final class DelayCurve {
    /// The prior's median. Unit: hours.
    static final double PRIOR_MEDIAN = 5;

    /// The prior's spread: two thirds of all complaints come within a factor of e^1.2 around the median. Unit: natural
    /// logarithm of hours.
    static final double PRIOR_SPREAD = 1.2;

    /// Unit: complaints.
    static final double PRIOR_WEIGHT = 200;

    /// Delays up to here are counted by the hour, the rest by the day.
    private static final int HOURS = 48;

    /// A complaint that comes later counts as coming on the last day. Unit: days.
    private static final int DAYS = 14;

    private static final int BINS = HOURS + DAYS - HOURS / 24;

    private static final int VERSION = 1;

    private static final double[] PRIOR = prior();

    private final TreeMap<String, long[]> byNode = new TreeMap<>();

    /// Share that came before the end of each bin; renewed when folded.
    private double[] cumulative = PRIOR;

    private static double[] prior() {
        var shares = new double[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            shares[bin] = Normal.below(Math.log(end(bin) / PRIOR_MEDIAN) / PRIOR_SPREAD);
        }
        shares[BINS - 1] = 1;
        return shares;
    }

    /// Hours at which a bin ends.
    private static double end(int bin) {
        return bin < HOURS ? bin + 1 : HOURS + (bin - HOURS + 1) * 24.0;
    }

    private static int bin(double hours) {
        if (!(hours > 0)) {
            return 0;
        }
        return hours < HOURS ? (int) hours : (int) Math.min(BINS - 1, HOURS + (hours - HOURS) / 24);
    }

    /// @param delayHours from the arrival of the mail to the complaint; less than 0 counts as 0
    /// @param number of complaints; not negative
    public void fold(String foldingNode, double delayHours, long number) {
        if (number <= 0) {
            return;
        }
        var bins = byNode.computeIfAbsent(foldingNode, _ -> new long[BINS]);
        int bin = bin(delayHours);
        bins[bin] = Math.min(bins[bin] + Math.min(number, Buckets.MAX_COUNT), Buckets.MAX_COUNT);
        renew();
    }

    private void renew() {
        var counts = new double[BINS];
        double all = 0;
        for (long[] bins : byNode.values()) {
            for (int bin = 0; bin < BINS; bin++) {
                counts[bin] += bins[bin];
                all += bins[bin];
            }
        }
        var shares = new double[BINS];
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += counts[bin];
            shares[bin] = (sum + PRIOR_WEIGHT * PRIOR[bin]) / (all + PRIOR_WEIGHT);
        }
        cumulative = shares;
    }

    /// The share of complaints that come within an age, 0 to 1; never falls with the age.
    public double within(double ageHours) {
        if (!(ageHours > 0)) {
            return 0;
        }
        int bin = bin(ageHours);
        double end = end(bin);
        if (ageHours >= end) {
            return 1;
        }
        if (bin == 0) {
            // Hardly anybody complains within minutes: a parabola, which is near the prior's shape.
            return cumulative[0] * ageHours * ageHours;
        }
        double start = end(bin - 1);
        double before = cumulative[bin - 1];
        return before + (cumulative[bin] - before) * (ageHours - start) / (end - start);
    }

    /// How many complaints it was measured from.
    public long complaints() {
        return byNode.values().stream().flatMapToLong(Arrays::stream).sum();
    }

    public static DelayCurve merge(DelayCurve a, DelayCurve b) {
        var merged = new DelayCurve();
        for (var curve : new DelayCurve[] {a, b}) {
            curve.byNode.forEach((node, bins) -> {
                var mine = merged.byNode.computeIfAbsent(node, _ -> new long[BINS]);
                for (int bin = 0; bin < BINS; bin++) {
                    mine[bin] = Math.max(mine[bin], bins[bin]);
                }
            });
        }
        merged.renew();
        return merged;
    }

    public byte[] encode() {
        var out = new OctetWriter();
        out.octet(VERSION);
        out.unsigned(byNode.size());
        for (Map.Entry<String, long[]> node : byNode.entrySet()) {
            out.text(node.getKey());
            for (long count : node.getValue()) {
                out.unsigned(count);
            }
        }
        return out.toOctets();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException that says where, when it is not that
    public static DelayCurve decode(byte[] octets) {
        var in = new OctetReader("delay curve", octets);
        in.require(in.octet() == VERSION, "an unknown version");
        var curve = new DelayCurve();
        int nodes = in.count(1 + BINS);
        for (int i = 0; i < nodes; i++) {
            String node = in.text();
            in.require(i == 0 || curve.byNode.lastKey().compareTo(node) < 0, "nodes out of order");
            var bins = new long[BINS];
            for (int bin = 0; bin < BINS; bin++) {
                bins[bin] = in.unsigned(Buckets.MAX_COUNT);
            }
            curve.byNode.put(node, bins);
        }
        in.end();
        curve.renew();
        return curve;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DelayCurve curve && Arrays.equals(encode(), curve.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}
