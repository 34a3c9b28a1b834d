package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static tayori.reputation.Traffic.DOMAIN;
import static tayori.reputation.Traffic.HOUR;
import static tayori.reputation.Traffic.evidence;
import static tayori.reputation.Traffic.fold;
import static tayori.reputation.Traffic.messages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The laws of merging and forgetting, and what is stored.
class IdentityStateTest {
    private static void assertSame(IdentityState actual, IdentityState expected) {
        assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(actual.encode()).isEqualTo(expected.encode());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void orderDoesNotMatter(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.anything(300, 3);
        assertSame(fold(traffic.shuffled(entries)), fold(entries));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aStateSplitOverNodesMergesToTheWhole(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.anything(300, 1 + (int) seed);
        Map<String, List<Traffic.Entry>> byNode =
                entries.stream().collect(Collectors.groupingBy(Traffic.Entry::node));
        List<IdentityState> parts = new ArrayList<>();
        for (var ofNode : byNode.values()) {
            parts.add(fold(ofNode));
            parts.add(fold(ofNode.subList(0, traffic.upTo(ofNode.size()))));
            parts.add(fold(ofNode));
        }
        var merged = IdentityState.of(DOMAIN);
        for (var part : traffic.shuffled(parts)) {
            merged = IdentityState.merge(merged, part);
        }
        assertSame(merged, fold(entries));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void mergeCommutesAssociatesAndMayBeRepeated(long seed) {
        var traffic = new Traffic(seed);
        var a = fold(traffic.anything(100, 2));
        var b = fold(traffic.anything(100, 2));
        var c = fold(traffic.anything(100, 2));
        var ab = IdentityState.merge(a, b);
        assertSame(IdentityState.merge(b, a), ab);
        assertSame(IdentityState.merge(ab, c), IdentityState.merge(a, IdentityState.merge(b, c)));
        assertSame(IdentityState.merge(ab, a), ab);
        assertSame(IdentityState.merge(a, a), a);
        assertSame(IdentityState.merge(a, IdentityState.of(DOMAIN)), a);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void forgettingCommutesWithMerging(long seed) {
        var traffic = new Traffic(seed);
        var a = traffic.anything(150, 2);
        var b = traffic.anything(150, 2);
        for (long later : new long[] {-300, 0, 1, 30, 200, 24 * 61, 24 * 500}) {
            var whole = IdentityState.merge(fold(a), fold(b));
            whole.compact(HOUR + later);
            var first = fold(a);
            first.compact(HOUR + later);
            var second = fold(b);
            second.compact(HOUR + later);
            var merged = IdentityState.merge(first, second);
            assertSame(merged, whole);
            merged.compact(HOUR + later);
            assertSame(merged, whole);
        }
    }

    @Test
    void forgettingChangesNoScore() {
        var scorer = new Scorer(ScoreOptions.DEFAULTS);
        for (long seed = 41; seed < 61; seed++) {
            var state = fold(new Traffic(seed).anything(300, 2));
            var before = Scores.explain(scorer, state);
            state.compact(HOUR);
            assertThat(Scores.explain(scorer, state)).isEqualTo(before);
        }
    }

    @Test
    void aYearLaterOnlyTheFirstDayIsKnown() {
        var state = fold(new Traffic(1).anything(300, 2));
        long first = state.firstSeenHour();
        state.compact(HOUR + 400 * 24);
        assertThat(state.isEmpty()).isTrue();
        assertThat(state.firstSeenHour()).isEqualTo(first);
        assertThat(state.encode()).hasSizeLessThan(20);
    }

    @ParameterizedTest(name = "{0}: {1} hours by hour, {2} days, {3} undated")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    of this hour                        | 0     | 1 | 1 | 0
                    a clock that is an hour fast        | 1     | 1 | 1 | 0
                    of a time to come                   | 2     | 0 | 0 | 1
                    of yesterday                        | -24   | 1 | 1 | 0
                    late: only its day                  | -96   | 0 | 1 | 0
                    of the oldest day                   | -1416 | 0 | 1 | 0
                    too old                             | -1440 | 0 | 0 | 0
                    """)
    void evidenceGoesToTheBucketsOfItsTime(
            String name, long age, int hours, int days, int undated) {
        var state = IdentityState.of(DOMAIN);
        state.fold("n", "asahi", evidence(HOUR + age, messages(1)), HOUR);
        var ledgers = state.ledgers();
        assertThat(ledgers).hasSize(hours + days + undated == 0 ? 0 : 1);
        if (!ledgers.isEmpty()) {
            assertThat(ledgers.getFirst().dated().hours().size()).isEqualTo(hours);
            assertThat(ledgers.getFirst().dated().days().size()).isEqualTo(days);
            assertThat(ledgers.getFirst().undated().hours().size()).isEqualTo(undated);
        }
    }

    @Test
    void countersStopAndDoNotTurnOver() {
        var state = IdentityState.of(DOMAIN);
        for (int i = 0; i < 3; i++) {
            state.fold("n", "asahi", evidence(HOUR, messages(Long.MAX_VALUE)), HOUR);
        }
        assertThat(state.ledgers().getFirst().dated().hours().count(0, Observation.MESSAGES))
                .isEqualTo(Buckets.MAX_COUNT);
        assertSame(IdentityState.decode(DOMAIN, state.encode()), state);
    }

    @Test
    void identitiesAreNotMixed() {
        var other = IdentityState.of(new Identity(IdentityKind.DKIM, "example.jp"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityState.merge(IdentityState.of(DOMAIN), other))
                .withMessage("author:example.jp is not dkim:example.jp");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53, 54, 55, 56})
    void storedStateComesBack(long seed) {
        var traffic = new Traffic(seed);
        for (int size : new int[] {0, 1, 2, 10, 400}) {
            var state = fold(traffic.anything(size, 3));
            assertSame(IdentityState.decode(DOMAIN, state.encode()), state);
            state.compact(HOUR);
            assertSame(IdentityState.decode(DOMAIN, state.encode()), state);
        }
    }

    @Test
    void aSmallDomainTakesLessThan60Octets() {
        var state = IdentityState.of(DOMAIN);
        for (int hour = 0; hour < 5; hour++) {
            state.fold("node1", "isp-a", evidence(HOUR - hour, messages(3)), HOUR);
        }
        state.fold(
                "node1",
                "isp-a",
                evidence(HOUR - 1, Counts.of(Observation.COMPLAINTS, 1), 77L),
                HOUR);
        assertThat(state.encode()).hasSizeLessThan(60);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63, 64})
    void damagedStateIsRefusedInWordsOrIsAState(long seed) {
        var random = new Random(seed);
        byte[] whole = fold(new Traffic(seed).anything(20, 2)).encode();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                var state = IdentityState.decode(DOMAIN, damaged);
                assertThat(state.encode()).isEqualTo(damaged);
            } catch (IllegalArgumentException e) {
                assertThat(e)
                        .hasMessageStartingWith("stored state of author:example.jp is damaged");
            }
        }
    }

    @Test
    void nothingMayFollow() {
        byte[] whole = fold(new Traffic(1).anything(3, 1)).encode();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> IdentityState.decode(DOMAIN, Arrays.copyOf(whole, whole.length + 1)))
                .withMessageEndingWith("something follows its end");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityState.decode(DOMAIN, new byte[] {9}))
                .withMessageEndingWith("damaged at octet 1: an unknown version");
    }
}
