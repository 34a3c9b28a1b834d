package tayori.lists;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether one list is believed: not before it has passed its first check, and not after it failed one. Thread-safe.
final class ListWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);

    private enum Trust {
        NOT_CHECKED,
        WORKS,
        SWITCHED_OFF
    }

    private final String name;
    private final Supplier<Optional<String>> check;
    private final LongAdder failures;
    private volatile Trust trust = Trust.NOT_CHECKED;

    /// @param check says what is wrong, if anything is
    /// @param failures where failed checks are counted
    ListWatch(String name, Supplier<Optional<String>> check, LongAdder failures) {
        this.name = name;
        this.check = check;
        this.failures = failures;
    }

    boolean works() {
        return trust == Trust.WORKS;
    }

    /// Checks, and says so once when that changes something.
    ///
    /// @return whether the list is believed from now on
    boolean check() {
        var before = trust;
        var wrong = check.get();
        trust = wrong.isEmpty() ? Trust.WORKS : Trust.SWITCHED_OFF;
        if (wrong.isPresent()) {
            failures.increment();
            if (before != Trust.SWITCHED_OFF) {
                LOG.warn("list {} is not asked for now: {}", name, wrong.get());
            }
        } else if (before == Trust.SWITCHED_OFF) {
            LOG.info("list {} works again", name);
        }
        return works();
    }
}
