package tayori.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tayori.psl.PublicSuffixList;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;

/// Readers beside a writer: whole entries only, and nothing that stays is ever missed.
class PublishedTableConcurrencyTest {
    private static final int UPDATES = 1_000_000;
    private static final int LASTING = 2_000;
    private static final int COMING_AND_GOING = 100_000;

    private final PublishedTable table = new PublishedTable(PublicSuffixList.bundled());

    /// Every field follows from one number, so that a torn entry shows.
    private static Published of(String subject, int number) {
        return new Published(
                subject,
                number % 2 == 0,
                Optional.of(number % 3 == 0 ? ListedFor.SPAM : ListedFor.ABUSED_MALWARE),
                Optional.empty(),
                number,
                number % 1_000,
                OptionalInt.of(1 + number % 100),
                0,
                0,
                number % 60_000,
                number % 5 == 0,
                number % 7 == 0,
                Instant.ofEpochSecond(1_800_000_000L + number));
    }

    @Test
    void readersSeeWholeEntriesWhileTheTableGrowsAndShrinks() throws Exception {
        for (int i = 0; i < LASTING; i++) {
            table.put(of("lasting" + i + ".example.com", i));
        }
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                int seed = reader;
                readers.add(threads.submit((Callable<Long>) () -> read(seed, done)));
            }
            readers.add(threads.submit((Callable<Long>) () -> walk(done)));
            try {
                write();
            } finally {
                done.set(true);
            }
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private void write() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < UPDATES; i++) {
            int choice = random.nextInt(4);
            if (choice == 0) {
                table.remove("guest" + random.nextInt(COMING_AND_GOING) + ".example.com");
            } else if (choice == 1) {
                table.put(of("lasting" + random.nextInt(LASTING) + ".example.com", i));
            } else {
                table.put(of("guest" + random.nextInt(COMING_AND_GOING) + ".example.com", i));
            }
        }
    }

    private long read(int seed, AtomicBoolean done) {
        var random = new SplittableRandom(seed);
        long seen = 0;
        do {
            for (int i = 0; i < 100; i++) {
                String lasting = "lasting" + random.nextInt(LASTING) + ".example.com";
                var found = table.find(lasting);
                assertThat(found).as(lasting).isPresent();
                check(found.get());
                table.find("guest" + random.nextInt(COMING_AND_GOING) + ".example.com")
                        .ifPresent(PublishedTableConcurrencyTest::check);
                seen++;
            }
        } while (!done.get());
        return seen;
    }

    private long walk(AtomicBoolean done) {
        long seen = 0;
        do {
            int[] lasting = new int[1];
            table.forEach(entry -> {
                check(entry);
                lasting[0] += entry.subject().startsWith("lasting") ? 1 : 0;
            });
            assertThat(lasting[0]).isEqualTo(LASTING);
            seen++;
        } while (!done.get());
        return seen;
    }

    private static void check(Published entry) {
        int number = (int) entry.firstSeenHour();
        assertThat(entry.subject()).matches("(lasting|guest)[0-9]+[.]example[.]com");
        assertThat(entry).isEqualTo(of(entry.subject(), number));
    }
}
