package tayori.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import tayori.embedded.EmbeddedEngine;
import tayori.embedded.EmbeddedOptions;
import tayori.embedded.PublicationListener;
import tayori.embedded.ScoringRules;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.ScoreOptions;
import tayori.reputation.Scorer;
import tayori.reputation.SenderRegistry;

/// The embedded engine: evidence in batches, complaints one by one, and a start with many identities. Every batch is on the
/// disk before it is counted.
final class ReputationBenchmark {
    private static final int BATCH = 10_000;
    private static final int ACTIVE = 100_000;
    private static final int CALLERS = 64;

    private static final ScoringRules RULES =
            new ScoringRules(
                    new Scorer(ScoreOptions.DEFAULTS),
                    SenderRegistry.EMPTY,
                    domain -> domain.labelCount() == 2);

    private final int identities;
    private final int seconds;
    private final PrintStream out;
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /// @param identities how many there are at the start that is measured
    /// @param seconds how long evidence and complaints are measured
    ReputationBenchmark(int identities, int seconds, PrintStream out) {
        this.identities = identities;
        this.seconds = seconds;
        this.out = out;
    }

    void run(Path folder) throws Exception {
        var table = new Table("embedded engine", "number", "seconds", "a second", "a CPU-second");
        evidence(folder.resolve("evidence"), false, table);
        evidence(folder.resolve("scored"), true, table);
        complaints(folder.resolve("complaints"), table);
        start(folder.resolve("start"), table);
        out.println(table);
    }

    /// Counts what is heard.
    private static final class Heard implements PublicationListener {
        private final AtomicLong number = new AtomicLong();

        @Override
        public void published(Published published) {
            number.incrementAndGet();
        }

        @Override
        public void withdrawn(String subject) {
            number.incrementAndGet();
        }
    }

    private static EmbeddedEngine open(Path folder) throws IOException {
        return EmbeddedEngine.open(folder, EmbeddedOptions.DEFAULTS, RULES, InstantSource.system());
    }

    /// Runs something and writes a row about it.
    private void measure(Table table, String what, Callable<Long> work) throws Exception {
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        double number = work.call();
        double elapsed = (System.nanoTime() - start) / 1e9;
        double busy = (system.getProcessCpuTime() - cpu) / 1e9;
        table.row(
                what,
                Table.number(number),
                Table.number(elapsed),
                Table.number(number / elapsed),
                Table.number(number / busy));
    }

    private void evidence(Path folder, boolean scored, Table table) throws Exception {
        try (var engine = open(folder)) {
            var heard = new Heard();
            if (scored) {
                engine.publishTo(heard);
            }
            fill(engine, ACTIVE, i -> i); // from then on every one of them is in memory
            feed(engine, "warm-up", Duration.ofSeconds(seconds));
            measure(
                    table,
                    "evidence in batches of " + BATCH + (scored ? ", scored" : ""),
                    () -> feed(engine, "measured", Duration.ofSeconds(seconds)));
            if (scored) {
                table.row(
                        "scorings, from the first batch on",
                        Table.number((double) heard.number.get()),
                        "–",
                        "–",
                        "–");
            }
        }
    }

    private static long feed(EmbeddedEngine engine, String run, Duration time) throws IOException {
        var random = new Random(1);
        long hour = Evidence.hourOf(Instant.now());
        long end = System.nanoTime() + time.toNanos();
        long number = 0;
        while (System.nanoTime() < end) {
            var evidence = new ArrayList<Evidence>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                evidence.add(
                        new Evidence(
                                domain(random.nextInt(ACTIVE)),
                                hour,
                                Counts.of(Observation.MESSAGES, 1 + random.nextInt(50)),
                                List.of()));
            }
            engine.accept(new EvidenceBatch(run + number, "provider.example", "mx1", evidence));
            number += BATCH;
        }
        return number;
    }

    private static Identity domain(int number) {
        return new Identity(IdentityKind.DKIM, "mail" + number + ".example");
    }

    private void complaints(Path folder, Table table) throws Exception {
        try (var engine = open(folder)) {
            engine.publishTo(new Heard());
            complain(engine, "warm-up");
            measure(
                    table,
                    "complaints one by one, " + CALLERS + " callers, scored",
                    () -> complain(engine, "measured"));
        }
    }

    private long complain(EmbeddedEngine engine, String run) throws Exception {
        long hour = Evidence.hourOf(Instant.now()) - 2;
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var random = new Random(caller);
                String prefix = run + "-" + caller + "-";
                counts.add(
                        callers.submit(() -> {
                            long number = 0;
                            while (System.nanoTime() < end) {
                                engine.accept(complaint(prefix + number, hour, random));
                                number++;
                            }
                            return number;
                        }));
            }
            long sum = 0;
            for (var count : counts) {
                sum += count.get();
            }
            return sum;
        }
    }

    private static EvidenceBatch complaint(String id, long hour, Random random) {
        return new EvidenceBatch(
                id,
                "provider.example",
                "mx1",
                List.of(
                        new Evidence(
                                domain(random.nextInt(ACTIVE)),
                                hour,
                                Counts.of(Observation.COMPLAINTS, 1),
                                List.of(random.nextLong()))));
    }

    /// Fills a folder, each identity seen by one provider on one day, then opens it.
    private void start(Path folder, Table table) throws Exception {
        try (var engine = open(folder)) {
            engine.publishTo(new Heard());
            measure(table, "new identities, scored and stored", () -> fillAndStore(engine));
        }
        long octets;
        try (var files = Files.list(folder)) {
            octets = files.mapToLong(file -> file.toFile().length()).sum();
        }
        table.row(
                "octets of the folder, for each identity",
                Table.number((double) octets / identities),
                "–",
                "–",
                "–");
        var opened = new ArrayList<EmbeddedEngine>();
        try {
            measure(
                    table,
                    "open, until evidence is accepted",
                    () -> {
                        opened.add(open(folder));
                        return 1L;
                    });
            measure(
                    table,
                    "published values handed out at a start",
                    () -> opened.getFirst().publishTo(new Heard()));
        } finally {
            for (var engine : opened) {
                engine.close();
            }
        }
    }

    private long fillAndStore(EmbeddedEngine engine) throws IOException {
        fill(engine, identities, i -> Integer.reverse(i) >>> 1); // in no order, as domains come
        while (engine.statistics().unscored() > 0) {
            LockSupport.parkNanos(1_000_000); // its own time is measured too
        }
        engine.checkpoint();
        return identities;
    }

    private static void fill(EmbeddedEngine engine, int identities, IntUnaryOperator order)
            throws IOException {
        long hour = Evidence.hourOf(Instant.now());
        for (int first = 0; first < identities; first += BATCH) {
            var evidence = new ArrayList<Evidence>(BATCH);
            for (int i = first; i < Math.min(identities, first + BATCH); i++) {
                evidence.add(
                        new Evidence(
                                domain(order.applyAsInt(i)),
                                hour,
                                Counts.of(Observation.MESSAGES, 1 + i % 50),
                                List.of()));
            }
            engine.accept(new EvidenceBatch("fill" + first, "provider.example", "mx1", evidence));
        }
    }
}
