package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;

class CachingDnsTest {
    private static final DomainName NAME = DomainName.of("example.org");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final AtomicInteger asked = new AtomicInteger();

    private CachingDns cache(DnsAnswer answer) {
        return cache(answer, CacheLimits.DEFAULTS);
    }

    private CachingDns cache(DnsAnswer answer, CacheLimits limits) {
        return new CachingDns(
                (_, _) -> {
                    asked.incrementAndGet();
                    return answer;
                },
                limits,
                clock);
    }

    private static Found found(String text, Duration ttl) {
        return new Found(List.of(new DnsRecord.Text(text)), ttl, false);
    }

    /// How long it takes until the cache asks again.
    private Duration keptFor(CachingDns dns) {
        var start = now;
        dns.query(NAME, RecordType.TXT);
        int before = asked.get();
        while (asked.get() == before) {
            now = now.plusMillis(500);
            dns.query(NAME, RecordType.TXT);
        }
        return Duration.between(start, now);
    }

    @ParameterizedTest(name = "{0} with TTL {1} is kept for {2}")
    @CsvSource({
        "found, PT1M, PT1M",
        "found, PT0S, PT0.5S",
        "found, PT48H, PT24H",
        "no data, PT1M, PT1M",
        "no data, PT0S, PT0.5S",
        "no such name, PT1M, PT1M",
        "no such name, PT4H, PT3H",
        "TIMEOUT, PT0S, PT5S",
        "SERVFAIL, PT0S, PT5S",
        "REFUSED, PT0S, PT5S",
        "MALFORMED, PT0S, PT5S",
        "BUDGET, PT0S, PT0.5S",
    })
    void keepsAsLongAsItMay(String kind, Duration ttl, Duration expected) {
        var answer =
                switch (kind) {
                    case "found" -> found("x", ttl);
                    case "no data" -> new NoData(ttl, false);
                    case "no such name" -> new NoSuchName(ttl, false);
                    default -> new Failed(Trouble.valueOf(kind), "as the test wants");
                };
        assertThat(keptFor(cache(answer))).isEqualTo(expected);
    }

    @Test
    void floorAndCeiling() {
        var limits =
                new CacheLimits(
                        10,
                        10_000,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        Duration.ZERO);
        assertThat(keptFor(cache(found("x", Duration.ofSeconds(1)), limits))).hasSeconds(30);
        assertThat(keptFor(cache(found("x", Duration.ofHours(1)), limits))).hasMinutes(2);
        assertThat(keptFor(cache(new NoData(Duration.ofHours(1), false), limits))).hasMinutes(1);
        assertThat(keptFor(cache(found("x", Duration.ZERO), limits))).hasMillis(500);
        assertThat(keptFor(cache(new Failed(Trouble.SERVFAIL, "x"), limits))).hasMillis(500);
    }

    @Test
    void handsOutWhatIsLeftOfTheTtl() {
        var dns = cache(found("x", Duration.ofSeconds(60)));
        dns.query(NAME, RecordType.TXT);
        now = now.plusMillis(20_700);
        assertThat(dns.query(NAME, RecordType.TXT)).isEqualTo(found("x", Duration.ofSeconds(40)));
    }

    @Test
    void typesOfOneNameAreKeptApart() {
        var zone = ZoneDns.builder().txt("example.org", "x").address("example.org", "192.0.2.1");
        var dns = new CachingDns(zone.build(), CacheLimits.DEFAULTS, clock);
        for (int i = 0; i < 3; i++) {
            assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
            assertThat(dns.query(NAME, RecordType.A).addresses()).hasSize(1);
            assertThat(dns.query(NAME, RecordType.MX)).isInstanceOf(NoData.class);
        }
        assertThat(dns.statistics()).isEqualTo(new CachingDns.Statistics(6, 3, 1));
    }

    @Test
    void sizeZeroIsNoCache() {
        for (var limits :
                List.of(
                        CacheLimits.DEFAULTS.withSize(0, 1_000),
                        CacheLimits.DEFAULTS.withSize(1_000, 0))) {
            asked.set(0);
            var dns = cache(found("x", Duration.ofHours(1)), limits);
            dns.query(NAME, RecordType.TXT);
            dns.query(NAME, RecordType.TXT);
            assertThat(asked).hasValue(2);
            assertThat(dns.statistics()).isEqualTo(new CachingDns.Statistics(0, 2, 0));
        }
    }

