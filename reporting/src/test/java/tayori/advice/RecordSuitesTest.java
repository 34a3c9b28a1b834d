package tayori.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The TXT records of the suites for MTA-STS (RFC 8461 §3.1) and TLS reporting (RFC 8460 §3), of mox and mail-auth.
class RecordSuitesTest {
    @TestFactory
    Stream<DynamicTest> mtaSts() throws IOException {
        return cases("mta-sts", 14).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.get("id").asString(),
                                () -> {
                                    var outcome = MtaStsRecord.parse(one.get("text").asString());
                                    assertThat(outcome instanceof MtaStsRecord.Outcome.Valid)
                                            .as("%s", outcome)
                                            .isEqualTo(one.get("valid").asBoolean());
                                    if (one.has("policyId")
                                            && outcome
                                                    instanceof
                                                    MtaStsRecord.Outcome.Valid(var record)) {
                                        assertThat(record.id())
                                                .isEqualTo(one.get("policyId").asString());
                                    }
                                }));
    }

    @TestFactory
    Stream<DynamicTest> tlsReports() throws IOException {
        return cases("tls-rpt", 16).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.get("id").asString(),
                                () -> {
                                    var outcome = TlsReportRecord.parse(one.get("text").asString());
                                    assertThat(outcome instanceof TlsReportRecord.Outcome.Valid)
                                            .as("%s", outcome)
                                            .isEqualTo(one.get("valid").asBoolean());
                                    if (one.has("rua")
                                            && outcome
                                                    instanceof
                                                    TlsReportRecord.Outcome.Valid(var record)) {
                                        assertThat(
                                                        record.reports().stream()
                                                                .map(uri ->
                                                                        uri.isMailto()
                                                                                ? uri.mailbox()
                                                                                : uri.uri()))
                                                .containsExactlyElementsOf(
                                                        one.get("rua")
                                                                .valueStream()
                                                                .map(JsonNode::asString)
                                                                .toList());
                                    }
                                }));
    }

    private static List<JsonNode> cases(String suite, int count) throws IOException {
        String path = "/conformance/" + suite + "/records.json";
        try (var in = RecordSuitesTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("the suite misses " + path);
            }
            var cases =
                    StreamSupport.stream(new JsonMapper().readTree(in).spliterator(), false)
                            .toList();
            assertThat(cases).as(path).hasSize(count);
            return cases;
        }
    }
}
