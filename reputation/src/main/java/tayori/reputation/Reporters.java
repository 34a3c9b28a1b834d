package tayori.reputation;

import java.util.Map;
import java.util.TreeMap;

/// How many different people complained lately: a [DistinctCounter] for each month of 30 days, of which the present and
/// the one before count. So one reader who complains every day stays one, and those of last year are forgotten.
final class Reporters {
    /// Unit: days.
    static final int MONTH = 30;

    /// Months that are kept, the present one included.
    static final int MONTHS = 2;

    private final TreeMap<Long, DistinctCounter> byMonth = new TreeMap<>();

    private static long monthOf(long hour) {
        return Math.floorDiv(Timeline.dayOf(hour), MONTH);
    }

    void add(long hour, Iterable<Long> hashes) {
        var counter = byMonth.computeIfAbsent(monthOf(hour), _ -> new DistinctCounter());
        for (long hash : hashes) {
            counter.add(hash);
        }
    }

    long estimate(long nowHour) {
        var recent = byMonth.tailMap(monthOf(nowHour) - MONTHS + 1, true).values();
        if (recent.isEmpty()) {
            return 0;
        }
        var all = new DistinctCounter();
        recent.forEach(all::raise);
        return all.estimate();
    }

    static Reporters merge(Reporters a, Reporters b) {
        var merged = new Reporters();
        merged.raise(a);
        merged.raise(b);
        return merged;
    }

    private void raise(Reporters other) {
        other.byMonth.forEach((month, counter) ->
                byMonth.computeIfAbsent(month, _ -> new DistinctCounter()).raise(counter));
    }

    void compact(long nowHour) {
        byMonth.headMap(monthOf(nowHour) - MONTHS + 1, false).clear();
    }

    void write(OctetWriter out) {
        out.unsigned(byMonth.size());
        for (Map.Entry<Long, DistinctCounter> month : byMonth.entrySet()) {
            out.unsigned(month.getKey());
            month.getValue().write(out);
        }
    }

    static Reporters read(OctetReader in) {
        var reporters = new Reporters();
        int months = in.count(2);
        long before = -1;
        for (int i = 0; i < months; i++) {
            long month = in.unsigned(OctetReader.MAX_TIME);
            in.require(month > before, "months out of order");
            reporters.byMonth.put(month, DistinctCounter.read(in));
            before = month;
        }
        return reporters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reporters reporters && byMonth.equals(reporters.byMonth);
    }

    @Override
    public int hashCode() {
        return byMonth.hashCode();
    }
}
