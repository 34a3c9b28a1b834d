package tayori.publication;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Records outside the heap: header, payload, name. Its writer is one thread at a time; readers are many and take no lock.
///
///     0   header: 24 bits that change with every change, odd while one is going on; 8 bits length of the name
///     4   int
///     8   two longs, in a wide arena only
///     …   name as on the wire, filled up to four octets
///
/// A reader that finds the same even header before and after has read a whole record. A freed record is used again only
/// for one of the same size, so that a header always stands where a header stood.
final class RecordArena {
    /// Records begin at multiples of this. Unit: octets; a reference counts in it.
    private static final int STEP = 4;

    private static final int CHUNK_BITS = 20;

    /// Size of one piece of memory. Unit: octets.
    static final int CHUNK = 1 << CHUNK_BITS;

    private static final int NARROW = 8;
    private static final int WIDE = 24;
    private static final int LONGEST = WIDE + WireName.MAX_OCTETS + STEP;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    /// Memory of a table that nobody uses any more goes with it: no reader can be left behind.
    private final Arena memory = Arena.ofAuto();

    private final int nameAt;
    private volatile MemorySegment[] chunks = {};
    private long used = STEP; // so that no record has the reference 0

    /// First freed record of each size; the next one stands in its int. 0 for none.
    private final int[] free = new int[LONGEST / STEP + 1];

    RecordArena(boolean wide) {
        nameAt = wide ? WIDE : NARROW;
    }

    private MemorySegment chunk(int record) {
        return chunks[record >>> (CHUNK_BITS - 2)];
    }

    private static long offset(int record) {
        return ((long) record * STEP) & (CHUNK - 1);
    }

    int add(WireName name, int end, int number, long first, long second) {
        int length = name.start(end);
        int size = (nameAt + length + STEP - 1) / STEP;
        int record = take(size);
        MemorySegment chunk = chunk(record);
        long at = offset(record);
        int header = begin(chunk, at);
        MemorySegment.copy(name.octets, 0, chunk, JAVA_BYTE, at + nameAt, length);
        payload(chunk, at, number, first, second);
        INT.setRelease(chunk, at, (header & ~0xff) + 0x100 | length);
        return record;
    }

    void set(int record, int number, long first, long second) {
        MemorySegment chunk = chunk(record);
        long at = offset(record);
        int header = begin(chunk, at);
        payload(chunk, at, number, first, second);
        INT.setRelease(chunk, at, (header & ~0xff) + 0x100 | (header & 0xff));
    }

    void remove(int record) {
        MemorySegment chunk = chunk(record);
        long at = offset(record);
        int header = begin(chunk, at);
        int size = (nameAt + (header & 0xff) + STEP - 1) / STEP;
        chunk.set(JAVA_INT, at + 4, free[size]);
        free[size] = record;
        INT.setRelease(chunk, at, (header & ~0xff) + 0x100);
    }

    private static int begin(MemorySegment chunk, long at) {
        int header = chunk.get(JAVA_INT, at) + 0x100;
        chunk.set(JAVA_INT, at, header);
        VarHandle.storeStoreFence();
        return header;
    }

    private void payload(MemorySegment chunk, long at, int number, long first, long second) {
        chunk.set(JAVA_INT, at + 4, number);
        if (nameAt == WIDE) {
            chunk.set(JAVA_LONG_UNALIGNED, at + 8, first);
            chunk.set(JAVA_LONG_UNALIGNED, at + 16, second);
        }
    }

    private int take(int size) {
        int record = free[size];
        if (record != 0) {
            free[size] = chunk(record).get(JAVA_INT, offset(record) + 4);
            return record;
        }
        long octets = (long) size * STEP;
        if (((used + octets + WireName.SLACK - 1) >>> CHUNK_BITS) != (used >>> CHUNK_BITS)
                || used >>> CHUNK_BITS >= chunks.length) {
            int next = chunks.length;
            used = Math.max(used, (long) next << CHUNK_BITS);
            var more = Arrays.copyOf(chunks, next + 1);
            more[next] = memory.allocate(CHUNK, Long.BYTES);
            chunks = more;
        }
        record = (int) (used / STEP);
        used += octets;
        return record;
    }

    /// Reads a record if it has this name.
    ///
    /// @return whether it has; then `into` holds its payload as it was at one moment
    boolean read(int record, WireName name, int from, int to, StoredEntry into) {
        MemorySegment chunk = chunk(record);
        long at = offset(record);
        while (true) {
            int header = (int) INT.getAcquire(chunk, at);
            boolean same =
                    (header & 0xff) == to - from
                            && sameName(chunk, at + nameAt, name.octets, from, to - from);
            if (same) {
                load(chunk, at, into);
            }
            VarHandle.loadLoadFence();
            if ((header & 0x100) == 0 && header == (int) INT.getOpaque(chunk, at)) {
                return same;
            }
            Thread.onSpinWait();
        }
    }

    /// Reads a record with its name, whatever it is.
    ///
    /// @return length of the name, which stands at the beginning of `name`; 0 for a freed record
    int read(int record, byte[] name, StoredEntry into) {
        MemorySegment chunk = chunk(record);
        long at = offset(record);
        while (true) {
            int header = (int) INT.getAcquire(chunk, at);
            int length = header & 0xff;
            MemorySegment.copy(chunk, JAVA_BYTE, at + nameAt, name, 0, length);
            load(chunk, at, into);
            VarHandle.loadLoadFence();
            if ((header & 0x100) == 0 && header == (int) INT.getOpaque(chunk, at)) {
                return length;
            }
            Thread.onSpinWait();
        }
    }

    private void load(MemorySegment chunk, long at, StoredEntry into) {
        into.number = chunk.get(JAVA_INT, at + 4);
        if (nameAt == WIDE) {
            into.first = chunk.get(JAVA_LONG_UNALIGNED, at + 8);
            into.second = chunk.get(JAVA_LONG_UNALIGNED, at + 16);
        }
    }

    private static boolean sameName(
            MemorySegment chunk, long at, byte[] octets, int from, int length) {
        int i = 0;
        for (; length - i > Long.BYTES; i += Long.BYTES) {
            if (word(chunk, at + i) != (long) WireName.LONGS.get(octets, from + i)) {
                return false;
            }
        }
        long different = word(chunk, at + i) ^ (long) WireName.LONGS.get(octets, from + i);
        return different << ((Long.BYTES - (length - i)) << 3) == 0;
    }

    private static long word(MemorySegment chunk, long at) {
        return chunk.get(LITTLE, at);
    }

    private static final ValueLayout.OfLong LITTLE =
            JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

    /// Memory taken. Unit: octets.
    long bytes() {
        return (long) chunks.length << CHUNK_BITS;
    }
}
