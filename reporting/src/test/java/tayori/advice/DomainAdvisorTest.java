package tayori.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.advice.Finding.Severity;
import tayori.advice.Finding.Topic;
import tayori.dkim.DkimKeys;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;

class DomainAdvisorTest {
    private static final ZoneDns GOOD =
            ZoneDns.builder()
                    .mx("example.com", 10, "mx.example.com")
                    .txt("example.com", "v=spf1 mx -all")
                    .txt("own._domainkey.example.com", DkimKeys.generateEd25519().txt())
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
                .containsExactly("keys at own (ed25519)", "revoked keys at default");
    }

    @Test
    void onlySoManySelectorsAreAskedFor() {
        var asked = new AtomicInteger();
        Dns counting =
                (name, type) -> {
                    if (name.toString().contains("._domainkey.")) {
                        asked.incrementAndGet();
                    }
                    return GOOD.query(name, type);
                };
        var selectors = IntStream.range(0, 200).mapToObj(i -> "s" + i).toList();
        new DomainAdvisor(counting).advise(DomainName.of("example.com"), selectors);
        assertThat(asked).hasValue(DomainAdvisor.MAX_SELECTORS);
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

    @ParameterizedTest(name = "RFC 7208 §4.6.4  {0} includes with one term each: {1}")
    @CsvSource({
        "1, GOOD, 2 of 10",
        "4, GOOD, 8 of 10",
        "5, WARNING, 10 of 10",
        "6, PROBLEM, 12 of 10"
    })
    void rfc7208_dnsTermsAreCountedOverAllIncludedRecords(
            int includes, Severity severity, String counted) {
        var zone = ZoneDns.builder();
        var record = new StringBuilder("v=spf1");
        for (int i = 0; i < includes; i++) {
            record.append(" include:s").append(i).append(".example.net");
            zone.txt("s" + i + ".example.net", "v=spf1 a -all");
        }
        zone.txt("example.com", record + " -all");
        assertThat(advise(zone.build()).of(Topic.SPF))
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.what()).startsWith(counted);
                });
    }

    @Test
    void rfc8301_keySizesAreJudged() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        var zone = ZoneDns.builder();
        for (int bits : new int[] {512, 1024, 2048}) {
            generator.initialize(bits);
            zone.txt(
                    "s" + bits + "._domainkey.example.com",
                    DkimKeys.pairOf(generator.generateKeyPair().getPrivate()).txt() + "; t=y");
        }
        zone.txt("mail._domainkey.example.com", "v=DKIM1; p=MIIB");
        var findings = advise(zone.build(), "s512", "s1024", "s2048").of(Topic.DKIM);
        assertThat(findings)
                .extracting(Finding::severity, Finding::what)
                .contains(
                        tuple(
                                Severity.PROBLEM,
                                "the key at s512 has 512 bits: receivers must not accept it"),
                        tuple(Severity.WARNING, "the key at s1024 has 1024 bits"),
                        tuple(Severity.NOTE, "the key at s2048 is in test mode (t=y)"))
                .anySatisfy(finding ->
                        assertThat(finding.toList().get(1).toString())
                                .startsWith("the key at mail cannot be used"));
        assertThat(findings)
                .noneMatch(finding -> finding.what().startsWith("the key at s2048 has"));
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
