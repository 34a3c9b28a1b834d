package tayori.embedded;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tayori.reputation.EvidenceBatch;

/// The batches of late: which a batch is that comes again. Bounded by time and by number; the oldest go first, a minute at a time.
///
/// Twenty octets a place, in arrays, because there may be millions. For one thread.
final class BatchIds {
    /// A batch by provider, node and id: the first 128 bits of SHA-256, which nobody can make meet another's.
    record Digest(long high, long low) {
        /// Octets of a digest in the database.
        static final int OCTETS = 16;

        static Digest of(EvidenceBatch batch) {
            var text =
                    new OctetWriter(96)
                            .text(batch.provider())
                            .text(batch.node())
                            .text(batch.id())
                            .toOctets();
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
                var buffer = ByteBuffer.wrap(hash);
                return new Digest(buffer.getLong(), buffer.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    private static final int LEAST_PLACES = 1 << 10;

    /// Where the number is exceeded, room is made for this share of it, so that it is not done for each batch.
    private static final int SHARE_TO_DROP = 8;

    private final int maxIds;
    private final long keepMinutes;

    /// How many of each minute.
    private final TreeMap<Long, Integer> sizes = new TreeMap<>();

    private long[] high = new long[LEAST_PLACES];
    private long[] low = new long[LEAST_PLACES];

    /// Minute since 1970, +1; 0 where the place is free.
    private int[] minutes = new int[LEAST_PLACES];

    private int size;
    private int used;
    private long horizon = Long.MIN_VALUE;

    /// @param maxIds most that are kept
    /// @param keep how long each is kept, if there is room
    BatchIds(int maxIds, Duration keep) {
        this.maxIds = maxIds;
        this.keepMinutes = keep.toMinutes();
    }

    boolean contains(Digest digest) {
        int place = place(digest);
        return minutes[place] != 0 && minutes[place] - 1 >= horizon;
    }

    /// @param minute in which the batch was accepted
    /// @return false if it is there already
    boolean add(Digest digest, long minute) {
        if (contains(digest)) {
            return false;
        }
        if (2 * (used + 1) > minutes.length) {
            rebuild();
        }
        int place = place(digest);
        if (minutes[place] == 0) {
            used++;
        }
        high[place] = digest.high();
        low[place] = digest.low();
        long kept = Math.max(minute, horizon); // a clock put back must not let a batch count twice
        minutes[place] = (int) kept + 1;
        sizes.merge(kept, 1, Integer::sum);
        size++;
        if (size > maxIds) {
            dropOldest(maxIds / SHARE_TO_DROP, kept);
        }
        return true;
    }

    /// Forgets what is too old.
    void expire(long nowMinute) {
        forgetBefore(nowMinute - keepMinutes);
    }

    int size() {
        return size;
    }

    /// The oldest minute of which something is kept.
    ///
    /// @return [Long#MAX_VALUE] when nothing is
    long oldestMinute() {
        return sizes.isEmpty() ? Long.MAX_VALUE : sizes.firstKey();
    }

    /// Drops whole minutes, but never the one we are in: more than `maxIds` in one minute are kept for that minute.
    private void dropOldest(int atLeast, long nowMinute) {
        int dropped = 0;
        long minute = horizon;
        for (Map.Entry<Long, Integer> entry : sizes.entrySet()) {
            if (entry.getKey() >= nowMinute || dropped >= atLeast) {
                break;
            }
            dropped += entry.getValue();
            minute = entry.getKey() + 1;
        }
        forgetBefore(minute);
    }

    private void forgetBefore(long minute) {
        if (minute > horizon) {
            horizon = minute;
            var old = sizes.headMap(minute);
            size -= old.values().stream().mapToInt(Integer::intValue).sum();
            old.clear();
        }
    }

    /// Where a digest stands, or would.
    private int place(Digest digest) {
        int mask = minutes.length - 1;
        int place = (int) digest.low() & mask;
        while (minutes[place] != 0
                && (low[place] != digest.low() || high[place] != digest.high())) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /// Drops what is forgotten and takes as much room as the rest needs.
    private void rebuild() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldMinutes = minutes;
        int places = LEAST_PLACES;
        while (places < 4L * (size + 1)) {
            places *= 2;
        }
        high = new long[places];
        low = new long[places];
        minutes = new int[places];
        used = 0;
        for (int i = 0; i < oldMinutes.length; i++) {
            if (oldMinutes[i] != 0 && oldMinutes[i] - 1 >= horizon) {
                int place = place(new Digest(oldHigh[i], oldLow[i]));
                high[place] = oldHigh[i];
                low[place] = oldLow[i];
                minutes[place] = oldMinutes[i];
                used++;
            }
        }
    }
}
