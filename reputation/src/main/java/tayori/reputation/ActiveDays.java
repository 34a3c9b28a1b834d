package tayori.reputation;

import java.util.Arrays;

/// Days on which mail came: a bitmap, merged by OR.
final class ActiveDays {
    /// How long a day is remembered: a year, so that a letter once a month makes a sender known. Unit: days.
    static final int DAYS = 366;

    private static final int BITS = Long.SIZE;

    /// Day divided by 64 of the first word; the first and the last word are not zero.
    private long base;

    private long[] words = {};

    void add(long day) {
        long word = Math.floorDiv(day, BITS);
        if (words.length == 0) {
            base = word;
            words = new long[1];
        } else if (word < base) {
            var wider = new long[words.length + (int) (base - word)];
            System.arraycopy(words, 0, wider, (int) (base - word), words.length);
            words = wider;
            base = word;
        } else if (word - base >= words.length) {
            words = Arrays.copyOf(words, (int) (word - base) + 1);
        }
        words[(int) (word - base)] |= 1L << Math.floorMod(day, BITS);
    }

    int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    static ActiveDays merge(ActiveDays a, ActiveDays b) {
        var merged = new ActiveDays();
        if (a.words.length == 0 || b.words.length == 0) {
            var only = a.words.length == 0 ? b : a;
            merged.base = only.base;
            merged.words = only.words.clone();
            return merged;
        }
        merged.base = Math.min(a.base, b.base);
        long end = Math.max(a.base + a.words.length, b.base + b.words.length);
        merged.words = new long[(int) (end - merged.base)];
        merged.or(a);
        merged.or(b);
        return merged;
    }

    private void or(ActiveDays other) {
        int shift = (int) (other.base - base);
        for (int i = 0; i < other.words.length; i++) {
            words[i + shift] |= other.words[i];
        }
    }

    void dropBefore(long day) {
        if (words.length == 0) {
            return;
        }
        long word = Math.floorDiv(day, BITS);
        int kept = Math.clamp(word - base, 0, words.length);
        if (kept < words.length && word >= base) {
            words[kept] &= -1L << Math.floorMod(day, BITS);
        }
        while (kept < words.length && words[kept] == 0) {
            kept++;
        }
        words = Arrays.copyOfRange(words, kept, words.length);
        base = words.length == 0 ? 0 : base + kept;
    }

    /// Runs of days: how many, then of each the days left out before it and its length.
    void write(OctetWriter out, long baseDay) {
        out.unsigned(runs());
        long end = baseDay;
        boolean first = true;
        for (long day = next(base * BITS, true); day >= 0; day = next(end, true)) {
            if (first) {
                out.signed(day - end);
            } else {
                out.unsigned(day - end);
            }
            first = false;
            end = next(day, false);
            out.unsigned(end - day);
        }
    }

    private int runs() {
        int runs = 0;
        boolean before = false;
        for (long word : words) {
            runs += Long.bitCount(word & ~((word << 1) | (before ? 1 : 0)));
            before = word < 0;
        }
        return runs;
    }

    /// The first day from one on that is active, or is not; -1 when no more is active.
    private long next(long day, boolean active) {
        for (long d = day; d < (base + words.length) * BITS; d++) {
            long word = words[(int) (Math.floorDiv(d, BITS) - base)];
            if (((word >> Math.floorMod(d, BITS)) & 1) == (active ? 1 : 0)) {
                return d;
            }
        }
        return active ? -1 : (base + words.length) * BITS;
    }

    static ActiveDays read(OctetReader in, long baseDay) {
        var days = new ActiveDays();
        int runs = in.count(2);
        long end = baseDay;
        long first = 0;
        for (int i = 0; i < runs; i++) {
            long gap = i == 0 ? in.signed() : in.unsigned(MAX_SPAN);
            in.require(i == 0 || gap > 0, "days out of order");
            long day = end + gap;
            first = i == 0 ? day : first;
            end = day + in.unsigned(MAX_SPAN);
            in.require(end > day, "an empty run of days");
            in.require(day >= 0 && end <= OctetReader.MAX_TIME, "a day out of range");
            in.require(end - first <= MAX_SPAN, "days too far apart");
            for (long d = day; d < end; d++) {
                days.add(d);
            }
        }
        return days;
    }

    /// From the first to the last day in stored state: a thousand years, so that no clock set wrong makes a state that
    /// cannot be read, and no stored octets ask for more than 46 kB. Unit: days.
    private static final int MAX_SPAN = 1_000 * DAYS;

    @Override
    public boolean equals(Object other) {
        return other instanceof ActiveDays days
                && base == days.base
                && Arrays.equals(words, days.words);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(base) + Arrays.hashCode(words);
    }
}
