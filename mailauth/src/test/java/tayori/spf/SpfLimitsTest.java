package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfLimitsTest {
    @ParameterizedTest(name = "a local part of {0} characters: {1} are for macros")
    @CsvSource({"64, 64", "512, 512", "513, 512", "100000, 512"})
    void aMacroBombHasASmallFuse(int length, int kept) {
        assertThat(Identity.MAX_LOCAL_PART).isEqualTo(512);
        var identity = Identity.ofMailFrom("x".repeat(length) + "@example.com", "h.example");
        assertThat(identity.localPart()).hasSize(kept);
        assertThat(identity.domain()).isPresent();
    }

    @ParameterizedTest(name = "{0} characters are shown as {1}")
    @CsvSource({"300, 300", "301, 303", "5000, 303"})
    void aStrangersTextIsCut(int length, int shown) {
        assertThat(Printable.MAX_TEXT).isEqualTo(300);
        assertThat(Printable.text("x".repeat(length))).hasSize(shown);
        assertThat(Printable.text("\n".repeat(length)))
                .hasSize(shown)
                .startsWith("???")
                .doesNotContain("\n");
    }

    @Test
    void rememberedRecordsAreBoundedWhoeverAsks() throws InterruptedException {
        var cache = new RecordCache(100);
        var largest = new AtomicInteger();
        var wrong = new AtomicInteger();
        var go = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            int mine = i;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        for (int n = 0; n < 2_000; n++) {
                            String text = "v=spf1 ip4:192.0." + mine % 4 + "." + n % 250 + " -all";
                            if (!cache.parse(text).toString().contains(text)) {
                                wrong.incrementAndGet();
                            }
                            largest.accumulateAndGet(cache.size(), Math::max);
                        }
                    }));
        }
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(wrong).hasValue(0);
        assertThat(largest.get()).isBetween(50, 100);
    }

    @ParameterizedTest(name = "a record of {0} characters: {1} remembered")
    @CsvSource({"1024, 1", "1025, 0"})
    void longRecordsAreNotRemembered(int length, int remembered) {
        assertThat(RecordCache.MAX_TEXT).isEqualTo(1024);
        var cache = new RecordCache(100);
        cache.parse("v=spf1 " + "x".repeat(length - 7));
        assertThat(cache.size()).isEqualTo(remembered);
    }
}
