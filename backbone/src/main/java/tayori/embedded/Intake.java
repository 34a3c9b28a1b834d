package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.reputation.EvidenceBatch;

/// The one thread that writes the log and folds. Callers hand it batches and wait; it takes all that wait, writes them at once,
/// waits for the disk once, folds them, and lets the callers go on.
final class Intake implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /// How often it is looked whether a checkpoint has made room.
    private static final Duration LOOK_FOR_ROOM = Duration.ofMillis(20);

    /// What the thread is asked to do.
    private sealed interface Request {
        /// Lets the caller go on, without what was asked for.
        void refuse(IOException reason);
    }

    /// Accept a batch.
    private static final class Submission implements Request {
        private final EvidenceBatch batch;
        private final BatchIds.Digest digest;
        private final byte[] octets;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Submission(EvidenceBatch batch, byte[] octets) {
            this.batch = batch;
            this.digest = BatchIds.Digest.of(batch);
            this.octets = octets;
        }

        void accepted() {
            done.complete(true);
        }

        @Override
        public void refuse(IOException reason) {
            done.completeExceptionally(reason);
        }
    }

    /// Do something between two batches.
    private record Task<T>(Callable<T> task, CompletableFuture<T> done) implements Request {
        void run() {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        }

        @Override
        public void refuse(IOException reason) {
            done.completeExceptionally(reason);
        }
    }

    /// Nothing more comes.
    private record End() implements Request {
        @Override
        public void refuse(IOException reason) {
            // nobody waits for it
        }
    }

    /// Says whether a batch may be taken in now.
    interface Room {
        /// @return false while a checkpoint must come first
        /// @throws IOException when there will be none soon
        boolean isThere() throws IOException;
    }

    private final BlockingQueue<Request> requests =
            new ArrayBlockingQueue<>(EmbeddedOptions.MAX_WAITING_BATCHES);

    /// What came while there was no room.
    private final Deque<Request> later = new ArrayDeque<>();

    private final EvidenceLog log;
    private final Fold fold;
    private final InstantSource clock;
    private final Room room;
    private final Thread thread;
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile @Nullable String stoppedBecause;

    Intake(EvidenceLog log, Fold fold, InstantSource clock, Room room) {
        this.log = log;
        this.fold = fold;
        this.clock = clock;
        this.room = room;
        this.thread = Thread.ofPlatform().name("tayori-intake").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Returns when the batch is durable and folded.
    void accept(EvidenceBatch batch, byte[] octets) throws IOException {
        var submission = new Submission(batch, octets);
        put(submission);
        await(submission.done);
    }

    /// Runs something on the thread, between two batches, and waits for it.
    ///
    /// @throws IOException also when the memory lacks what the log has: then nothing may be written
    <T> T call(Callable<T> task) throws IOException {
        var request = new Task<>(() -> ifWhole(task), new CompletableFuture<T>());
        put(request);
        return await(request.done());
    }

    private <T> T ifWhole(Callable<T> task) throws Exception {
        var reason = stoppedBecause;
        if (reason != null) {
            throw new IOException(reason);
        }
        return task.call();
    }

    /// The same after [#close], on the caller's thread.
    <T> T callAfterEnd(Callable<T> task) throws IOException {
        try {
            return ifWhole(task);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(Request request) throws IOException {
        if (closed) {
            throw new IOException("the engine is closed");
        }
        try {
            requests.put(request);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before it was taken in");
        }
        if (ended) {
            refuseTheRest();
        }
    }

    private static <T> T await(CompletableFuture<T> done) throws IOException {
        try {
            return done.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted; what became of it is not known");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw new IOException(cause.getMessage(), cause);
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = serve(take());
            }
        } finally {
            ended = true;
            refuseTheRest();
        }
    }

    private Request take() {
        while (true) {
            var kept = later.poll();
            if (kept != null) {
                return kept;
            }
            try {
                return requests.take();
            } catch (InterruptedException _) {
                LOG.warn("nobody has reason to interrupt this thread; it goes on");
            }
        }
    }

    private @Nullable Request poll() {
        var kept = later.poll();
        return kept == null ? requests.poll() : kept;
    }

    /// @return false at the end
    private boolean serve(Request first) {
        var group = new ArrayList<Submission>();
        long octets = 0;
        Request request = first;
        while (request instanceof Submission submission) {
            group.add(submission);
            octets += submission.octets.length;
            request = octets < EvidenceLog.GROUP_OCTETS ? poll() : null;
        }
        if (!group.isEmpty()) {
            if (request != null) {
                later.addFirst(request); // perhaps the very checkpoint that must make room
            }
            accept(group);
            return true;
        }
        if (request instanceof Task<?> task) {
            task.run();
        }
        return !(request instanceof End);
    }

    /// A batch may stand in a group twice; then both share its fate.
    private void accept(List<Submission> group) {
        var fresh = new LinkedHashMap<BatchIds.Digest, Submission>();
        var waiting = new ArrayList<Submission>();
        for (var submission : group) {
            if (fold.knows(submission.digest)) {
                duplicates.incrementAndGet();
                submission.accepted();
            } else {
                fresh.putIfAbsent(submission.digest, submission);
                waiting.add(submission);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        try {
            writeAndFold(fresh.values());
            duplicates.addAndGet(waiting.size() - fresh.size());
            waiting.forEach(Submission::accepted);
        } catch (IOException e) {
            refused.addAndGet(waiting.size());
            waiting.forEach(submission -> submission.refuse(e));
        }
    }

    private void writeAndFold(Collection<Submission> fresh) throws IOException {
        var reason = stoppedBecause;
        if (reason != null) {
            throw new IOException("nothing is accepted until the next start: " + reason);
        }
        awaitRoom();
        var accepted = clock.instant();
        log.append(
                BatchCodec.frame(
                        accepted, fresh.stream().map(submission -> submission.octets).toList()));
        try {
            for (var submission : fresh) {
                fold.fold(submission.batch, submission.digest, accepted);
            }
            fold.showCurve();
        } catch (IOException | RuntimeException e) {
            // Durable, so it is acknowledged; the next start folds it from the log.
            stop("the memory lacks what the log has: " + e.getMessage(), e);
        }
    }

    /// A checkpoint makes room; it needs this thread for a moment.
    private void awaitRoom() throws IOException {
        while (!room.isThere()) {
            try {
                var request =
                        later.peek() instanceof Task<?>
                                ? later.poll()
                                : requests.poll(LOOK_FOR_ROOM.toMillis(), TimeUnit.MILLISECONDS);
                if (request instanceof Task<?> task) {
                    task.run();
                } else if (request != null) {
                    later.add(request);
                }
            } catch (InterruptedException _) {
                LOG.warn("nobody has reason to interrupt this thread; it goes on");
            }
        }
    }

    private void stop(String reason, Exception cause) {
        LOG.error("no more evidence is accepted until the next start: {}", reason, cause);
        stoppedBecause = reason;
    }

    private void refuseTheRest() {
        var reason = new IOException("the engine is closed");
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.refuse(reason);
        }
    }

    Optional<String> stoppedBecause() {
        return Optional.ofNullable(stoppedBecause);
    }

    long duplicates() {
        return duplicates.get();
    }

    long refused() {
        return refused.get();
    }

    /// Accepts what waits, and ends.
    @Override
    public void close() throws IOException {
        put(new End());
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the last batches were folded");
        }
    }
}
