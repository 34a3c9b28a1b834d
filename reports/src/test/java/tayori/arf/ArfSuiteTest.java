package tayori.arf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.arf.ArfReading.NoReport;
import tayori.conformance.Suite;
import tools.jackson.databind.JsonNode;

/// The suite `arf`: reports of Sisimai's, mail-auth's and parsedmarc's collections.
class ArfSuiteTest {
    private static final Suite SUITE = Suite.of("arf");

    /// mail-auth's names.
    private static final Map<String, FeedbackType> TYPES =
            Map.of("Abuse", FeedbackType.ABUSE, "AuthFailure", FeedbackType.AUTH_FAILURE);

    @TestFactory
    Stream<DynamicTest> reports() {
        return SUITE.cases("cases.json", 17).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        var reading = ArfReader.read(SUITE.bytes(one.get("file").asString()));
        var expect = one.get("expect");
        if (expect.has("feedback_type")) {
            allFields((ArfReport) reading, expect);
        } else if (expect.get("feedbackType").isNull()) {
            assertThat(reading).isInstanceOf(NoReport.class);
        } else {
            var report = (ArfReport) reading;
            assertThat(report.type().value().word())
                    .isEqualTo(expect.get("feedbackType").asString());
            if (expect.has("records")) {
                // A report that names no recipient still is one complaint.
                assertThat(Math.max(1, report.originalRecipients().size()))
                        .isEqualTo(expect.get("records").asInt());
            }
        }
    }

    private static void allFields(ArfReport report, JsonNode expect) {
        assertThat(report.type().value())
                .isEqualTo(TYPES.get(expect.get("feedback_type").asString()));
        assertThat(report.incidents()).isEqualTo(expect.get("incidents").asInt());
        assertThat(report.userAgent().orElse("")).isEqualTo(Suite.text(expect, "user_agent"));
        assertThat(report.version()).hasValue(expect.get("version").asInt());
        assertThat(report.sourcePort().orElse(0)).isEqualTo(expect.get("source_port").asInt());
        assertThat(report.originalEnvelopeId().orElse(""))
                .isEqualTo(Suite.text(expect, "original_envelope_id"));
        assertThat(told(report.reportedDomains())).isEqualTo(texts(expect.get("reported_domain")));
        assertThat(report.reportedUris()).isEqualTo(texts(expect.get("reported_uri")));
        // mail-auth keeps the folds.
        assertThat(report.authenticationResults())
                .isEqualTo(
                        texts(expect.get("authentication_results")).stream()
                                .map(value -> value.replace("\n", ""))
                                .toList());
        // mail-auth keeps the angle brackets.
        assertThat(told(report.originalMailFrom().stream().toList()))
                .isEqualTo(address(expect, "original_mail_from"));
        assertThat(told(report.originalRecipients()))
                .isEqualTo(address(expect, "original_rcpt_to"));
        assertThat(report.sourceIp().filter(ip -> !ip.isInferred()).map(ip -> hostAddress(ip)))
                .isEqualTo(
                        Stream.of(Suite.text(expect, "source_ip"))
                                .filter(ip -> !ip.isEmpty())
                                .findFirst());
        if (expect.has("arrival_date")) {
            assertThat(report.arrivalDate())
                    .contains(
                            Reported.reported(
                                    Instant.ofEpochSecond(expect.get("arrival_date").asLong())));
        }
        assertThat(report.failure().map(AuthenticationFailure::kind).orElse(""))
                .isEqualToIgnoringCase(Suite.text(expect, "auth_failure"));
        assertThat(report.failure().flatMap(AuthenticationFailure::dkimDomain).orElse(""))
                .isEqualTo(Suite.text(expect, "dkim_domain"));
        expect.optional("headers")
                .ifPresent(headers ->
                        assertThat(report.originalHead().size())
                                .isEqualTo(fieldsIn(headers.asString())));
    }

    private static String hostAddress(Reported<java.net.InetAddress> ip) {
        return ip.value().getHostAddress();
    }

    private static int fieldsIn(String head) {
        return (int)
                head.lines()
                        .filter(line -> !line.startsWith("\t") && !line.startsWith(" "))
                        .count();
    }

    private static List<String> told(List<Reported<String>> values) {
        return values.stream().filter(v -> !v.isInferred()).map(Reported::value).toList();
    }

    private static List<String> address(JsonNode expect, String name) {
        String text = Suite.text(expect, name).replace("<", "").replace(">", "");
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }
}
