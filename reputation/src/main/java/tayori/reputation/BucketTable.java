package tayori.reputation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// The buckets that a rate was made of, for an [Explanation].
final class BucketTable {
    /// Digits of a number of messages that are told of one provider.
    private static final int DIGITS = 2;

    private final Ages ages;
    private final Counts[] counts = new Counts[Ages.CELLS];
    private final double[] objections = new double[Ages.CELLS];
    private final List<Explanation.AtProvider> providers = new ArrayList<>();

    BucketTable(Ages ages, List<Ledger> ledgers, List<String> names, int[] firstLedger) {
        this.ages = ages;
        Arrays.fill(counts, Counts.NONE);
        for (var ledger : ledgers) {
            for (var timeline : List.of(ledger.dated(), ledger.undated())) {
                add(timeline.hours(), true);
                add(timeline.days(), false);
            }
        }
        var cells = new Cells(ages);
        for (int provider = 0; provider < names.size(); provider++) {
            cells.load(ledgers, firstLedger[provider], firstLedger[provider + 1]);
            add(names.get(provider), cells);
        }
        providers.sort(Comparator.comparingLong(Explanation.AtProvider::messages).reversed());
    }

    private void add(Buckets buckets, boolean byHour) {
        for (int i = 0; i < buckets.size(); i++) {
            long slot = buckets.slot(i);
            int cell = byHour ? ages.cellOfHour(slot) : ages.cellOfDay(slot);
            if (cell >= 0) {
                counts[cell] = counts[cell].plus(buckets.counts(i));
            }
        }
    }

    private void add(String provider, Cells cells) {
        long messages = 0;
        long complaints = 0;
        for (int cell = 0; cell < Ages.CELLS; cell++) {
            if (Ages.counts(cell)) {
                messages += cells.messages[cell];
                complaints += cells.complaints[cell] + cells.undated[cell];
                objections[cell] +=
                        cells.complaints[cell]
                                + cells.undated[cell]
                                + cells.optOuts[cell] * ages.within[cell];
            }
        }
        providers.add(
                new Explanation.AtProvider(provider, toTwoDigits(messages), told(complaints)));
    }

    private static long toTwoDigits(long number) {
        long unit = 1;
        while (number / unit >= Math.powExact(10L, DIGITS)) {
            unit *= 10;
        }
        return number / unit * unit;
    }

    private static OptionalLong told(long complaints) {
        int k = Explanation.K_ANONYMITY;
        return complaints < k ? OptionalLong.empty() : OptionalLong.of(complaints / k * k);
    }

    long messagesWithin(Duration age) {
        long sum = 0;
        for (int cell = 0; cell < Ages.CELLS; cell++) {
            if (Ages.counts(cell) && ages.hours(cell) <= age.toHours()) {
                sum += counts[cell].get(Observation.MESSAGES);
            }
        }
        return sum;
    }

    List<Explanation.AtProvider> providers() {
        return providers;
    }

    List<Explanation.Bucket> buckets() {
        var buckets = new ArrayList<Explanation.Bucket>();
        for (int cell = 0; cell < Ages.CELLS; cell++) {
            if (Ages.counts(cell) && !counts[cell].isEmpty()) {
                buckets.add(bucket(cell));
            }
        }
        return buckets;
    }

    private Explanation.Bucket bucket(int cell) {
        var weights = new ArrayList<Double>();
        for (int row = 0; row < ages.weights.length - 1; row++) {
            weights.add(ages.weights[row][cell]);
        }
        return new Explanation.Bucket(
                ages.start(cell),
                Ages.length(cell),
                counts[cell],
                weights,
                ages.within[cell],
                objections[cell]);
    }
}
