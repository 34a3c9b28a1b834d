package tayori.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.access.ResponseRateLimit.Decision;
import tayori.access.ResponseRateLimit.Kind;

class ResponseRateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private static RateLimitOptions options(int perSecond, int windowSeconds, int slip) {
        return new RateLimitOptions(
                perSecond,
                perSecond,
                perSecond,
                Duration.ofSeconds(windowSeconds),
                slip,
                24,
                56,
                1 << 10,
                List.of("192.0.2.0/25", "2001:db8:1::/48"));
    }

    private static ResponseRateLimit limit(int perSecond, int windowSeconds, int slip) {
        return new ResponseRateLimit(options(perSecond, windowSeconds, slip), 4711, 0);
    }

    private static byte[] address(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }

    /// @return how often each decision was taken while `offered` answers a second are asked for from `from` to `to`
    private static Map<Decision, Integer> flood(
            ResponseRateLimit limit, String client, int offered, long from, long to) {
        var counts = new EnumMap<Decision, Integer>(Decision.class);
        for (long now = from * SECOND; now < to * SECOND; now += SECOND / offered) {
            counts.merge(limit.check(address(client), Kind.ANSWER, now), 1, Integer::sum);
        }
        return counts;
    }

    @ParameterizedTest(name = "limit {0}, window {1} s, {2} asked a second: {3} sent in 20 s")
    @CsvSource({
        "10, 1, 5, 100",
        "10, 1, 10, 200",
        "10, 1, 100, 210",
        "10, 1, 10000, 210",
        "10, 5, 1000, 250",
        "200, 1, 4000, 4200",
        "1, 1, 100, 21",
    })
    void aLimitLetsThatManyThrough(int perSecond, int window, int offered, int sent) {
        var counts = flood(limit(perSecond, window, 2), "198.51.100.7", offered, 0, 20);
        assertThat(counts.get(Decision.SEND)).isBetween(sent - 2, sent);
    }

    @Test
    void anyLoadOfAnyShapeStaysWithinLimitTimesTimePlusWindow() {
        var random = new Random(1);
        for (int run = 0; run < 200; run++) {
            int perSecond = 1 + random.nextInt(500);
            int window = 1 + random.nextInt(10);
            var limit = limit(perSecond, window, random.nextInt(4));
            long now = 0;
            long sent = 0;
            for (int i = 0; i < 5_000; i++) {
                now +=
                        random.nextInt(10) == 0
                                ? random.nextLong(SECOND)
                                : random.nextLong(SECOND / 5_000);
                if (limit.check(address("2001:db8::1"), Kind.NXDOMAIN, now) == Decision.SEND) {
                    sent++;
                }
                assertThat(sent)
                        .isLessThanOrEqualTo(
                                (long) (perSecond * (window + now / (double) SECOND)) + 1);
            }
        }
    }

    @ParameterizedTest(name = "slip {0}: {1} of 1000 over the limit are truncated")
    @CsvSource({"0, 0", "1, 1000", "2, 500", "10, 100"})
    void everySoManiethOverTheLimitIsTruncated(int slip, int truncated) {
        var limit = limit(1, 1, slip);
        assertThat(limit.check(address("198.51.100.7"), Kind.ERROR, 0)).isEqualTo(Decision.SEND);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.check(address("198.51.100.7"), Kind.ERROR, 1))
                    .isNotEqualTo(Decision.SEND);
        }
        assertThat(limit.truncated()).isEqualTo(truncated);
        assertThat(limit.dropped()).isEqualTo(1_000 - truncated);
    }

    @Test
    void aClientALittleOverItsLimitIsToldToComeByTcpToo() {
        assertThat(flood(limit(100, 1, 2), "198.51.100.7", 130, 0, 20).get(Decision.TRUNCATE))
                .isGreaterThan(200);
    }

    @ParameterizedTest(name = "{0} flooded: {1} shares its limit: {2}")
    @CsvSource({
        "198.51.100.7, 198.51.100.250, true",
        "198.51.100.7, 198.51.101.7, false",
        "198.51.100.7, ::ffff:198.51.100.9, true",
        "2001:db8:2:0::1, 2001:db8:2:ff::2, true",
        "2001:db8:2:0::1, 2001:db8:2:100::1, false",
        "0.0.0.1, ::1, false",
    })
    void aNetworkSharesOneLimit(String flooded, String other, boolean shared) {
        var limit = limit(10, 1, 2);
        flood(limit, flooded, 1_000, 0, 5);
        var last = limit.check(address(other), Kind.ANSWER, 5 * SECOND - 1_000_000);
        assertThat(last != Decision.SEND).isEqualTo(shared);
        assertThat(limit.check(address(flooded), Kind.NXDOMAIN, 5 * SECOND))
                .as("another kind of answer")
                .isEqualTo(Decision.SEND);
    }

    @Test
    void theWholeAllowanceIsBackAfterTheWindow() {
        var limit = limit(10, 3, 2);
        flood(limit, "198.51.100.7", 1_000, 0, 10);
        assertThat(flood(limit, "198.51.100.7", 1_000_000, 13, 14).get(Decision.SEND))
                .isBetween(30 + 9, 30 + 10);
    }

    @ParameterizedTest(name = "{0} is exempt: {1}")
    @CsvSource({
        "192.0.2.1, true",
        "192.0.2.128, false",
        "2001:db8:1:ffff::1, true",
        "2001:db8:2::1, false",
        "::ffff:192.0.2.5, true",
    })
    void exemptNetworksHaveNoLimit(String client, boolean exempt) {
        var counts = flood(limit(1, 1, 2), client, 1_000, 0, 1);
        assertThat(counts.getOrDefault(Decision.SEND, 0) == 1_000).isEqualTo(exempt);
    }

    @Test
    void offMeansOff() {
        var off = new ResponseRateLimit(RateLimitOptions.OFF, 1, 0);
        assertThat(flood(off, "198.51.100.7", 10_000, 0, 1)).containsOnlyKeys(Decision.SEND);
    }

    @Test
    void aFloodFromAllNetworksTakesNothingFromAnHonestOne() {
        var limit = limit(100, 1, 2);
        var random = new Random(2);
        for (int i = 0; i < 1_000_000; i++) {
            long now = i * (SECOND / 200_000);
            byte[] forged = new byte[4];
            random.nextBytes(forged);
            limit.check(forged, Kind.ANSWER, now);
            if (i % 4_000 == 0) { // 50 a second
                assertThat(limit.check(address("203.0.113.5"), Kind.ANSWER, now))
                        .isEqualTo(Decision.SEND);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "192.0.2.0/33, 192.0.2.0/33: after the slash 0 to 32 is expected",
        "2001:db8::/65, 2001:db8::/65: after the slash 0 to 64 is expected",
        "192.0.2.0/x, 192.0.2.0/x: after the slash 0 to 32 is expected",
    })
    void whatIsNoNetworkIsNamed(String network, String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkSet(List.of(network)))
                .withMessage(wrong);
    }

    @Test
    void limitsOfTheOptions() {
        assertThat(RateLimitOptions.DEFAULTS)
                .isEqualTo(
                        new RateLimitOptions(
                                200, 200, 50, Duration.ofSeconds(1), 2, 24, 56, 65_536, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(1_000_001, 1, 2))
                .withMessage("answersPerSecond must be 0 to 1000000, not 1000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(1, 0, 2))
                .withMessage("window in seconds must be 1 to 3600, not 0");
    }
}
