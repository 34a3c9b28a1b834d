package tayori.receiver;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

/// Adds up what was seen of each sender, and hands the sums on. Thread-safe; one for a node.
///
/// A sink that fails gets the same batch again under the same id. Meanwhile sums grow in place, so an outage costs memory
/// only as new senders turn up; when that is used up, mail of further senders is not counted, and [#statistics] says how
/// much. What is not handed on when the process is killed is lost: [EvidenceOptions#flushInterval] at most while the sink
/// works.
public final class EvidenceCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceCollector.class);

    private final EvidenceOptions options;
    private final EvidenceSink sink;
    private final InstantSource clock;
    private final EvidenceTable table;
    private final String run;
    private final ScheduledExecutorService flushes =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("evidence").daemon().factory());

    private final ReentrantLock flushing = new ReentrantLock();
    private final Queue<EvidenceBatch> waiting = new ArrayDeque<>();
    private long sequence;
    private boolean sinkFails;

    private final LongAdder batches = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean dropping;
    private volatile boolean closed;

    private EvidenceCollector(EvidenceOptions options, EvidenceSink sink, InstantSource clock) {
        this.options = options;
        this.sink = sink;
        this.clock = clock;
        this.table = new EvidenceTable(options.maxIdentities());
        this.run = Long.toString(clock.millis());
    }

    /// Begins to gather, and to hand on from a thread of its own.
    public static EvidenceCollector start(
            EvidenceOptions options, EvidenceSink sink, InstantSource clock) {
        var collector = new EvidenceCollector(options, sink, clock);
        long interval = options.flushInterval().toNanos();
        var _ =
                collector.flushes.scheduleWithFixedDelay(
                        collector::flush, interval, interval, TimeUnit.NANOSECONDS);
        return collector;
    }

    /// Something was seen of a mail that is known by its identities: a complaint, a wish to be taken off a list.
    ///
    /// Nothing is durable when this returns; who must not lose it keeps it until it was handed on.
    ///
    /// @param arrived when that mail arrived, whenever this was seen
    /// @param reporter who complained, as a keyed hash
    public void observe(
            Set<Identity> identities,
            Instant arrived,
            Observation observation,
            OptionalLong reporter) {
        for (var identity : identities) {
            if (!table.add(identity, Evidence.hourOf(arrived), observation, reporter)) {
                dropped.increment();
                if (!dropping) {
                    dropping = true;
                    LOG.warn(
                            "more than {} senders wait to be handed on: further ones are not counted",
                            options.maxIdentities());
                }
            }
        }
    }

    /// A mail has just arrived and been decided about.
    ///
    /// One that the client is asked to bring again is counted when it comes again. One that is refused is no message:
    /// nobody could complain about it, and it would make complaints look rarer.
    void mail(SenderIdentities sender, Recipients recipients, Decision decision) {
        if (decision.action() == Action.TEMPFAIL) {
            return;
        }
        var now = clock.instant();
        int traps = recipients.among(options.trapAddresses());
        boolean trapsAlone = traps > 0 && traps == recipients.count();
        if (decision.action() != Action.REJECT && (!trapsAlone || options.trapsAreDeliveries())) {
            observe(sender.charged(), now, Observation.MESSAGES, OptionalLong.empty());
        }
        if (traps > 0) {
            observe(sender.charged(), now, Observation.TRAPS, OptionalLong.empty());
        }
        if (!isForwarded(decision.reason())) {
            observe(sender.spoofed(), now, Observation.AUTH_FAILED, OptionalLong.empty());
        }
    }

    /// Then DMARC fails for what the forwarder did, and the author is not to blame for it.
    private static boolean isForwarded(Reason reason) {
        return reason == Reason.TRUSTED_FORWARDER
                || reason == Reason.TRUSTED_ARC_SEALER
                || reason == Reason.WHITELISTED_FORWARDER;
    }

    /// Hands on what waits, then what was gathered since.
    void flush() {
        flushing.lock();
        try {
            boolean delivered = deliver();
            // Behind a sink that fails sums grow in place; only a full table makes a batch of them.
            if (delivered || (table.isFull() && waiting.size() < options.maxWaiting())) {
                cut();
            }
            if (delivered) {
                deliver();
            }
        } finally {
            flushing.unlock();
        }
    }

    private void cut() {
        var evidence = table.take();
        if (!evidence.isEmpty()) {
            waiting.add(
                    new EvidenceBatch(
                            run + "-" + sequence++, options.provider(), options.node(), evidence));
            dropping = false;
        }
    }

    /// @return whether nothing waits any more
    private boolean deliver() {
        while (!waiting.isEmpty()) {
            try {
                sink.accept(waiting.element());
            } catch (IOException | RuntimeException e) {
                failures.increment();
                if (!sinkFails) {
                    sinkFails = true;
                    LOG.warn("evidence cannot be handed on, it waits: {}", e.toString());
                }
                return false;
            }
            waiting.remove();
            batches.increment();
            if (sinkFails) {
                sinkFails = false;
                LOG.info("evidence is handed on again");
            }
        }
        return true;
    }

    /// For metrics; counted since the start.
    ///
    /// @param batches handed on
    /// @param failures of the sink
    /// @param dropped additions for which there was no room
    public record Statistics(long batches, long failures, long dropped) {}

    public Statistics statistics() {
        return new Statistics(batches.sum(), failures.sum(), dropped.sum());
    }

    /// Hands on what is left, once, and stops. What the sink does not take then is lost, and the log says how much.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        flushes.shutdown();
        try {
            if (!flushes.awaitTermination(options.closeTime().toNanos(), TimeUnit.NANOSECONDS)) {
                flushes.shutdownNow();
            }
            if (flushing.tryLock(options.closeTime().toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    flush();
                    cut();
                    waiting.forEach(batch ->
                            LOG.error(
                                    "evidence of {} senders is lost, the sink did not take it",
                                    batch.evidence().size()));
                } finally {
                    flushing.unlock();
                }
            } else {
                LOG.error("evidence is lost, the sink hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
