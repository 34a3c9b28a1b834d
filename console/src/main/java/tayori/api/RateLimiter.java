package tayori.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Lets each asker ask so often: a bucket of tokens for every name, filled at a steady rate.
final class RateLimiter {
    /// Most names remembered. The one that has not asked for longest is forgotten first, which gives it a full bucket;
    /// keys are few, and an attacker with so many addresses is not held by this.
    static final int MAX_NAMES = 10_000;

    private final double perSecond;
    private final int burst;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MAX_NAMES;
                }
            };

    private static final class Bucket {
        double tokens;
        Instant filled;

        Bucket(double tokens, Instant filled) {
            this.tokens = tokens;
            this.filled = filled;
        }
    }

    RateLimiter(double perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /// Takes one token.
    ///
    /// @return nothing when there was one, otherwise how long it takes until there is
    synchronized Optional<Duration> ask(String name) {
        Instant now = clock.instant();
        var bucket = buckets.computeIfAbsent(name, _ -> new Bucket(burst, now));
        double seconds = Math.max(0, Duration.between(bucket.filled, now).toNanos() / 1e9);
        bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond);
        bucket.filled = now;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofMillis((long) Math.ceil((1 - bucket.tokens) / perSecond * 1_000)));
    }
}
