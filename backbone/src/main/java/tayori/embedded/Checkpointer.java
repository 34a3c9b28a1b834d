package tayori.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tayori.reputation.DelayCurve;
import tayori.reputation.Evidence;

/// Brings what changed in memory into the database, in one transaction with the place in the log that it reaches to. One
/// thread; the beginning and the end of each checkpoint run on the thread that folds.
final class Checkpointer {
    /// Subjects forgotten in one checkpoint: at the default interval 28 million a day. Unit: subjects.
    private static final int MAX_FORGOTTEN = 10_000;

    private final String foldingNode;
    private final Fold fold;
    private final HotSubjects hot;
    private final Agenda agenda;
    private final EvidenceLog log;
    private final CheckpointWriter writer;
    private final StateReader reader;
    private final Duration idleTime;
    private final InstantSource clock;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable Instant last;
    private volatile @Nullable String failure;

    /// Runs something on the thread that folds, between two batches.
    interface BetweenBatches {
        <T> T call(Callable<T> task) throws IOException;
    }

    Checkpointer(
            String foldingNode,
            Fold fold,
            HotSubjects hot,
            Agenda agenda,
            EvidenceLog log,
            CheckpointWriter writer,
            StateReader reader,
            Duration idleTime,
            InstantSource clock) {
        this.foldingNode = foldingNode;
        this.fold = fold;
        this.hot = hot;
        this.agenda = agenda;
        this.log = log;
        this.writer = writer;
        this.reader = reader;
        this.idleTime = idleTime;
        this.clock = clock;
    }

    /// What is to be written, all of one moment.
    private record Part(
            long checkpoint,
            long frame,
            DelayCurve curve,
            Collection<HotSubject> subjects,
            Agenda.Part agenda,
            Map<Long, byte[]> ids,
            long oldestMinute) {}

    /// Takes a checkpoint.
    ///
    /// @throws IOException when the database did not take it; the next one will bring it
    void take(BetweenBatches between) throws IOException {
        long idleBefore = Evidence.hourOf(clock.instant().minus(idleTime));
        try {
            var idle = reader.idle(idleBefore, MAX_FORGOTTEN);
            var part = between.call(() -> begin(idle, idleBefore));
            try {
                write(part);
            } catch (IOException | RuntimeException e) {
                between.call(() -> putBack(part));
                throw e;
            }
            failure = null;
            between.call(() -> committed(part));
            writer.vacuum();
        } catch (IOException e) {
            failed.incrementAndGet();
            failure = e.getMessage();
            throw e;
        }
    }

    private Part begin(Collection<String> idle, long idleBefore) throws IOException {
        for (String name : idle) {
            fold.forget(name, idleBefore);
        }
        long oldestMinute = fold.expireIds(clock.instant());
        var ids = new TreeMap<Long, byte[]>();
        fold.takeNewIds().forEach((minute, digests) -> ids.put(minute, digests.toOctets()));
        long number = hot.checkpoint();
        return new Part(
                number, log.last(), fold.curve(), hot.begin(), agenda.begin(), ids, oldestMinute);
    }

    private void write(Part part) throws IOException {
        var now = clock.instant();
        long hour = Evidence.hourOf(now);
        writer.write(
                new Checkpoint(
                        new Checkpoint.Mark(part.frame(), foldingNode, part.curve(), now),
                        part.subjects().stream()
                                .map(subject -> subject.take(part.checkpoint(), hour)),
                        part.agenda().scored(),
                        part.agenda().unscored(),
                        part.ids(),
                        part.oldestMinute()));
    }

    private boolean committed(Part part) throws IOException {
        hot.committed();
        agenda.committed();
        taken.incrementAndGet();
        last = clock.instant();
        log.deleteCovered(part.frame());
        return true;
    }

    private boolean putBack(Part part) {
        hot.failed();
        agenda.failed();
        fold.putBack(part.ids());
        return true;
    }

    long taken() {
        return taken.get();
    }

    long failed() {
        return failed.get();
    }

    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    /// Why the last one failed, if it did.
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
