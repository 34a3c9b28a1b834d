package tayori.repute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;

class ReputeServiceTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Instant EXPIRES = NOW.plusSeconds(3_600);

    private static Published published(
            String subject, Optional<ListedFor> listed, double rate, long allowance) {
        return new Published(
                subject,
                true,
                listed,
                Optional.empty(),
                490_000,
                allowance,
                OptionalInt.of(50),
                rate,
                0.93,
                41_200,
                false,
                false,
                EXPIRES);
    }

    private static final Map<String, Rated> KNOWN =
            Map.of(
                    "example.jp",
                    new Rated(
                            published("example.jp", Optional.empty(), 0.003, -1),
                            OptionalDouble.of(0.25),
                            OptionalDouble.of(0.125),
                            OptionalInt.of(4)),
                    "phish.example",
                    Rated.of(published("phish.example", Optional.of(ListedFor.PHISHING), 1, -1)),
                    "young.example",
                    Rated.of(published("young.example", Optional.empty(), 0, 200)),
                    "192.0.2.0/24",
                    Rated.of(published("192.0.2.0/24", Optional.empty(), 0.001, -1)),
                    "2001:db8:0:1:0:0:0:0/64",
                    Rated.of(published("2001:db8:0:1:0:0:0:0/64", Optional.empty(), 0.001, -1)));

    private static ReputeService service(boolean openDkim) {
        return new ReputeService(
                "z.example",
                subject -> Optional.ofNullable(KNOWN.get(subject)),
                InstantSource.fixed(NOW),
                openDkim);
    }

    private static ReputeReply.Answer ask(
            boolean openDkim, String subject, Optional<String> assertion, String identity) {
        return (ReputeReply.Answer)
                service(openDkim)
                        .answer(
                                new ReputeQuery(
                                        "email-id",
                                        subject,
                                        assertion,
                                        Optional.of(identity).filter(word -> !word.isEmpty())));
    }

    @Test
    void rfc7071Section3_theWholeReputonAsOnTheWire() {
        assertThat(ask(false, "Example.JP.", Optional.of("spam"), "dkim").json())
                .isEqualTo(
                        """
                        {"application":"email-id","reputons":[{"rater":"z.example","assertion":"spam",\
                        "rated":"example.jp","rating":0.5,"confidence":0.93,"normal-rating":0.25,\
                        "sample-size":41200,"generated":1790000000,"expires":1790003600,\
                        "email-id-identity":"dkim","sources":4}]}\
                        """);
    }

    @Test
    void rfc7072_withoutAnAssertionAllThatIsKnown() {
        assertThat(ask(false, "example.jp", Optional.empty(), "").json())
                .contains(
                        "\"assertion\":\"invalid-recipients\",\"rated\":\"example.jp\",\"rating\":0.125",
                        "\"assertion\":\"spam\"")
                .doesNotContain("abusive", "fraud", "malware");
        assertThat(ask(false, "phish.example", Optional.empty(), "").json())
                .contains("\"assertion\":\"fraud\",\"rated\":\"phish.example\",\"rating\":1.0");
    }

    @ParameterizedTest(name = "RFC 7071 §6.1  {0} {1} {2} is not known: an empty reputon")
    @CsvSource({
        "nobody.example, spam, dkim",
        "example.jp, abusive, dkim",
        "example.jp, fraud, dkim",
        "example.jp, no-such-assertion, dkim",
        "example.jp, spam, ipv4",
        "example.jp, spam, no-such-identity",
        "192.0.2.7, spam, dkim",
        "198.51.100.1, spam, ipv4",
        "fe80::1%1, spam, ipv6",
        "1, spam, ''",
        "1.2.3.999, spam, ''",
        "a..b, spam, ''"
    })
    void noDataIsAnEmptyReputon(String subject, String assertion, String identity) {
        var answer = ask(false, subject, Optional.of(assertion), identity);
        assertThat(answer.json()).isEqualTo("{\"application\":\"email-id\",\"reputons\":[{}]}");
        assertThat(answer.expires()).isEqualTo(NOW.plus(ReputeService.NO_DATA_LIFE));
    }

    @ParameterizedTest(name = "RFC 7073 §3.2  nothing is charged to a name that {0} alone shows")
    @ValueSource(strings = {"rfc5321.helo", "rfc5321.mailfrom"})
    void unauthenticatedIdentitiesHaveNoReputation(String identity) {
        assertThat(ask(false, "example.jp", Optional.of("spam"), identity).json()).contains("[{}]");
    }

    @ParameterizedTest
    @CsvSource({
        "example.jp, spf, spf",
        "example.jp, RFC5322.From, rfc5322.from",
        "example.jp, '', dkim",
        "192.0.2.7, '', ipv4",
        "2001:db8:0:1::9, ipv6, ipv6"
    })
    void theIdentityIsTheOneAskedFor(String subject, String asked, String told) {
        assertThat(ask(false, subject, Optional.of("spam"), asked).json())
                .contains("\"email-id-identity\":\"" + told + "\"");
    }

    @Test
    void rfc7072_anUnknownApplicationIsSaidToBe() {
        assertThat(
                        service(false)
                                .answer(
                                        new ReputeQuery(
                                                "baseball",
                                                "example.jp",
                                                Optional.empty(),
                                                Optional.empty())))
                .isInstanceOf(ReputeReply.UnknownApplication.class);
    }

    @Test
    void anExpiredEntryIsNoData() {
        var late =
                new ReputeService(
                        "z.example",
                        subject -> Optional.ofNullable(KNOWN.get(subject)),
                        InstantSource.fixed(EXPIRES),
                        false);
        var query = new ReputeQuery("email-id", "example.jp", Optional.empty(), Optional.empty());
        assertThat(((ReputeReply.Answer) late.answer(query)).json()).contains("[{}]");
    }

    @ParameterizedTest(name = "OpenDKIM reads of {0} the rate {1}")
    @CsvSource({"example.jp, 2147483647", "phish.example, 1", "young.example, 200"})
    void openDkimReadsIdentityAndRate(String subject, long rate) {
        assertThat(ask(true, subject, Optional.of("spam"), "").json())
                .contains("\"identity\":\"dkim\",\"rate\":" + rate);
        assertThat(ask(false, subject, Optional.of("spam"), "").json())
                .doesNotContain("\"rate\"", "\"identity\"");
    }

    @Test
    void openDkimGetsASampleOfNoneWhereNothingIsKnown() {
        assertThat(ask(true, "nobody.example", Optional.of("spam"), "").json())
                .contains(
                        "\"rating\":0.0,\"confidence\":0.0,\"sample-size\":0",
                        "\"rate\":2147483647");
    }

    @ParameterizedTest(name = "RFC 7071 §4  {0} is written {1}")
    @CsvSource({
        "0, 0.0",
        "1, 1.0",
        "1.5, 1.0",
        "-1, 0.0",
        "0.25, 0.25",
        "1e-9, 0.0",
        "0.0000015, 0.000002"
    })
    void ratingsAreDecimalNumbersWithAPoint(double number, String json) {
        assertThat(Reputon.real(number)).isEqualTo(json);
    }

    @ParameterizedTest(name = "a complaint rate of {0} supports `spam` by {1}")
    @CsvSource({"0, 0", "0.001, 0.25", "0.003, 0.5"})
    void supportByRate(double rate, double support) {
        assertThat(ReputeService.support(rate)).isEqualTo(support);
    }

    @Test
    void rfc8259Section7_textCannotLeaveItsString() {
        assertThat(Reputon.text("a\"b\\c\n日本")).isEqualTo("\"a\\\"b\\\\c\\u000a日本\"");
    }

    @Test
    void rfc7072_theTemplateHasOneLineEach() {
        assertThat(ReputeTemplate.of(true).text())
                .isEqualTo(
                        """
                        https://{service}/repute/{application}/{subject}{?assertion,identity}\r
                        http://{service}/repute/{application}/{subject}{?assertion,identity}\r
                        """);
        assertThat(ReputeTemplate.of(false).templates())
                .singleElement()
                .asString()
                .startsWith("http:");
        assertThat(ReputeTemplate.ofOpenDkim().text())
                .isEqualTo(
                        "http://{service}/repute/{application}/{subject}{?assertion,identity}\n");
    }
}
