package tayori.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeysTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TODAY = 1_790_000_000L;
    private static final String KEY = "k3y0000000000000of-alice";
    private static final String OTHER = "k3y0000000000000of-bert";

    private final AccessKeys keys = new AccessKeys(List.of("dwl", "dbl"));

    private static Client client(String name, String key, long perSecond, long perDay) {
        return new Client(name, List.of(AccessKeys.hash(key)), Set.of("dwl"), perSecond, perDay);
    }

    private int find(String label) {
        byte[] octets = ("xx" + label + "yy").getBytes(StandardCharsets.ISO_8859_1);
        return keys.find(octets, 2, octets.length - 4);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "k3y0000000000000of-alice, true",
        "K3Y0000000000000OF-Alice, true",
        "k3y0000000000000of-alicf, false",
        "k3y0000000000000of-alic, false",
        "jp, false",
        "'', false",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
    })
    void aLabelIsAKeyInAnyCase(String label, boolean known) {
        keys.reload(List.of(client("alice", KEY, 10, 10)), 0);
        assertThat(find(label) != AccessKeys.NONE).isEqualTo(known);
    }

    @Test
    void theHashIsSha256OfTheKeyInLowerCase() throws Exception {
        byte[] digest =
                java.security.MessageDigest.getInstance("SHA-256")
                        .digest(KEY.getBytes(StandardCharsets.US_ASCII));
        assertThat(AccessKeys.hash(KEY.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(java.util.HexFormat.of().formatHex(digest));
    }

    @Test
    void aKeyOpensItsZonesOnly() {
        keys.reload(List.of(client("alice", KEY, 10, 10)), 0);
        assertThat(keys.take(find(KEY), 0, 0, TODAY)).isEqualTo(Verdict.ALLOWED);
        assertThat(keys.take(find(KEY), 1, 0, TODAY)).isEqualTo(Verdict.OTHER_ZONE);
        assertThat(keys.take(AccessKeys.NONE, 0, 0, TODAY)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(keys.take(7, 0, 0, TODAY)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(keys.usage()).containsExactly(new Usage("alice", 1, 1, 0, 0));
    }

    @ParameterizedTest(name = "limit {0} a second, {1} asked a second: {2} in ten seconds")
    @CsvSource({"10, 5, 50", "10, 10, 100", "10, 1000, 110", "1000, 10000, 11000", "1, 50, 11"})
    void aLimitLetsThatManyThroughASecond(int limit, int offered, int most) {
        keys.reload(List.of(client("alice", KEY, limit, 1_000_000)), 0);
        int client = find(KEY);
        long allowed =
                IntStream.range(0, offered * 10)
                        .filter(i ->
                                keys.take(client, 0, i * (SECOND / offered), TODAY)
                                        == Verdict.ALLOWED)
                        .count();
        assertThat(allowed).isBetween(most - 1L, (long) most);
    }

    @Test
    void aDayEndsAtMidnightUtc() {
        keys.reload(List.of(client("alice", KEY, 1_000, 3)), 0);
        int client = find(KEY);
        long midnight = TODAY / 86_400 * 86_400 + 86_400;
        for (int i = 0; i < 3; i++) {
            assertThat(keys.take(client, 0, SECOND, midnight - 1)).isEqualTo(Verdict.ALLOWED);
        }
        assertThat(keys.take(client, 0, SECOND, midnight - 1)).isEqualTo(Verdict.TOO_MANY_TODAY);
        assertThat(keys.take(client, 0, SECOND, midnight)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aReloadKeepsWhatWasUsedAndTheNumbers() {
        keys.reload(List.of(client("alice", KEY, 1_000, 1), client("bert", OTHER, 1, 1)), 0);
        int alice = find(KEY);
        int bert = find(OTHER);
        assertThat(keys.take(bert, 0, 0, TODAY)).isEqualTo(Verdict.ALLOWED);
        keys.reload(
                List.of(client("bert", OTHER, 1_000, 1), client("carl", "c".repeat(20), 1, 1)), 0);
        assertThat(find(KEY)).isEqualTo(AccessKeys.NONE);
        assertThat(keys.take(alice, 0, 0, TODAY)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(find(OTHER)).isEqualTo(bert);
        assertThat(keys.take(bert, 0, 2 * SECOND, TODAY)).isEqualTo(Verdict.TOO_MANY_TODAY);
        assertThat(find("c".repeat(20))).isNotIn(alice, bert);
        keys.reload(List.of(client("dora", "d".repeat(20), 1, 1)), 0);
        assertThat(find("d".repeat(20))).as("a slot free since before").isEqualTo(alice);
    }

    @Test
    void aBadListChangesNothing() {
        keys.reload(List.of(client("alice", KEY, 10, 10)), 0);
        var stranger = new Client("x", List.of(), Set.of("other"), 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.reload(List.of(stranger), 0))
                .withMessage("client x: no zone other; there are [dwl, dbl]");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        keys.reload(List.of(client("a", KEY, 1, 1), client("b", KEY, 1, 1)), 0))
                .withMessage("client b has a key of client a");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        keys.reload(List.of(client("a", KEY, 1, 1), client("a", OTHER, 1, 1)), 0))
                .withMessage("two clients are named a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client("a", "short", 1, 1))
                .withMessage("a key has 16 to 63 characters, not 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client("a", KEY, 0, 1))
                .withMessage("client a: queriesPerSecond must be 1 to 1000000, not 0");
        assertThat(find(KEY)).isNotEqualTo(AccessKeys.NONE);
    }

    @Test
    void tenThousandKeysAreAllFound() {
        keys.reload(
                IntStream.range(0, 10_000)
                        .mapToObj(i -> client("c" + i, "key-0000000000-" + i + "-of", 1, 1))
                        .toList(),
                0);
        assertThat(IntStream.range(0, 10_000))
                .allSatisfy(i -> assertThat(find("key-0000000000-" + i + "-of")).isEqualTo(i));
        assertThat(find("key-0000000000-10000-of")).isEqualTo(AccessKeys.NONE);
    }

    @Test
    void fourThreadsTogetherGetOneAllowance() throws Exception {
        keys.reload(List.of(client("alice", KEY, 1_000_000, 100_000)), 0);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Long>> parts =
                    IntStream.range(0, 4)
                            .mapToObj(_ ->
                                    threads.submit(() ->
                                            IntStream.range(0, 50_000)
                                                    .filter(_ ->
                                                            keys.take(find(KEY), 0, SECOND, TODAY)
                                                                    == Verdict.ALLOWED)
                                                    .count()))
                            .toList();
            long allowed = 0;
            for (var part : parts) {
                allowed += part.get();
            }
            assertThat(allowed).isEqualTo(100_000);
        }
    }
}
