package tayori.reputation;

import java.util.Arrays;

/// Counters by time slot (an hour or a day), sparse and sorted: the grow-only counters of one node for one provider.
/// Merging takes the larger of two, counter by counter.
final class Buckets {
    /// Where a counter stops: what no sender reaches, and what leaves room to add up a thousand of them. Unit: events of
    /// one bucket.
    static final long MAX_COUNT = 1L << 48;

    private static final int WIDTH = Counts.SIZE;

    private long[] slots;
    private long[] counters;
    private int size;

    Buckets() {
        this(0);
    }

    private Buckets(int capacity) {
        slots = new long[capacity];
        counters = new long[capacity * WIDTH];
    }

    int size() {
        return size;
    }

    long slot(int index) {
        return slots[index];
    }

    long count(int index, Observation observation) {
        return counters[index * WIDTH + observation.code()];
    }

    Counts counts(int index) {
        return Counts.copyOf(counters, index * WIDTH);
    }

    void add(long slot, Counts counts) {
        int place = at(slot);
        counts.addTo(counters, place * WIDTH, MAX_COUNT);
    }

    /// The place of a slot, made when there is none. Almost always it is the newest.
    private int at(long slot) {
        if (size > 0 && slots[size - 1] == slot) {
            return size - 1;
        }
        int place = Arrays.binarySearch(slots, 0, size, slot);
        if (place >= 0) {
            return place;
        }
        int insertion = -place - 1;
        if (size == slots.length) {
            int capacity = Math.max(4, size + (size >> 1));
            slots = Arrays.copyOf(slots, capacity);
            counters = Arrays.copyOf(counters, capacity * WIDTH);
        }
        System.arraycopy(slots, insertion, slots, insertion + 1, size - insertion);
        System.arraycopy(
                counters,
                insertion * WIDTH,
                counters,
                (insertion + 1) * WIDTH,
                (size - insertion) * WIDTH);
        Arrays.fill(counters, insertion * WIDTH, (insertion + 1) * WIDTH, 0);
        slots[insertion] = slot;
        size++;
        return insertion;
    }

    static Buckets merge(Buckets a, Buckets b) {
        var merged = new Buckets(a.size + b.size);
        int i = 0;
        int j = 0;
        while (i < a.size || j < b.size) {
            if (j == b.size || (i < a.size && a.slots[i] < b.slots[j])) {
                merged.append(a, i++);
            } else if (i == a.size || b.slots[j] < a.slots[i]) {
                merged.append(b, j++);
            } else {
                merged.append(a, i++);
                merged.raiseLast(b, j++);
            }
        }
        return merged;
    }

    private void append(Buckets from, int index) {
        slots[size] = from.slots[index];
        System.arraycopy(from.counters, index * WIDTH, counters, size * WIDTH, WIDTH);
        size++;
    }

    private void raiseLast(Buckets other, int index) {
        int mine = (size - 1) * WIDTH;
        for (int k = 0; k < WIDTH; k++) {
            counters[mine + k] = Math.max(counters[mine + k], other.counters[index * WIDTH + k]);
        }
    }

    /// Forgets what lies before a slot.
    void dropBefore(long slot) {
        int place = Arrays.binarySearch(slots, 0, size, slot);
        int first = place >= 0 ? place : -place - 1;
        if (first > 0) {
            slots = Arrays.copyOfRange(slots, first, size);
            counters = Arrays.copyOfRange(counters, first * WIDTH, size * WIDTH);
            size -= first;
        }
    }

    /// Number of buckets, then of each the gap to the one before, which counters are not zero (a bit each), and those.
    void write(OctetWriter out, long base) {
        out.unsigned(size);
        long before = base;
        for (int i = 0; i < size; i++) {
            if (i == 0) {
                out.signed(slots[i] - before);
            } else {
                out.unsigned(slots[i] - before);
            }
            before = slots[i];
            int used = 0;
            for (int k = 0; k < WIDTH; k++) {
                used |= counters[i * WIDTH + k] == 0 ? 0 : 1 << k;
            }
            out.unsigned(used);
            for (int k = 0; k < WIDTH; k++) {
                if (((used >> k) & 1) != 0) {
                    out.unsigned(counters[i * WIDTH + k]);
                }
            }
        }
    }

    static Buckets read(OctetReader in, long base) {
        int size = in.count(OCTETS_PER_BUCKET);
        var buckets = new Buckets(size);
        long slot = base;
        for (int i = 0; i < size; i++) {
            long gap = i == 0 ? in.signed() : in.unsigned(OctetReader.MAX_TIME);
            slot += gap;
            in.require(slot >= 0 && slot <= OctetReader.MAX_TIME, "a time out of range");
            in.require(i == 0 || gap > 0, "buckets out of order");
            buckets.slots[i] = slot;
            long used = in.unsigned((1L << WIDTH) - 1);
            for (int k = 0; k < WIDTH; k++) {
                if (((used >> k) & 1) != 0) {
                    long count = in.unsigned(MAX_COUNT);
                    in.require(count > 0, "a zero that need not stand there");
                    buckets.counters[i * WIDTH + k] = count;
                }
            }
            buckets.size++;
        }
        return buckets;
    }

    /// Fewest octets that a bucket takes: gap, bits.
    private static final int OCTETS_PER_BUCKET = 2;

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets buckets
                && size == buckets.size
                && Arrays.equals(slots, 0, size, buckets.slots, 0, size)
                && Arrays.equals(counters, 0, size * WIDTH, buckets.counters, 0, size * WIDTH);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + Long.hashCode(slots[i]);
        }
        for (int i = 0; i < size * WIDTH; i++) {
            hash = 31 * hash + Long.hashCode(counters[i]);
        }
        return hash;
    }
}
