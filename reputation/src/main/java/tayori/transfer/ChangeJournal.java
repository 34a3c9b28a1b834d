package tayori.transfer;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tayori.transfer.ZoneSource.Change;

/// What changed in one zone, and the serial that says so. Remembers the last changes, within a limit; who has an older state
/// takes the whole zone.
///
/// The changes of one second become one step: a serial never stands for two different states, so it moves only once the second
/// is over, or when a snapshot needs it now ([#close]). A serial is the time in seconds since 1970 (RFC 1912 §2.2 leaves the
/// choice), or one more than the last where that is not later. All methods may be called by any thread.
public final class ChangeJournal {
    /// Most records remembered, unless told. Unit: records; each some 150 octets, so 15 MB.
    public static final int DEFAULT_MAX_RECORDS = 100_000;

    private final InstantSource clock;
    private final int maxRecords;
    private final Deque<Change> steps = new ArrayDeque<>();
    private int records;
    private long serial;

    /// The step not closed yet.
    private final Set<ZoneRecord> removed = new LinkedHashSet<>();

    private final Set<ZoneRecord> added = new LinkedHashSet<>();
    private long openSince;

    /// @param serial the serial of the zone as it is now
    /// @param maxRecords most records remembered, of all steps together; at least 1
    public ChangeJournal(InstantSource clock, long serial, int maxRecords) {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be 1 or more, not " + maxRecords);
        }
        this.clock = clock;
        this.serial = serial & SerialNumber.MAX;
        this.maxRecords = maxRecords;
    }

    /// Takes down one change. What is removed and added again within a second leaves no trace.
    public synchronized void record(List<ZoneRecord> gone, List<ZoneRecord> come) {
        closeWhenOver();
        if (removed.isEmpty() && added.isEmpty()) {
            openSince = now();
        }
        for (var record : gone) {
            if (!added.remove(record)) {
                removed.add(record);
            }
        }
        for (var record : come) {
            if (!removed.remove(record)) {
                added.add(record);
            }
        }
    }

    /// The serial of the present state, as far as others are to see it.
    public synchronized long serial() {
        closeWhenOver();
        return serial;
    }

    /// Ends the step now and gives the serial of all that was taken down so far: for a snapshot. Whoever calls it sees to it
    /// that no change falls between this and the snapshot.
    public synchronized long close() {
        int size = removed.size() + added.size();
        if (size == 0) {
            return serial;
        }
        long before = serial;
        long time = now() & SerialNumber.MAX;
        serial = SerialNumber.isAfter(time, serial) ? time : SerialNumber.next(serial);
        if (size > maxRecords) {
            steps.clear();
            records = 0;
        } else {
            steps.add(new Change(before, serial, new ArrayList<>(removed), new ArrayList<>(added)));
            records += size;
            while (records > maxRecords) {
                records -= size(steps.remove());
            }
        }
        removed.clear();
        added.clear();
        return serial;
    }

    /// Forgets all steps and moves the serial: the zone was replaced, or a snapshot of it was blurred.
    public synchronized long startOver() {
        close();
        steps.clear();
        records = 0;
        long time = now() & SerialNumber.MAX;
        serial = SerialNumber.isAfter(time, serial) ? time : SerialNumber.next(serial);
        return serial;
    }

    /// The steps from a serial to the present one; none where it is the present one; nothing where it is not remembered.
    public synchronized Optional<List<Change>> since(long from) {
        closeWhenOver();
        if (from == serial) {
            return Optional.of(List.of());
        }
        var later = new ArrayList<Change>();
        for (var step : steps) {
            if (!later.isEmpty() || step.from() == from) {
                later.add(step);
            }
        }
        return later.isEmpty() ? Optional.empty() : Optional.of(later);
    }

    private void closeWhenOver() {
        if (now() != openSince) {
            close();
        }
    }

    private static int size(Change step) {
        return step.removed().size() + step.added().size();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
