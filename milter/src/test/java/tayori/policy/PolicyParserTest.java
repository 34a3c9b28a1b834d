package tayori.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyParserTest {

    private final PolicyParser parser = new PolicyParser(2_000, 5);

    private PolicyParser.Outcome parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return parser.parse(octets, 0, octets.length);
    }

    private PolicyRequest complete(String text) {
        assertThat(parse(text)).isInstanceOf(PolicyParser.Outcome.Complete.class);
        return ((PolicyParser.Outcome.Complete) parse(text)).request();
    }

    @Test
    void theExampleOfTheReadme() {
        PolicyRequest request =
                complete(
                        "request=smtpd_access_policy\nprotocol_state=RCPT\nsender=foo@bar.tld\nsasl_username=\n\n");
        assertThat(request.get("protocol_state")).contains("RCPT");
        assertThat(request.get("sender")).contains("foo@bar.tld");
        assertThat(request.get("sasl_username")).isEmpty();
        assertThat(request.get("recipient")).isEmpty();
        assertThat(request.all()).hasSize(4);
    }

    @Test
    void aValueMayHoldAnEqualsSignAndNamesAreOfAnyCase() {
        PolicyRequest request = complete("Sender=a=b@example.com\r\nCCERT_SUBJECT=CN=x\r\n\r\n");
        assertThat(request.get("sender")).contains("a=b@example.com");
        assertThat(request.get("ccert_subject")).contains("CN=x");
    }

    @Test
    void theNextRequestBeginsAfterTheEmptyLine() {
        assertThat(parse("a=1\n\nb=2\n\n"))
                .isInstanceOfSatisfying(
                        PolicyParser.Outcome.Complete.class,
                        outcome -> assertThat(outcome.next()).isEqualTo(5));
        assertThat(complete("\n\na=1\n\n").get("a")).contains("1");
    }

    @ParameterizedTest(name = "\"{0}\" is not complete")
    @CsvSource({"''", "a=1", "'a=1\n'", "'a=1\nb=2\n'", "'\n'", "'\n\n'"})
    void incomplete(String text) {
        assertThat(parse(text)).isEqualTo(new PolicyParser.Outcome.Incomplete());
    }

    @Test
    void whatIsNoRequest() {
        assertThat(parse("GET / HTTP/1.1\n\n"))
                .isEqualTo(new PolicyParser.Outcome.Broken("line without name=value"));
        assertThat(parse("=x\n\n"))
                .isEqualTo(new PolicyParser.Outcome.Broken("line without name=value"));
    }

    @Test
    void limits() {
        assertThat(parse("a=1\nb=1\nc=1\nd=1\ne=1\n\n"))
                .isInstanceOf(PolicyParser.Outcome.Complete.class);
        assertThat(parse("a=1\nb=1\nc=1\nd=1\ne=1\nf=1\n\n"))
                .isEqualTo(new PolicyParser.Outcome.Broken("more than 5 attributes"));
        assertThat(parse("a=" + "x".repeat(2_000)))
                .isEqualTo(new PolicyParser.Outcome.Broken("request of more than 2000 octets"));
    }

    @Test
    void anActionIsOneLine() {
        assertThat(PolicyAction.reject("5.7.1 no\n\naction=OK").text())
                .isEqualTo("REJECT 5.7.1 no  action=OK");
        assertThat(new PolicyAction("REJECT " + "x".repeat(3_000)).text())
                .hasSize(PolicyAction.MAX_TEXT);
        assertThat(PolicyAction.prepend("X-Seen", "yes").text()).isEqualTo("PREPEND X-Seen: yes");
    }
}
