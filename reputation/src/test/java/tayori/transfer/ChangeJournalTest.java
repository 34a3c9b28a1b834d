package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.transfer.ZoneSource.Change;

class ChangeJournalTest {
    private static final long START = Clock.START.getEpochSecond();
    private static final ZoneRecord ONE = ListZone.a("one.example", 2);
    private static final ZoneRecord TWO = ListZone.a("two.example", 2);

    private final Clock clock = new Clock();

    @ParameterizedTest(name = "RFC 1982 §3.2: {0} is after {1}: {2}")
    @CsvSource({
        "1, 0, true",
        "0, 1, false",
        "0, 0, false",
        "0, 4294967295, true",
        "2147483647, 0, true",
        "2147483648, 0, false",
        "0, 2147483648, false",
        "4294967295, 2147483648, true",
    })
    void serialsGoRound(long one, long other, boolean after) {
        assertThat(SerialNumber.isAfter(one, other)).isEqualTo(after);
    }

    @Test
    void theChangesOfOneSecondAreOneStep() {
        var journal = new ChangeJournal(clock, 1, 100);
        journal.record(List.of(), List.of(ONE));
        journal.record(List.of(), List.of(TWO));
        assertThat(journal.serial()).as("not over yet").isEqualTo(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(journal.serial()).isEqualTo(START + 1);
        assertThat(journal.since(1))
                .contains(List.of(new Change(1, START + 1, List.of(), List.of(ONE, TWO))));
        assertThat(journal.since(START + 1)).contains(List.of());
        assertThat(journal.since(START)).isEmpty();
    }

    @Test
    void whatComesAndGoesWithinOneSecondLeavesNoTrace() {
        var journal = new ChangeJournal(clock, 1, 100);
        journal.record(List.of(), List.of(ONE));
        journal.record(List.of(ONE), List.of());
        clock.pass(Duration.ofSeconds(5));
        assertThat(journal.serial()).isEqualTo(1);
    }

    @Test
    void aSnapshotEndsTheStepAtOnce() {
        var journal = new ChangeJournal(clock, 1, 100);
        journal.record(List.of(), List.of(ONE));
        assertThat(journal.close()).isEqualTo(START);
        assertThat(journal.close()).as("nothing new").isEqualTo(START);
        journal.record(List.of(), List.of(TWO));
        assertThat(journal.close()).as("twice in a second").isEqualTo(START + 1);
        assertThat(journal.since(1).orElseThrow()).hasSize(2);
        assertThat(journal.since(START).orElseThrow()).hasSize(1);
    }

    @Test
    void anOldStateIsForgotten() {
        var journal = new ChangeJournal(clock, 1, 3);
        for (int i = 0; i < 3; i++) {
            journal.record(List.of(), List.of(ListZone.a("a" + i, 2), ListZone.a("b" + i, 2)));
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(journal.since(1)).isEmpty();
        assertThat(journal.since(START + 1)).isEmpty();
        assertThat(journal.since(START + 2).orElseThrow()).hasSize(1);
    }

    @Test
    void aStepBeyondTheLimitForgetsAll() {
        var journal = new ChangeJournal(clock, 1, 1);
        journal.record(List.of(), List.of(ONE));
        journal.close();
        journal.record(List.of(ONE), List.of(TWO));
        long now = journal.close();
        assertThat(journal.since(1)).isEmpty();
        assertThat(journal.since(START)).isEmpty();
        assertThat(journal.since(now)).contains(List.of());
    }

    @Test
    void startingOverForgetsAll() {
        var journal = new ChangeJournal(clock, 1, 100);
        journal.record(List.of(), List.of(ONE));
        long before = journal.close();
        long now = journal.startOver();
        assertThat(SerialNumber.isAfter(now, before)).isTrue();
        assertThat(journal.since(before)).isEmpty();
    }

    /// Whoever took any state and applies the steps since has the present state.
    @Test
    void stepsLeadFromAnyStateToThePresentOne() {
        var random = new Random(1995);
        for (int run = 0; run < 50; run++) {
            var journal = new ChangeJournal(clock, random.nextLong(1L << 32), 10_000);
            Set<ZoneRecord> zone = new HashSet<>();
            Set<ZoneRecord> copy = Set.of();
            long copied = journal.close();
            for (int i = 0; i < 200; i++) {
                var record = ListZone.a("n" + random.nextInt(20), random.nextInt(3));
                if (zone.remove(record)) {
                    journal.record(List.of(record), List.of());
                } else {
                    zone.add(record);
                    journal.record(List.of(), List.of(record));
                }
                if (random.nextInt(3) == 0) {
                    clock.pass(Duration.ofMillis(random.nextInt(3_000)));
                }
                if (i == 100) {
                    copied = journal.close();
                    copy = new HashSet<>(zone);
                }
            }
            journal.close();
            for (var step : journal.since(copied).orElseThrow()) {
                assertThat(step.from()).isEqualTo(copied);
                assertThat(copy.containsAll(step.removed())).isTrue();
                step.removed().forEach(copy::remove);
                copy.addAll(step.added());
                copied = step.to();
            }
            assertThat(copy).isEqualTo(zone);
        }
    }
}
