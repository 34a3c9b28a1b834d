package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tayori.dns.DomainName;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.EvidenceSink;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

class EvidenceCollectorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final Identity SHOP = Identity.dkim(DomainName.of("shop.example"));
    private static final Identity BANK = Identity.author(DomainName.of("bank.example"));

    /// Remembers what it was handed; fails as long as it is told to.
    private static final class Sink implements EvidenceSink {
        final List<EvidenceBatch> taken = Collections.synchronizedList(new ArrayList<>());
        final List<String> refused = Collections.synchronizedList(new ArrayList<>());
        volatile boolean fails;

        @Override
        public void accept(EvidenceBatch batch) throws IOException {
            if (fails) {
                refused.add(batch.id());
                throw new IOException("full");
            }
            taken.add(batch);
        }

        /// All that was taken, added up.
        Map<String, Counts> sums() {
            var sums = new HashMap<String, Counts>();
            for (var batch : taken) {
                for (var evidence : batch.evidence()) {
                    sums.merge(
                            evidence.identity() + "@" + evidence.hour(),
                            evidence.counts(),
                            Counts::plus);
                }
            }
            return sums;
        }
    }

    private final Sink sink = new Sink();

    private static EvidenceOptions options(Duration interval, int maxIdentities, int maxWaiting) {
        return new EvidenceOptions(
                "isp.example",
                "mx1",
                interval,
                Duration.ofSeconds(5),
                maxIdentities,
                maxWaiting,
                Set.of(),
                false);
    }

    /// Flushes only when told to.
    private EvidenceCollector collector(int maxIdentities, int maxWaiting) {
        return EvidenceCollector.start(
                options(Duration.ofDays(1), maxIdentities, maxWaiting),
                sink,
                InstantSource.fixed(NOW));
    }

    private static void see(EvidenceCollector collector, Identity... identities) {
        collector.observe(Set.of(identities), NOW, Observation.MESSAGES, OptionalLong.empty());
    }

    private static Identity numbered(int i) {
        return Identity.dkim(DomainName.of("d" + i + ".example"));
    }

    @Test
    void sumsByIdentityAndHourOfArrival() {
        try (var collector = collector(100, 2)) {
            see(collector, SHOP, BANK);
            see(collector, SHOP);
            var yesterday = NOW.minus(Duration.ofDays(1));
            collector.observe(Set.of(SHOP), yesterday, Observation.COMPLAINTS, OptionalLong.of(7));
            collector.observe(Set.of(SHOP), yesterday, Observation.COMPLAINTS, OptionalLong.of(8));
            collector.observe(Set.of(SHOP), yesterday, Observation.COMPLAINTS, OptionalLong.of(7));
            collector.flush();
            assertThat(sink.taken)
                    .singleElement()
                    .satisfies(batch -> {
                        assertThat(batch.id()).isEqualTo(NOW.toEpochMilli() + "-0");
                        assertThat(batch.provider()).isEqualTo("isp.example");
                        assertThat(batch.node()).isEqualTo("mx1");
                        assertThat(batch.evidence())
                                .containsExactlyInAnyOrder(
                                        evidence(SHOP, NOW, Observation.MESSAGES, 2),
                                        evidence(BANK, NOW, Observation.MESSAGES, 1),
                                        new Evidence(
                                                SHOP,
                                                Evidence.hourOf(yesterday),
                                                Counts.of(Observation.COMPLAINTS, 3),
                                                List.of(7L, 8L)));
                    });
            collector.flush();
            assertThat(sink.taken).as("nothing more was seen").hasSize(1);
        }
    }

    private static Evidence evidence(
            Identity identity, Instant arrived, Observation observation, long number) {
        return new Evidence(
                identity, Evidence.hourOf(arrived), Counts.of(observation, number), List.of());
    }

    @Test
    void aSinkThatFailsGetsTheSameBatchUnderTheSameIdAndNothingIsLostOrDoubled() {
        try (var collector = collector(100, 2)) {
            sink.fails = true;
            for (int i = 0; i < 10; i++) {
                see(collector, SHOP);
                collector.flush();
            }
            assertThat(Set.copyOf(sink.refused)).hasSize(1);
            sink.fails = false;
            collector.flush();
            assertThat(sink.taken).extracting(EvidenceBatch::id).doesNotHaveDuplicates();
            assertThat(sink.taken.getFirst().id()).isEqualTo(sink.refused.getFirst());
            assertThat(sink.sums())
                    .containsExactly(
                            Map.entry(
                                    SHOP + "@" + Evidence.hourOf(NOW),
                                    Counts.of(Observation.MESSAGES, 10)));
            assertThat(collector.statistics())
                    .isEqualTo(new EvidenceCollector.Statistics(2, 10, 0));
        }
    }

    @Test
    void anOutageCostsNoMoreThanItsBoundsAndWhatHasNoRoomIsCounted() {
        int room = 10;
        int batches = 2;
        try (var collector = collector(room, batches)) {
            sink.fails = true;
            see(collector, numbered(0));
            collector.flush(); // one small batch waits
            for (int i = 0; i < 100; i++) {
                see(collector, numbered(i));
                collector.flush();
            }
            // The small batch, a full one behind it, and a full table.
            int kept = 1 + room + room;
            assertThat(collector.statistics().dropped()).isEqualTo(101 - kept);
            see(collector, numbered(15));
            assertThat(collector.statistics().dropped())
                    .as("a sender that is known already still counts")
                    .isEqualTo(101 - kept);
            sink.fails = false;
            collector.flush();
            assertThat(
                            sink.sums().values().stream()
                                    .mapToLong(counts -> counts.get(Observation.MESSAGES))
                                    .sum())
                    .isEqualTo(kept + 1);
        }
    }

    @Test
    void reportersBeyondTheLimitAreCountedWithoutAName() {
        try (var collector = collector(100, 2)) {
            int complaints = EvidenceTable.MAX_REPORTERS + 5;
            for (int i = 0; i < complaints; i++) {
                collector.observe(Set.of(SHOP), NOW, Observation.COMPLAINTS, OptionalLong.of(i));
            }
            collector.flush();
            var evidence = sink.taken.getFirst().evidence().getFirst();
            assertThat(evidence.counts()).isEqualTo(Counts.of(Observation.COMPLAINTS, complaints));
            assertThat(evidence.reporters()).hasSize(EvidenceTable.MAX_REPORTERS);
        }
    }

    @Test
    void everyIntervalAndOnceMoreWhenItStops() {
        var collector =
                EvidenceCollector.start(
                        options(Duration.ofMillis(5), 100, 2), sink, InstantSource.fixed(NOW));
        see(collector, SHOP);
        await().until(() -> sink.taken.size() == 1);
        sink.fails = true;
        see(collector, BANK);
        await().until(() -> !sink.refused.isEmpty());
        sink.fails = false;
        collector.close();
        collector.close();
        assertThat(sink.sums()).hasSize(2);
    }

    @Test
    void aSinkWithABugIsTriedAgainToo() {
        var calls = new ArrayList<String>();
        EvidenceSink buggy =
                batch -> {
                    calls.add(batch.id());
                    if (calls.size() == 1) {
                        throw new IllegalStateException("a bug");
                    }
                };
        try (var collector =
                EvidenceCollector.start(
                        options(Duration.ofDays(1), 100, 2), buggy, InstantSource.fixed(NOW))) {
            see(collector, SHOP);
            collector.flush();
            collector.flush();
            assertThat(calls).hasSize(2);
            assertThat(Set.copyOf(calls)).hasSize(1);
        }
    }

    @Test
    void manyThreadsAddAndNothingIsMissing() throws InterruptedException {
        int threads = 8;
        int each = 2_000;
        var done = new CountDownLatch(threads);
        try (var collector =
                        EvidenceCollector.start(
                                options(Duration.ofMillis(1), 1_000, 2),
                                sink,
                                InstantSource.fixed(NOW));
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                pool.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        see(collector, numbered(i % 50), SHOP);
                    }
                    done.countDown();
                });
            }
            done.await();
        }
        assertThat(
                        sink.sums().values().stream()
                                .mapToLong(counts -> counts.get(Observation.MESSAGES))
                                .sum())
                .isEqualTo(2L * threads * each);
    }
}
