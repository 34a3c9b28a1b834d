package tayori.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.api.EvidenceJson.Reading;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

class EvidenceJsonTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Identity SIGNER = Identity.parse("dkim:example.jp").orElseThrow();

    private static Reading<EvidenceBatch> read(String json) {
        return EvidenceJson.readBatch(json.getBytes(UTF_8), "isp", NOW);
    }

    @Test
    void whatIsWrittenIsRead() {
        var counts = Counts.NONE;
        for (var observation : Observation.values()) {
            counts = counts.plus(observation, observation.keyword().length());
        }
        var evidence =
                List.of(
                        new Evidence(SIGNER, 497_000, counts, List.of(Long.MIN_VALUE, -1L, 0L)),
                        new Evidence(
                                Identity.parse("address-block:2001:db8:0:0:0:0:0:0/64")
                                        .orElseThrow(),
                                Evidence.UNKNOWN_HOUR,
                                Counts.NONE,
                                List.of()));
        var batch = new EvidenceBatch("b-1", "isp", "mx1", evidence);
        assertThat(read(EvidenceJson.write(batch))).isEqualTo(new Reading.Read<>(batch));
        for (var piece : evidence) {
            assertThat(EvidenceJson.readEvidence(EvidenceJson.write(piece).getBytes(UTF_8), NOW))
                    .isEqualTo(new Reading.Read<>(piece));
        }
    }

    private static String batch(int pieces, int reporters) {
        String who =
                LongStream.range(0, reporters)
                        .mapToObj("\"%016x\""::formatted)
                        .collect(Collectors.joining(","));
        return IntStream.range(0, pieces)
                .mapToObj(i ->
                        "{\"identity\":\"dkim:a.example\",\"counts\":{},\"reporters\":["
                                + (i == 0 ? who : "")
                                + "]}")
                .collect(
                        Collectors.joining(
                                ",", "{\"id\":\"x\",\"node\":\"n\",\"evidence\":[", "]}"));
    }

    @ParameterizedTest(name = "{0} pieces with {1} reporters are taken: {2}")
    @CsvSource({"20000, 0, true", "20001, 0, false", "1, 50000, true", "1, 50001, false"})
    void aBatchIsBounded(int pieces, int reporters, boolean taken) {
        assertThat(read(batch(pieces, reporters)) instanceof Reading.Read).isEqualTo(taken);
    }

    @ParameterizedTest(name = "a name of {0} characters is taken: {1}")
    @CsvSource({"128, true", "129, false"})
    void namesAreBounded(int length, boolean taken) {
        String name = "x".repeat(length);
        assertThat(
                        read("{\"id\":\"" + name + "\",\"node\":\"" + name + "\",\"evidence\":[]}")
                                instanceof Reading.Read)
                .isEqualTo(taken);
    }

    @Test
    void aRefusalQuotesNothingOfTheStranger() {
        assertThat(read("{\"evil\\u001b[31m\":1}").toString()).doesNotContain("evil", "\u001b");
        assertThat(read("evil").toString()).doesNotContain("evil");
    }
}
