package tayori.smtp;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all unfinished mails of one server share. Thread-safe.
final class OctetBudget {

    private final AtomicLong left;

    OctetBudget(long octets) {
        left = new AtomicLong(octets);
    }

    /// Takes that much, or nothing.
    boolean take(long octets) {
        while (true) {
            long now = left.get();
            if (now < octets) {
                return false;
            }
            if (left.compareAndSet(now, now - octets)) {
                return true;
            }
        }
    }

    void giveBack(long octets) {
        left.addAndGet(octets);
    }

    long left() {
        return left.get();
    }
}
