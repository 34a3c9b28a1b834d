package tayori.publication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// Names with a payload: an index of 64-bit slots over a [RecordArena].
///
/// The index is many small tables with open addressing, chosen by the top bits of the hash. A full one is copied by itself,
/// some thousand slots at a time, so that growing never stops anybody. A slot holds 32 bits of hash and a reference to the
/// record, and 0 where nothing ever stood. One writer at a time; readers take no lock.
final class NameTable {
    private static final int SEGMENT_BITS = 12;
    private static final int LEAST_SLOTS = 4;

    /// A slot whose name has been removed: a search goes on there.
    private static final long REMOVED = 0xffff_ffffL;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    private final RecordArena arena;
    private final AtomicReferenceArray<long[]> segments =
            new AtomicReferenceArray<>(1 << SEGMENT_BITS);

    /// Slots of each segment that are not 0, and of these the ones that hold a name.
    private final int[] taken = new int[1 << SEGMENT_BITS];

    private final int[] live = new int[1 << SEGMENT_BITS];
    private final LongAdder size = new LongAdder();
    private final LongAdder slots = new LongAdder();

    NameTable(boolean wide) {
        arena = new RecordArena(wide);
        for (int i = 0; i < 1 << SEGMENT_BITS; i++) {
            segments.setRelease(i, new long[LEAST_SLOTS]);
        }
        slots.add((long) LEAST_SLOTS << SEGMENT_BITS);
    }

    /// Looks up the labels from `first` up to `end`, whose hash was worked out.
    ///
    /// @return its record, 0 for none; then `into` holds its payload
    int find(WireName name, int first, int end, StoredEntry into) {
        long hash = name.hashFrom(first);
        int from = name.start(first);
        int to = name.start(end);
        long[] table = segments.getAcquire(segment(hash));
        for (int i = place(hash, table.length); ; i = next(i, table.length)) {
            long slot = (long) SLOT.getAcquire(table, i);
            if (slot == 0) {
                return 0;
            }
            if ((int) (slot >>> 32) == (int) hash
                    && slot != REMOVED
                    && arena.read((int) slot, name, from, to, into)) {
                return (int) slot;
            }
        }
    }

    /// Adds a whole name that is not there yet.
    void add(WireName name, int number, long first, long second) {
        long hash = name.hashFrom(0);
        int segment = segment(hash);
        if ((taken[segment] + 1) * 5 > segments.getPlain(segment).length * 4) {
            rebuild(segment);
        }
        int record = arena.add(name, name.labels(), number, first, second);
        long[] table = segments.getPlain(segment);
        int i = place(hash, table.length);
        while (table[i] != 0 && table[i] != REMOVED) {
            i = next(i, table.length);
        }
        if (table[i] == 0) {
            taken[segment]++;
        }
        live[segment]++;
        size.increment();
        SLOT.setRelease(table, i, (hash << 32) | (record & 0xffff_ffffL));
    }

    void set(int record, int number, long first, long second) {
        arena.set(record, number, first, second);
    }

    /// Removes a whole name that is there as this record.
    void remove(WireName name, int record) {
        long hash = name.hashFrom(0);
        int segment = segment(hash);
        long[] table = segments.getPlain(segment);
        long wanted = (hash << 32) | (record & 0xffff_ffffL);
        int i = place(hash, table.length);
        while (table[i] != wanted) {
            i = next(i, table.length);
        }
        SLOT.setRelease(table, i, REMOVED);
        live[segment]--;
        size.decrement();
        arena.remove(record);
    }

    /// Where a search begins: the low 32 bits of the hash as a share of the length.
    private static int place(long hash, int length) {
        return (int) (((hash & 0xffff_ffffL) * length) >>> 32);
    }

    private static int next(int place, int length) {
        return place + 1 == length ? 0 : place + 1;
    }

    /// Makes a segment larger by a quarter, which wastes little, or only sweeps it where removed slots are what fills it.
    private void rebuild(int segment) {
        long[] table = segments.getPlain(segment);
        int length = live[segment] * 5 / 3 >= table.length ? table.length * 5 / 4 : table.length;
        var next = new long[length];
        for (long slot : table) {
            if (slot != 0 && slot != REMOVED) {
                int i = place(slot >>> 32, length);
                while (next[i] != 0) {
                    i = next(i, length);
                }
                next[i] = slot;
            }
        }
        taken[segment] = live[segment];
        slots.add(length - table.length);
        segments.setRelease(segment, next);
    }

    private static int segment(long hash) {
        return (int) (hash >>> (64 - SEGMENT_BITS));
    }

    /// Called for each name; each record is whole, the walk is not one moment.
    interface Visitor<E extends Exception> {
        /// @param name the name on the wire, in the first `length` octets
        void visit(byte[] name, int length, StoredEntry entry) throws E;
    }

    <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        var name = new byte[WireName.MAX_OCTETS + 1];
        var entry = new StoredEntry();
        for (int segment = 0; segment < 1 << SEGMENT_BITS; segment++) {
            long[] table = segments.getAcquire(segment);
            for (int i = 0; i < table.length; i++) {
                long slot = (long) SLOT.getAcquire(table, i);
                if (slot != 0 && slot != REMOVED) {
                    int length = arena.read((int) slot, name, entry);
                    if (length > 0) {
                        visitor.visit(name, length, entry);
                    }
                }
            }
        }
    }

    long size() {
        return size.sum();
    }

    /// Memory taken. Unit: octets.
    long bytes() {
        return arena.bytes() + 8 * slots.sum() + ((16L + 4 + 4 + 4) << SEGMENT_BITS);
    }
}
