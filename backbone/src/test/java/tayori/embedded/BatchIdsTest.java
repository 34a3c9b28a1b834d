package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tayori.embedded.BatchIds.Digest;
import tayori.reputation.EvidenceBatch;

class BatchIdsTest {
    private static Digest digest(long number) {
        return new Digest(number * 0x9e3779b97f4a7c15L, number);
    }

    @Test
    void aBatchIsKnownByProviderNodeAndId() {
        var digests = new HashSet<Digest>();
        for (var provider : List.of("a", "ab")) {
            for (var node : List.of("c", "bc")) {
                for (var id : List.of("1", "c1")) {
                    digests.add(Digest.of(new EvidenceBatch(id, provider, node, List.of())));
                }
            }
        }
        assertThat(digests).hasSize(8);
    }

    @Test
    void isKeptForItsTime() {
        var ids = new BatchIds(100, Duration.ofMinutes(10));
        assertThat(ids.add(digest(1), 1_000)).isTrue();
        assertThat(ids.add(digest(1), 1_001)).isFalse();
        ids.expire(1_010);
        assertThat(ids.contains(digest(1))).isTrue();
        ids.expire(1_011);
        assertThat(ids.contains(digest(1))).isFalse();
        assertThat(ids.add(digest(1), 1_011)).isTrue();
        assertThat(ids.size()).isEqualTo(1);
    }

    @Test
    void beyondTheNumberTheOldestGoFirst() {
        var ids = new BatchIds(800, Duration.ofDays(7));
        for (int i = 0; i < 801; i++) {
            ids.add(digest(i), i / 50);
        }
        assertThat(ids.size()).isEqualTo(701);
        assertThat(ids.contains(digest(99))).isFalse();
        assertThat(ids.contains(digest(100))).isTrue();
        assertThat(ids.oldestMinute()).isEqualTo(2);
    }

    @Test
    void theMinuteWeAreInIsNeverForgotten() {
        var ids = new BatchIds(10, Duration.ofDays(7));
        for (int i = 0; i < 1_000; i++) {
            ids.add(digest(i), 5);
        }
        assertThat(ids.size()).isEqualTo(1_000);
        ids.add(digest(1_000), 6);
        assertThat(ids.size()).isEqualTo(1);
    }

    @Test
    void aClockPutBackLetsNothingCountTwice() {
        var ids = new BatchIds(100, Duration.ofMinutes(10));
        ids.expire(1_000);
        ids.add(digest(1), 500);
        assertThat(ids.add(digest(1), 500)).isFalse();
    }

    @Test
    void behavesAsASetWhileItGrowsAndForgets() {
        var random = new Random(7);
        var ids = new BatchIds(Integer.MAX_VALUE, Duration.ofMinutes(20));
        var expected = new HashMap<Long, Long>();
        for (long step = 0; step < 20_000; step++) {
            long minute = step / 100;
            long number = random.nextInt(2_000);
            ids.expire(minute);
            expected.values().removeIf(at -> at < minute - 20 && minute % 10 == 0);
            boolean known = expected.containsKey(number) && expected.get(number) >= minute - 20;
            assertThat(ids.add(digest(number), minute)).isEqualTo(!known);
            if (!known) {
                expected.put(number, minute);
            }
        }
    }
}
