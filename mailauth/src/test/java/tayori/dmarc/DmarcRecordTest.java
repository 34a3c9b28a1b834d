package tayori.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dmarc.DmarcRecord.AlignmentMode;
import tayori.dmarc.DmarcRecord.FailureOption;
import tayori.dmarc.DmarcRecord.Outcome;
import tayori.dmarc.DmarcRecord.PublicSuffix;
import tayori.dns.DomainName;

class DmarcRecordTest {
    @Test
    void defaultsOfRfc9989Section4_7() {
        var record = usable("v=DMARC1; p=reject");
        assertThat(record.policy()).isEqualTo(Policy.REJECT);
        assertThat(record.subdomainPolicy()).isEmpty();
        assertThat(record.effectiveSubdomainPolicy()).isEqualTo(Policy.REJECT);
        assertThat(record.effectiveNonexistentPolicy()).isEqualTo(Policy.REJECT);
        assertThat(record.dkimAlignment()).isEqualTo(AlignmentMode.RELAXED);
        assertThat(record.spfAlignment()).isEqualTo(AlignmentMode.RELAXED);
        assertThat(record.publicSuffix()).isEqualTo(PublicSuffix.UNKNOWN);
        assertThat(record.testing()).isFalse();
        assertThat(record.failureOptions()).containsExactly(FailureOption.ALL_FAILED);
        assertThat(record.aggregateReports()).isEmpty();
        assertThat(record.flaws()).isEmpty();
    }

    @Test
    void everyTag() {
        var record =
                usable(
                        "v=DMARC1;np=reject;t=y;psd=n;p=none;sp=quarantine;adkim=s;aspf=s;fo=1:d:s;"
                                + "rua=mailto:a@example.com,https://b.example/in;ruf=mailto:c@example.com");
        assertThat(record.effectiveNonexistentPolicy()).isEqualTo(Policy.REJECT);
        assertThat(record.effectiveSubdomainPolicy()).isEqualTo(Policy.QUARANTINE);
        assertThat(record.failureOptions())
                .isEqualTo(
                        Set.of(
                                FailureOption.ANY_FAILED,
                                FailureOption.DKIM_FAILED,
                                FailureOption.SPF_FAILED));
        assertThat(record.aggregateReports()).hasSize(2);
        assertThat(record.aggregateReports().getLast().host()).contains(DomainName.of("b.example"));
        assertThat(record.failureReports().getFirst().host())
                .contains(DomainName.of("example.com"));
        assertThat(record.flaws()).isEmpty();
    }

    @ParameterizedTest(name = "RFC 9989 §4.10: «{0}» is not DMARC")
    @ValueSource(
            strings = {
                "",
                "v",
                "v=",
                "v=dmarc1",
                "v=DMARC12",
                "v=DMARC1 p=none",
                " v=DMARC1; p=none",
                "p=none; v=DMARC1",
                "v=spf1 -all",
                "vv=DMARC1",
                "v;=DMARC1"
            })
    void notDmarc(String text) {
        assertThat(DmarcRecord.parse(text)).isInstanceOf(Outcome.NotDmarc.class);
    }

    @Test
    void aFlawSaysWhichTagAndWhatWasExpected() {
        assertThat(DmarcRecord.parse("v=DMARC1; p=rejct"))
                .isInstanceOfSatisfying(
                        Outcome.NoPolicy.class,
                        outcome ->
                                assertThat(outcome.flaws())
                                        .hasToString(
                                                "[tag p=rejct, expected none, quarantine or reject]"));
        assertThat(DmarcRecord.parse("v=DMARC1"))
                .isInstanceOfSatisfying(
                        Outcome.NoPolicy.class,
                        outcome ->
                                assertThat(outcome.flaws())
                                        .hasToString(
                                                "[tag p is missing, expected none, quarantine or reject]"));
        assertThat(usable("v=DMARC1; p=none; adkim=x; junk; t=maybe; fo=0:1; rua=nobody").flaws())
                .extracting(DmarcRecord.Flaw::tag)
                .containsExactly("adkim", "?", "t", "fo", "rua");
    }

