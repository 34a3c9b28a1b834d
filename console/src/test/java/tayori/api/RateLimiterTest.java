package tayori.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RateLimiter limiter = new RateLimiter(2, 3, now::get);

    @Test
    void aBurstThenTheRate() {
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.ask("a")).isEmpty();
        }
        assertThat(limiter.ask("a")).hasValue(Duration.ofMillis(500));
        assertThat(limiter.ask("b")).as("by name").isEmpty();
        now.set(now.get().plusMillis(500));
        assertThat(limiter.ask("a")).isEmpty();
        assertThat(limiter.ask("a")).isPresent();
        now.set(now.get().plusSeconds(3_600));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.ask("a")).isEmpty();
        }
        assertThat(limiter.ask("a")).as("no more than a burst is saved").isPresent();
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        for (int i = 0; i < 3; i++) {
            limiter.ask("a");
        }
        now.set(now.get().minusSeconds(60));
        assertThat(limiter.ask("a")).isPresent();
    }

    @Test
    void theOneThatAskedLongestAgoIsForgottenFirst() {
        for (int i = 0; i < 3; i++) {
            limiter.ask("busy");
            limiter.ask("idle");
        }
        for (int i = 0; i < RateLimiter.MAX_NAMES - 1; i++) {
            limiter.ask("other " + i);
            if (i == RateLimiter.MAX_NAMES / 2) {
                assertThat(limiter.ask("busy")).isPresent();
            }
        }
        assertThat(limiter.ask("busy")).isPresent();
        assertThat(limiter.ask("idle")).as("forgotten").isEmpty();
    }
}
