package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static Published published(String subject, boolean listed, long allowance) {
        return new Published(
                subject,
                false,
                listed ? Optional.of(ListedFor.SPAM) : Optional.empty(),
                Optional.empty(),
                0,
                allowance,
                OptionalInt.empty(),
                0,
                0,
                0,
                false,
                false,
                Instant.EPOCH);
    }

    @Test
    void withinAnHourWhereHoursCountAndWithinADayElse() {
        for (int i = 0; i < 1_000; i++) {
            String subject = i + ".example";
            assertThat(Rescorer.nextDue(published(subject, true, -1), 0, NOW))
                    .isBetween(NOW + 1, NOW + 60);
            assertThat(Rescorer.nextDue(published(subject, false, 50), HOUR, NOW))
                    .isBetween(NOW + 1, NOW + 60);
            assertThat(Rescorer.nextDue(published(subject, false, -1), HOUR, NOW))
                    .isBetween(NOW + 1, NOW + 1_440);
            assertThat(Rescorer.nextDue(published(subject, false, 50), HOUR - 25, NOW))
                    .isBetween(NOW + 1, NOW + 1_440);
        }
    }

    @Test
    void fromThenOnOnceAPeriod() {
        var published = published("a.example", true, -1);
        long due = Rescorer.nextDue(published, 0, NOW);
        assertThat(Rescorer.nextDue(published, 0, due)).isEqualTo(due + 60);
    }

    @Test
    void evenlySpread() {
        var perMinute = new int[60];
        for (int i = 0; i < 60_000; i++) {
            perMinute[
                    (int)
                            (Rescorer.nextDue(published(i + ".example", true, -1), 0, NOW)
                                    - NOW
                                    - 1)]++;
        }
        assertThat(Arrays.stream(perMinute).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