    @Test
    void boundedInNames() {
        var dns =
                cache(
                        found("x", Duration.ofHours(1)),
                        CacheLimits.DEFAULTS.withSize(100, 10_000_000));
        for (int i = 0; i < 10_000; i++) {
            dns.query(DomainName.of("n" + i + ".example"), RecordType.TXT);
        }
        assertThat(dns.statistics().names()).isBetween(90L, 100L);
    }

    @Test
    void boundedInBytes() {
        var dns =
                cache(
                        found("x".repeat(10_000), Duration.ofHours(1)),
                        CacheLimits.DEFAULTS.withSize(100_000, 1_000_000));
        for (int i = 0; i < 1_000; i++) {
            dns.query(DomainName.of("n" + i + ".example"), RecordType.TXT);
        }
        assertThat(dns.statistics().names()).isBetween(80L, 100L);
    }

    @Test
    void aFloodOfNewNamesLeavesTheOldFriends() {
        var dns =
                cache(
                        found("x", Duration.ofHours(1)),
                        CacheLimits.DEFAULTS.withSize(1_000, 10_000_000));
        // Each friend comes by every 2,000 questions: too seldom for "least recently used" to keep
        // any of them.
        for (int i = 0; i < 40_000; i++) {
            dns.query(DomainName.of("flood" + i + ".example"), RecordType.TXT);
            if (i % 10 == 0) {
                dns.query(DomainName.of("friend" + i / 10 % 200 + ".example"), RecordType.TXT);
            }
        }
        asked.set(0);
        for (int i = 0; i < 200; i++) {
            dns.query(DomainName.of("friend" + i + ".example"), RecordType.TXT);
        }
        assertThat(asked.get()).isLessThan(40);
    }

    @Test
    void equalQuestionsAtTheSameTimeAreAskedOnce() throws InterruptedException {
        var release = new CountDownLatch(1);
        var dns =
                new CachingDns(
                        (_, _) -> {
                            asked.incrementAndGet();
                            awaitQuietly(release);
                            return found("x", Duration.ZERO);
                        },
                        CacheLimits.DEFAULTS,
                        clock);
        var threads = new ArrayList<Thread>();
        var answers = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() ->
                                    answers.addAndGet(
                                            dns.query(NAME, RecordType.TXT).texts().size())));
        }
        Awaitility.await()
                .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        release.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(answers).hasValue(20);
        assertThat(asked).hasValue(1);
        assertThat(dns.statistics()).isEqualTo(new CachingDns.Statistics(19, 1, 0));
    }

    @Test
    void whoWaitsForAnInterruptedThreadAsksItself() throws InterruptedException {
        var release = new CountDownLatch(1);
        var dns =
                new CachingDns(
                        (_, _) ->
                                asked.incrementAndGet() == 1 && !awaitQuietly(release)
                                        ? new Failed(Trouble.TIMEOUT, "interrupted")
                                        : found("x", Duration.ofHours(1)),
                        CacheLimits.DEFAULTS,
                        clock);
        var answers = new ArrayList<DnsAnswer>();
        var first = Thread.ofPlatform().start(() -> dns.query(NAME, RecordType.TXT));
        Awaitility.await().until(() -> asked.get() == 1);
        var second = Thread.ofPlatform().start(() -> answers.add(dns.query(NAME, RecordType.TXT)));
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        first.interrupt();
        first.join();
        second.join();
        assertThat(answers).containsExactly(found("x", Duration.ofHours(1)));
    }

    @Test
    void aBugBehindTheCacheDoesNotBlockTheName() {
        var dns =
                new CachingDns(
                        (_, _) -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("a bug");
                            }
                            return found("x", Duration.ofHours(1));
                        },
                        CacheLimits.DEFAULTS,
                        clock);
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> dns.query(NAME, RecordType.TXT));
        assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> CacheLimits.DEFAULTS.withSize(-1, 1));
        assertThatIllegalArgumentException() // RFC 9520 §3.2
                .isThrownBy(() ->
                        new CacheLimits(
                                1,
                                1,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ofMinutes(6)));
    }

    @Test
    void whatIsKeptIsKnownWithoutAsking() {
        var dns = cache(found("x", Duration.ofSeconds(10)));
        assertThat(dns.known(NAME, RecordType.TXT)).isEmpty();
        assertThat(asked).hasValue(0);
        dns.query(NAME, RecordType.TXT);
        now = now.plusSeconds(4);
        assertThat(dns.known(NAME, RecordType.TXT)).contains(found("x", Duration.ofSeconds(6)));
        now = now.plusSeconds(6);
        assertThat(dns.known(NAME, RecordType.TXT)).isEmpty();
        assertThat(asked).hasValue(1);
        assertThat(dns.statistics().hits()).isEqualTo(1);
    }
}
