package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.reputation.DelayCurve;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Explanation;
import tayori.reputation.Identity;
import tayori.reputation.IdentityState;
import tayori.reputation.Published;

/// The reputation of one process, in one folder. Evidence is in the log when it is acknowledged, in memory when it is folded,
/// and in the database with the next checkpoint, which says how much of the log it holds: after a crash the rest is folded
/// from the log, each batch once.
///
/// One process at a time; others may [#openReadOnly].
public final class EmbeddedEngine implements EvidenceSink, ReputationReader {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);

    /// After a checkpoint that failed, how long until the next.
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final EmbeddedOptions options;
    private final ScoringRules rules;
    private final InstantSource clock;
    private final SegmentFiles files;

    /// Closed in the other order.
    private final Deque<Closeable> resources = new ArrayDeque<>();

    private final Agenda agenda = new Agenda();
    private final HotSubjects hot;
    private final Fold fold;
    private final EvidenceLog log;
    private final Intake intake;
    private final Checkpointer checkpointer;
    private final StoredReputation reading;
    private final Worker checkpoints;
    private @Nullable Worker scoring;
    private volatile @Nullable Rescorer rescorer;
    private boolean closed;

    private EmbeddedEngine(
            Path directory,
            EmbeddedOptions options,
            ScoringRules rules,
            InstantSource clock,
            SegmentFiles files)
            throws IOException {
        this.directory = directory;
        this.options = options;
        this.rules = rules;
        this.clock = clock;
        this.files = files;
        this.hot = new HotSubjects(options.maxHotSubjects());
        try {
            PrivateFiles.createFolder(directory);
            closeLater(DirectoryLock.of(directory));
            var writer = closeLater(CheckpointWriter.open(directory));
            var readers = closeLater(new StateReaders(directory));
            var foldReader = closeLater(StateReader.open(directory));
            var mark = mark(foldReader, writer);
            var ids = new BatchIds(options.maxBatchIds(), options.batchIdTime());
            foldReader.readBatchIds(ids);
            fold = new Fold(mark.foldingNode(), hot, agenda, ids, foldReader, mark.delayCurve());
            log =
                    closeLater(
                            EvidenceLog.open(
                                    directory,
                                    mark.frame(),
                                    options.maxSegmentOctets(),
                                    files,
                                    RANDOM::nextLong,
                                    this::foldAgain));
            fold.showCurve();
            intake = new Intake(log, fold, clock, this::isRoom);
            checkpointer =
                    new Checkpointer(
                            mark.foldingNode(),
                            fold,
                            hot,
                            agenda,
                            log,
                            writer,
                            closeLater(StateReader.open(directory)),
                            options.idleTime(),
                            clock);
            reading = new StoredReputation(readers, rules, memory());
            checkpoints = new Worker("tayori-checkpoint", this::takeDueCheckpoint);
        } catch (IOException | RuntimeException e) {
            closeResources().forEach(e::addSuppressed);
            throw e;
        }
    }

    /// Opens a folder, makes it if it is not there, and folds what the last process acknowledged.
    ///
    /// @param clock for everything but the pace of the engine's own threads
    /// @throws IOException when another process has it, when it is damaged, or of a newer program
    public static EmbeddedEngine open(
            Path directory, EmbeddedOptions options, ScoringRules rules, InstantSource clock)
            throws IOException {
        return open(directory, options, rules, clock, SegmentFiles.onDisk());
    }

    static EmbeddedEngine open(
            Path directory,
            EmbeddedOptions options,
            ScoringRules rules,
            InstantSource clock,
            SegmentFiles files)
            throws IOException {
        var engine = new EmbeddedEngine(directory, options, rules, clock, files);
        engine.intake.start();
        engine.checkpoints.start();
        return engine;
    }

    /// Reads a folder, also while another process serves it: what that process has brought into the database, at most
    /// [EmbeddedOptions#checkpointEvery] ago.
    public static ReputationReader openReadOnly(Path directory, ScoringRules rules)
            throws IOException {
        var readers = new StateReaders(directory);
        readers.ask(StateReader::mark); // whether there is anything to read, and by this program
        return new StoredReputation(readers, rules, StoredReputation.NO_MEMORY);
    }

    private <T extends Closeable> T closeLater(T resource) {
        resources.push(resource);
        return resource;
    }

    /// How far the database has come. A new one gets its name at once: evidence folded again after a crash must be folded by
    /// the same node.
    private Checkpoint.Mark mark(StateReader reader, CheckpointWriter writer) throws IOException {
        var found = reader.mark();
        if (found.isPresent()) {
            return found.get();
        }
        var name = new byte[8];
        RANDOM.nextBytes(name);
        var mark =
                new Checkpoint.Mark(
                        0,
                        "embedded-" + HexFormat.of().formatHex(name),
                        new DelayCurve(),
                        clock.instant());
        writer.write(
                new Checkpoint(
                        mark, Stream.empty(), List.of(), List.of(), Map.of(), Long.MIN_VALUE));
        return mark;
    }

    private void foldAgain(LogFrame frame) throws IOException {
        var group = BatchCodec.decode(frame.payload());
        for (var batch : group.batches()) {
            fold.fold(batch, BatchIds.Digest.of(batch), group.accepted());
        }
    }

    private StoredReputation.Memory memory() {
        return new StoredReputation.Memory() {
            @Override
            public Optional<HotSubject> subject(String name) {
                return hot.find(name);
            }

            @Override
            public Optional<SubjectRow> scored(String name) {
                return agenda.find(name);
            }

            @Override
            public Optional<DelayCurve> curve() {
                return Optional.of(fold.curve());
            }
        };
    }

    /// Returns when the batch is on the disk and folded.
    ///
    /// @throws IllegalArgumentException for a batch beyond the limits; it would be refused again
    /// @throws IOException when it is not on the disk
    @Override
    public void accept(EvidenceBatch batch) throws IOException {
        check(batch);
        byte[] octets = BatchCodec.encode(batch);
        if (octets.length > options.maxBatchOctets()) {
            throw new IllegalArgumentException(
                    "a batch of %d octets; %d are taken"
                            .formatted(octets.length, options.maxBatchOctets()));
        }
        intake.accept(batch, octets);
    }

    private void check(EvidenceBatch batch) {
        if (batch.evidence().size() > options.maxEvidencePerBatch()) {
            throw new IllegalArgumentException(
                    "a batch of %d pieces of evidence; %d are taken"
                            .formatted(batch.evidence().size(), options.maxEvidencePerBatch()));
        }
        checkName("id", batch.id());
        checkName("provider", batch.provider());
        checkName("node", batch.node());
        for (var evidence : batch.evidence()) {
            checkName("subject", evidence.identity().subject());
        }
    }

    private static void checkName(String what, String name) {
        int max = EmbeddedOptions.MAX_NAME_OCTETS;
        if (name.isEmpty()
                || name.length() > max
                || name.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new IllegalArgumentException("the " + what + " has not 1 to " + max + " octets");
        }
    }

    /// Whether more may be folded now; asks for a checkpoint where there is too much.
    private boolean isRoom() throws IOException {
        long free = files.usableOctets(directory);
        if (free < options.minFreeOctets()) {
            throw new IOException(
                    "only %d octets are free on the disk; %d are kept for what was accepted"
                            .formatted(free, options.minFreeOctets()));
        }
        if (hot.waiting() < options.maxDirtySubjects()) {
            return true;
        }
        checkpoints.wake();
        var failure = checkpointer.failure();
        if (failure.isPresent()) {
            throw new IOException(
                    "too much waits for the database, which takes nothing: " + failure.get());
        }
        return false;
    }

    /// Hands out what is published, all of it, then scores, and hands on whatever changes, within a second of its
    /// evidence. Before this is called, evidence is folded but not scored. To be called once.
    ///
    /// @return how many were handed out before this returned
    public synchronized long publishTo(PublicationListener listener) throws IOException {
        if (scoring != null || closed) {
            throw new IllegalStateException("already published to a listener, or closed");
        }
        long number = forEachPublished(listener::published);
        var created =
                new Rescorer(
                        hot,
                        agenda,
                        closeLater(StateReader.open(directory)),
                        rules,
                        fold::curve,
                        clock,
                        listener,
                        options.maxDirtySubjects());
        rescorer = created;
        scoring = new Worker("tayori-scoring", () -> score(created));
        scoring.start();
        return number;
    }

    private Duration score(Rescorer scorer) {
        try {
            boolean more = scorer.work();
            if (agenda.scoredWaiting() >= options.maxDirtySubjects()) {
                checkpoints.wake();
            }
            return more ? Duration.ZERO : Rescorer.LOOK_ROUND;
        } catch (IOException e) {
            LOG.error("scoring waits until the database can be read", e);
            return PAUSE_AFTER_FAILURE;
        }
    }

    private Duration takeDueCheckpoint() {
        try {
            checkpoint();
            return options.checkpointEvery();
        } catch (IOException e) {
            LOG.error("no checkpoint was taken; the log keeps what was accepted", e);
            return PAUSE_AFTER_FAILURE;
        }
    }

    /// Brings everything into the database now, as before a backup of the folder.
    public void checkpoint() throws IOException {
        synchronized (checkpointer) {
            checkpointer.take(
                    new Checkpointer.BetweenBatches() {
                        @Override
                        public <T> T call(Callable<T> task) throws IOException {
                            return intake.call(task);
                        }
                    });
        }
    }

    @Override
    public Optional<IdentityState> state(Identity identity) throws IOException {
        return reading.state(identity);
    }

    @Override
    public List<IdentityState> statesOf(String subject) throws IOException {
        return reading.statesOf(subject);
    }

    @Override
    public List<Explanation> explain(String subject, Instant now) throws IOException {
        return reading.explain(subject, now);
    }

    @Override
    public Optional<Published> published(String subject) throws IOException {
        return reading.published(subject);
    }

    @Override
    public List<Published> list(PublishedFilter filter, String afterSubject, int limit)
            throws IOException {
        return reading.list(filter, afterSubject, limit);
    }

    @Override
    public long forEachPublished(Consumer<Published> consumer) throws IOException {
        return reading.forEachPublished(consumer);
    }

    /// How people's delay in complaining is distributed, as measured so far.
    public DelayCurve delayCurve() {
        return fold.curve();
    }

    public EmbeddedStatistics statistics() throws IOException {
        var scorer = rescorer;
        return new EmbeddedStatistics(
                fold.batches(),
                intake.duplicates(),
                intake.refused(),
                fold.deltas(),
                fold.skipped(),
                hot.size(),
                hot.dirty(),
                fold.idCount(),
                agenda.waiting(),
                scorer == null ? 0 : scorer.scorings(),
                checkpointer.taken(),
                checkpointer.failed(),
                checkpointer.last(),
                log.octets(),
                log.segments(),
                Files.size(directory.resolve(Database.REPUTATION)),
                intake.stoppedBecause());
    }

    /// Folds what waits, brings everything into the database, and lets go of the folder.
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (scoring != null) {
            scoring.end();
        }
        checkpoints.end();
        var failures = new ArrayList<IOException>();
        try {
            intake.close();
            checkpointer.take(
                    new Checkpointer.BetweenBatches() {
                        @Override
                        public <T> T call(Callable<T> task) throws IOException {
                            return intake.callAfterEnd(task);
                        }
                    });
        } catch (IOException e) {
            failures.add(e);
        }
        failures.addAll(closeResources());
        if (!failures.isEmpty()) {
            var first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private List<IOException> closeResources() {
        var failures = new ArrayList<IOException>();
        for (var resource : resources) {
            try {
                resource.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        resources.clear();
        return failures;
    }

    /// A thread that does the same again and again, and in between waits for as long as it was told, or to be woken.
    private static final class Worker {
        private final Semaphore woken = new Semaphore(0);
        private final Thread thread;
        private volatile boolean ending;

        /// The work, which says how long to wait then.
        interface Round {
            Duration run();
        }

        Worker(String name, Round round) {
            thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(round));
        }

        void start() {
            thread.start();
        }

        private void run(Round round) {
            try {
                var pause = once(round);
                while (!ending) {
                    if (pause.isPositive()
                            && woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        woken.drainPermits();
                    }
                    if (!ending) {
                        pause = once(round);
                    }
                }
            } catch (InterruptedException _) {
                LOG.warn("{} was interrupted and ends", thread.getName());
            }
        }

        /// A bug must not end the thread without a word.
        private Duration once(Round round) {
            try {
                return round.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed", thread.getName(), e);
                return PAUSE_AFTER_FAILURE;
            }
        }

        void wake() {
            if (woken.availablePermits() == 0) {
                woken.release();
            }
        }

        void end() throws IOException {
            ending = true;
            woken.release();
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while closing");
            }
        }
    }
}