    @Test
    void brokenPolicyWithSomewhereToReportIsNoneForAll() {
        var record = usable("v=DMARC1; p=reject; sp=reject; np=bad; rua=mailto:a@example.com");
        assertThat(record.policy()).isEqualTo(Policy.NONE);
        assertThat(record.subdomainPolicy()).isEmpty();
        assertThat(record.effectiveNonexistentPolicy()).isEqualTo(Policy.NONE);
    }

    @Test
    void psdCountsInRecordsWithoutPolicyToo() {
        assertThat(DmarcRecord.parse("v=DMARC1; psd=y"))
                .isInstanceOfSatisfying(
                        Outcome.NoPolicy.class,
                        outcome -> assertThat(outcome.publicSuffix()).isEqualTo(PublicSuffix.YES));
    }

    @Test
    void aTagTwiceMakesTheListInvalid() {
        assertThat(DmarcRecord.parse("v=DMARC1; p=none; P=reject"))
                .isInstanceOf(Outcome.Malformed.class);
        assertThat(DmarcRecord.parse("v=DMARC1; p=none; x=1; x=2"))
                .isInstanceOf(Outcome.Usable.class);
    }

    @Test
    void lengthAndNumberAreBounded() {
        assertThat(
                        DmarcRecord.parse(
                                "v=DMARC1; p=none; x=" + "y".repeat(DmarcRecord.MAX_RECORD_CHARS)))
                .isInstanceOf(Outcome.NotDmarc.class);
        var many = usable("v=DMARC1; p=none; rua=" + "mailto:a@b.example,".repeat(30));
        assertThat(many.aggregateReports()).hasSize(DmarcRecord.MAX_REPORT_URIS);
        assertThat(usable("v=DMARC1; p=none" + "; junk".repeat(100)).flaws())
                .hasSize(DmarcRecord.MAX_FLAWS);
        assertThat(usable("v=DMARC1; p=none; t=" + "z".repeat(500)).flaws().getFirst().value())
                .hasSizeLessThanOrEqualTo(DmarcRecord.Flaw.MAX_SHOWN_CHARS + 1);
    }

    @ParameterizedTest(name = "RFC 3986, RFC 9989 §4.8, RFC 8616 §6: {0} is {1} at {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    mailto:a@example.com,                 mailto:a@example.com,   example.com
                    mailto:a@example.com!10m,             mailto:a@example.com,   example.com
                    MAILTO:a@Example.COM?subject=x,       MAILTO:a@Example.COM?subject=x, example.com
                    mailto:a%21b@example.com,             mailto:a%21b@example.com, example.com
                    https://u@reports.example:8443/in?x,  https://u@reports.example:8443/in?x, reports.example
                    mailto:a@example.com!10x,             -, -
                    mailto:a@example.com!,                -, -
                    mailto:nobody,                        -, -
                    mailto:,                              -, -
                    nobody@example.com,                   -, -
                    1x:y,                                 -, -
                    http://bad/%,                         -, -
                    http://bad/<>,                        -, -
                    mailto:ü@example.com,                 -, -
                    mailto:a@bücher.example,              -, -
                    """)
    void reportUris(String text, String uri, String host) {
        var parsed = ReportUri.parse(text);
        assertThat(parsed.map(ReportUri::uri)).isEqualTo(Optional.ofNullable(uri));
        assertThat(parsed.flatMap(ReportUri::host).map(DomainName::toString))
                .isEqualTo(Optional.ofNullable(host));
    }

    private static DmarcRecord usable(String text) {
        if (DmarcRecord.parse(text) instanceof Outcome.Usable(var record)) {
            return record;
        }
        throw new AssertionError("cannot be used: " + DmarcRecord.parse(text));
    }
}
