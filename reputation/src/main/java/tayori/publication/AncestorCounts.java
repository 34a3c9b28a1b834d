package tayori.publication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How many names lie below a name that is not listed itself: such an *empty non-terminal* exists, so that it must not be
/// answered with NXDOMAIN, which would deny all that is below it (RFC 8020 §2).
///
/// Kept by 64-bit hash alone; two names that share one would only make one wrong NODATA. Written by one thread at a time, read
/// by any.
final class AncestorCounts {
    private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LEAST = 64;

    /// Hash and count, one after the other; a hash of 0 for a free place.
    private volatile long[] pairs = new long[2 * LEAST];

    private int taken;

    boolean any(long hash) {
        long[] table = pairs;
        int at = find(table, key(hash));
        return (long) LONG.getAcquire(table, at) != 0 && (long) LONG.getOpaque(table, at + 1) > 0;
    }

    void add(long hash, int difference) {
        long[] table = pairs;
        int at = find(table, key(hash));
        LONG.setOpaque(table, at + 1, table[at + 1] + difference);
        if (table[at] == 0) {
            LONG.setRelease(table, at, key(hash));
            if (++taken * 3 > table.length) {
                grow(table);
            }
        }
    }

    /// Places whose count has gone to zero stay until the table is rebuilt; here they are left out.
    private void grow(long[] table) {
        int live = 0;
        for (int i = 0; i < table.length; i += 2) {
            live += table[i + 1] > 0 ? 1 : 0;
        }
        var next = new long[2 * Math.max(LEAST, Integer.highestOneBit(live) * 4)];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i + 1] > 0) {
                int at = find(next, table[i]);
                next[at] = table[i];
                next[at + 1] = table[i + 1];
            }
        }
        taken = live;
        pairs = next;
    }

    private static int find(long[] table, long key) {
        int mask = table.length - 1;
        int at = (int) (key << 1) & mask;
        while (true) {
            long there = (long) LONG.getAcquire(table, at);
            if (there == key || there == 0) {
                return at;
            }
            at = (at + 2) & mask;
        }
    }

    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }

    /// Memory taken. Unit: octets.
    long bytes() {
        return 8L * pairs.length;
    }
}
