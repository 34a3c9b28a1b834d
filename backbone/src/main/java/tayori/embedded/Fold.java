package tayori.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.reputation.DelayCurve;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Observation;

/// Adds up batches in memory: the same ones in the same order give the same, live and after a restart. One thread.
final class Fold {
    private static final Logger LOG = LoggerFactory.getLogger(Fold.class);

    private final String foldingNode;
    private final HotSubjects hot;
    private final Agenda agenda;
    private final BatchIds ids;
    private final StateReader reader;
    private final DelayCurve curve;

    /// What others may read while this thread folds.
    private volatile DelayCurve readableCurve;

    private boolean curveChanged;

    private Map<Long, OctetWriter> newIds = new TreeMap<>();

    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong deltas = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    Fold(
            String foldingNode,
            HotSubjects hot,
            Agenda agenda,
            BatchIds ids,
            StateReader reader,
            DelayCurve before) {
        this.foldingNode = foldingNode;
        this.hot = hot;
        this.agenda = agenda;
        this.ids = ids;
        this.reader = reader;
        this.curve = copyOf(before);
        this.readableCurve = before;
    }

    private static DelayCurve copyOf(DelayCurve curve) {
        return DelayCurve.decode(curve.encode());
    }

    /// Whether a batch was folded before.
    boolean knows(BatchIds.Digest digest) {
        return ids.contains(digest);
    }

    /// Folds a batch, unless it was folded before.
    ///
    /// @param accepted when it was taken in
    /// @throws IOException when the database cannot be read; then the memory lacks what the log has, and must not be written
    void fold(EvidenceBatch batch, BatchIds.Digest digest, Instant accepted) throws IOException {
        long minute = Rescorer.minuteOf(accepted);
        if (!ids.add(digest, minute)) {
            return;
        }
        newIds.computeIfAbsent(minute, _ -> new OctetWriter(1024))
                .fixed(digest.high())
                .fixed(digest.low());
        long hour = Evidence.hourOf(accepted);
        for (var evidence : batch.evidence()) {
            try {
                fold(batch.provider(), evidence, hour);
                deltas.incrementAndGet();
            } catch (RuntimeException | DamagedStateException e) {
                skipped.incrementAndGet();
                LOG.error(
                        "evidence about {} is skipped",
                        HotSubject.forLog(evidence.identity().subject()),
                        e);
            }
        }
        batches.incrementAndGet();
    }

    private void fold(String provider, Evidence evidence, long hour) throws IOException {
        var subject = hot.bring(evidence.identity().subject(), reader);
        if (subject.fold(foldingNode, provider, evidence, hour, hot.checkpoint())) {
            hot.changed(subject);
        }
        long complaints = evidence.counts().get(Observation.COMPLAINTS);
        if (complaints > 0 && evidence.hour() != Evidence.UNKNOWN_HOUR) {
            curve.fold(foldingNode, (double) (hour - evidence.hour()), complaints);
            curveChanged = true;
        }
        agenda.changed(subject.name(), isUrgent(evidence));
    }

    private static boolean isUrgent(Evidence evidence) {
        for (var observation : Observation.values()) {
            if (observation != Observation.MESSAGES && evidence.counts().get(observation) > 0) {
                return true;
            }
        }
        return false;
    }

    /// Lets others see the delays folded so far.
    void showCurve() {
        if (curveChanged) {
            readableCurve = copyOf(curve);
            curveChanged = false;
        }
    }

    /// How long people take to complain. For any thread; the answer never changes.
    DelayCurve curve() {
        return readableCurve;
    }

    /// Forgets a subject unless there was evidence since an hour.
    void forget(String name, long beforeHour) throws IOException {
        var subject = hot.bring(name, reader);
        if (subject.forget(beforeHour, hot.checkpoint())) {
            hot.changed(subject);
            agenda.changed(name, false);
        }
    }

    /// The ids since the last call, by minute.
    Map<Long, OctetWriter> takeNewIds() {
        var taken = newIds;
        newIds = new TreeMap<>();
        return taken;
    }

    /// Takes back ids that a checkpoint failed to write.
    void putBack(Map<Long, byte[]> taken) {
        taken.forEach((minute, digests) ->
                newIds.computeIfAbsent(minute, _ -> new OctetWriter(1024)).raw(digests));
    }

    long expireIds(Instant now) {
        ids.expire(Rescorer.minuteOf(now));
        return ids.oldestMinute();
    }

    int idCount() {
        return ids.size();
    }

    long batches() {
        return batches.get();
    }

    long deltas() {
        return deltas.get();
    }

    long skipped() {
        return skipped.get();
    }
}
