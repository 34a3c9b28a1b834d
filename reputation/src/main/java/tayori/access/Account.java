package tayori.access;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What one client has used of his limits. Outlives a reload, so that a reload gives nobody a second allowance.
final class Account {
    private static final long SECOND = 1_000_000_000L;

    /// Low bits of [#today] that count; the day stands above them. 2^42 is more than [Client#MAX_QUERIES_PER_DAY].
    private static final int COUNT_BITS = 42;

    private static final long COUNT = (1L << COUNT_BITS) - 1;

    final String name;
    final LongAdder allowed = new LongAdder();
    final LongAdder otherZone = new LongAdder();
    final LongAdder tooManyThisSecond = new LongAdder();
    final LongAdder tooManyToday = new LongAdder();

    /// When the allowance will be whole again, in nanoseconds after [#origin]: a token bucket in one number. Every query
    /// moves it by one interval; it may run ahead of the clock by one second.
    private final AtomicLong wholeAgain = new AtomicLong();

    private final AtomicLong today = new AtomicLong();
    private final long origin;

    Account(String name, long nanoTime) {
        this.name = name;
        this.origin = nanoTime;
    }

    /// @param nanoTime in the time of [System#nanoTime]
    boolean takeOfSecond(long queriesPerSecond, long nanoTime) {
        long now = nanoTime - origin;
        long interval = SECOND / queriesPerSecond;
        while (true) {
            long before = wholeAgain.get();
            long after = Math.max(before, now) + interval;
            if (after - now > SECOND) {
                return false;
            }
            if (wholeAgain.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /// @param day since 1970-01-01
    boolean takeOfDay(long queriesPerDay, long day) {
        while (true) {
            long before = today.get();
            boolean sameDay = before >>> COUNT_BITS == day;
            if (sameDay && (before & COUNT) >= queriesPerDay) {
                return false;
            }
            long after = sameDay ? before + 1 : (day << COUNT_BITS) + 1;
            if (today.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    Usage usage() {
        return new Usage(
                name, allowed.sum(), otherZone.sum(), tooManyThisSecond.sum(), tooManyToday.sum());
    }
}
