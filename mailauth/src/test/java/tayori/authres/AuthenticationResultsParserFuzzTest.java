package tayori.authres;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// Whatever is read can be written, and what was written reads the same again.
class AuthenticationResultsParserFuzzTest {
    private static final ForgedResults FORGED = new ForgedResults(List.of("mx.example.com"));

    @FuzzTest
    void readAndWriteAgain(byte[] data) {
        String value = new String(data, StandardCharsets.UTF_8);
        FORGED.find(
                new MessageHead(
                        List.of(
                                HeaderField.of(
                                        "Authentication-Results"
                                                .getBytes(StandardCharsets.US_ASCII),
                                        data))));
        for (var reading : Reading.values()) {
            new AuthenticationResultsParser(reading)
                    .parse(value)
                    .results()
                    .ifPresent(AuthenticationResultsParserFuzzTest::check);
        }
    }

    private static void check(AuthenticationResults read) {
        assertThat(read.results())
                .hasSizeLessThanOrEqualTo(AuthenticationResultsParser.MAX_RESULTS);
        var field = read.toField();
        assertThat(field.toString().replace("\r\n\t", "")).doesNotContain("\r", "\n", "\0");
        var again = new AuthenticationResultsParser(Reading.LENIENT).parse(field).results();
        assertThat(again).isPresent();
        assertThat(again.get().toField().toString()).isEqualTo(field.toString());
    }
}
