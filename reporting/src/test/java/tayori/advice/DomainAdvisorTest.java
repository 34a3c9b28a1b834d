package tayori.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.advice.Finding.Severity;
import tayori.advice.Finding.Topic;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;

class DomainAdvisorTest {
    private static final ZoneDns GOOD =
            ZoneDns.builder()
                    .mx("example.com", 10, "mx.example.com")
                    .txt("example.com", "v=spf1 mx -all")
                    .txt("own._domainkey.example.com", "v=DKIM1; k=rsa; p=MIIB")
                    .txt("default._domainkey.example.com", "v=DKIM1; p=")
                    .txt("_dmarc.example.com", "v=DMARC1; p=reject; rua=mailto:d@example.com")
                    .txt("_mta-sts.example.com", "v=STSv1; id=20260101")
                    .txt("_smtp._tls.example.com", "v=TLSRPTv1; rua=mailto:t@example.com")
                    .txt("default._bimi.example.com", "v=BIMI1; l=https://example.com/l.svg")
                    .build();

    @Test
    void aDomainThatDoesItAll() {
        var advice = advise(GOOD, "own");
        assertThat(advice.facts())
                .isEqualTo(
                        new DomainAdvice.Facts(
                                true, true, true, true, true, true, true, true, true, true));
        assertThat(advice.worst()).isEqualTo(Severity.NOTE); // the revoked key
        assertThat(advice.of(Topic.DKIM))
                .extracting(Finding::what)
                .containsExactly("keys at own", "revoked keys at default");
    }

    @Test
    void aDomainThatDoesNothing() {
        var advice = advise(ZoneDns.builder().build());
        assertThat(advice.facts())
                .isEqualTo(
                        new DomainAdvice.Facts(
                                false, false, false, false, false, false, false, false, false,
                                false));
        for (var topic : Topic.values()) {
            assertThat(advice.of(topic)).as("%s", topic).isNotEmpty();
        }
        assertThat(advice.findings())
                .allSatisfy(finding -> assertThat(finding.section()).isNotBlank());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v=spf1 +all            | PROBLEM | RFC 7208 §5.1
                    v=spf1 all             | PROBLEM | RFC 7208 §5.1
                    v=spf1 mx ?all         | WARNING | RFC 7208 §5.1
                    v=spf1 mx ~all         | GOOD    | RFC 7208 §5.1
                    v=spf1 redirect=x.org  | NOTE    | RFC 7208 §6.1
                    v=spf1 mx              | WARNING | RFC 7208 §4.7
                    v=spf10 -all           | WARNING | RFC 7208 §10.1.2
                    """)
    void spf(String record, Severity severity, String section) {
        var found =
                advise(ZoneDns.builder().txt("example.com", record).build())
                        .of(Topic.SPF)
                        .getFirst();
        assertThat(found.severity()).isEqualTo(severity);
        assertThat(found.section()).isEqualTo(section);
    }

    @Test
    void rfc7505_aNullMxStandsAlone() {
        var alone = advise(ZoneDns.builder().mx("example.com", 0, ".").build());
        assertThat(alone.of(Topic.MX).getFirst().severity()).isEqualTo(Severity.GOOD);
        assertThat(alone.facts().mail()).isFalse();
        var among =
                advise(
                        ZoneDns.builder()
                                .mx("example.com", 0, ".")
                                .mx("example.com", 5, "mx.example.com")
                                .build());
        assertThat(among.of(Topic.MX).getFirst().severity()).isEqualTo(Severity.PROBLEM);
    }

    @Test
    void whereTheDnsFailsNobodyKnows() {
        var advice =
                advise(ZoneDns.builder().broken("_dmarc.example.com", Trouble.SERVFAIL).build());
        assertThat(advice.of(Topic.DMARC).getFirst().severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(advice.worst()).isEqualTo(Severity.UNKNOWN);
    }

    @Test
    void twoRecordsAreNone() {
        var advice =
                advise(
                        ZoneDns.builder()
                                .txt("example.com", "v=spf1 -all")
                                .txt("example.com", "v=spf1 mx -all")
                                .txt("_mta-sts.example.com", "v=STSv1; id=1")
                                .txt("_mta-sts.example.com", "v=STSv1; id=2")
                                .build());
        assertThat(advice.of(Topic.SPF).getFirst().section()).isEqualTo("RFC 7208 §4.5");
        assertThat(advice.facts().mtaSts()).isFalse();
    }

    @Test
    void aSurveyCounts() {
        var survey = new AdoptionSurvey();
        assertThat(survey.shares()).allSatisfy(share -> assertThat(share.percent()).isZero());
        survey.add(advise(GOOD, "own"));
        survey.add(advise(ZoneDns.builder().txt("example.com", "v=spf1 ~all").build()));
        assertThat(survey.domains()).isEqualTo(2);
        assertThat(survey.shares())
                .contains(
                        new AdoptionSurvey.Share("SPF", 2, 100),
                        new AdoptionSurvey.Share("SPF with -all", 1, 50),
                        new AdoptionSurvey.Share("DMARC", 1, 50));
    }

    private static DomainAdvice advise(Dns dns, String... selectors) {
        return new DomainAdvisor(dns).advise(DomainName.of("example.com"), List.of(selectors));
    }
}
