package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;

/// When a subject is scored again though nothing was heard of it.
class DueTest {
    private static final long NOW = 29_000_000;
    private static final long HOUR = NOW / 60;
    private static final Instant INSTANT = Instant.ofEpochSecond(NOW * 60);

    private static Published published(
            String subject, boolean listed, long allowance, OptionalInt score, Duration believed) {
        return new Published(
                subject,
                false,
                listed ? Optional.of(ListedFor.SPAM) : Optional.empty(),
                Optional.empty(),
                0,
                allowance,
                score,
                0,
                0,
                0,
                false,
                false,
                INSTANT.plus(believed));
    }

    private static Published listed(String subject) {
        return published(subject, true, -1, OptionalInt.of(3), Duration.ofMinutes(15));
    }

    private static Published scored(String subject) {
        return published(subject, false, -1, OptionalInt.of(90), Duration.ofHours(6));
    }

    private static Published young(String subject) {
        return published(subject, false, 50, OptionalInt.empty(), Duration.ofHours(1));
    }

    private static Published unknown(String subject) {
        return published(subject, false, -1, OptionalInt.empty(), Duration.ofHours(1));
    }

    /// What is said of somebody never runs out under those who read it.
    @Test
    void beforeWhatIsSaidRunsOutAndWithinADayElse() {
        for (int i = 0; i < 1_000; i++) {
            String name = i + ".example";
            assertThat(Rescorer.nextDue(listed(name), 0, INSTANT)).isBetween(NOW + 1, NOW + 10);
            assertThat(Rescorer.nextDue(scored(name), 0, INSTANT)).isBetween(NOW + 1, NOW + 240);
            assertThat(Rescorer.nextDue(young(name), HOUR, INSTANT)).isBetween(NOW + 1, NOW + 40);
            assertThat(Rescorer.nextDue(young(name), HOUR - 25, INSTANT))
                    .isBetween(NOW + 1, NOW + 1_440);
            assertThat(Rescorer.nextDue(unknown(name), HOUR, INSTANT))
                    .isBetween(NOW + 1, NOW + 1_440);
        }
    }

    @Test
    void fromThenOnOnceAPeriod() {
        long due = Rescorer.nextDue(listed("a.example"), 0, INSTANT);
        var then = Instant.ofEpochSecond(due * 60);
        var again =
                new Published(
                        "a.example",
                        false,
                        Optional.of(ListedFor.SPAM),
                        Optional.empty(),
                        0,
                        -1,
                        OptionalInt.of(3),
                        0,
                        0,
                        0,
                        false,
                        false,
                        then.plus(Duration.ofMinutes(15)));
        assertThat(Rescorer.nextDue(again, 0, then)).isEqualTo(due + 10);
    }

    @Test
    void evenlySpread() {
        var perMinute = new int[10];
        for (int i = 0; i < 10_000; i++) {
            perMinute[(int) (Rescorer.nextDue(listed(i + ".example"), 0, INSTANT) - NOW - 1)]++;
        }
        assertThat(Arrays.stream(perMinute).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
