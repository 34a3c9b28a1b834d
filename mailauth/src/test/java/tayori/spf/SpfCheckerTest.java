package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;

class SpfCheckerTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.3");

    private static SpfResult check(ZoneDns.Builder zone, String mailFrom) {
        return check(zone.build(), mailFrom);
    }

    private static SpfResult check(Dns dns, String mailFrom) {
        return new SpfChecker(dns, SpfOptions.DEFAULTS)
                .checkMailFrom(CLIENT, mailFrom, "mx.example.org");
    }

    @ParameterizedTest(name = "RFC 7208 §4.6.2  {0} is {1}")
    @CsvSource({"all, pass", "+all, pass", "-all, fail", "~all, softfail", "?all, neutral"})
    void qualifiers(String term, String result) {
        var zone = ZoneDns.builder().txt("example.com", "v=spf1 " + term);
        assertThat(check(zone, "a@example.com").result()).isEqualTo(result);
    }

    @Test
    void theResultNamesTheTermAndTheReason() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 include:_spf.example.net -all")
                        .txt("_spf.example.net", "v=spf1 ip4:192.0.2.0/24 -all");
        var result = check(zone, "a@Example.COM");
        assertThat(result).isInstanceOf(SpfResult.Pass.class);
        assertThat(result.identity()).isEqualTo(SpfIdentity.MAIL_FROM);
        assertThat(result.term()).contains("include:_spf.example.net");
        assertThat(result.reason())
                .isEqualTo(
                        "192.0.2.3 is permitted by include:_spf.example.net"
                                + " (ip4:192.0.2.0/24 of _spf.example.net) of example.com");
    }

    @Test
    void rfc7208Section2_4_emptyMailFromIsPostmasterAtHelo() {
        var zone = ZoneDns.builder().txt("mx.example.org", "v=spf1 exists:%{l}.%{o} -all");
        zone.address("postmaster.mx.example.org", "127.0.0.2");
        var result = check(zone, "");
        assertThat(result).isInstanceOf(SpfResult.Pass.class);
        assertThat(result.domain()).isEqualTo("mx.example.org");
        assertThat(result.identity()).isEqualTo(SpfIdentity.MAIL_FROM);
    }

    @Test
    void rfc7208Section2_3_heloIsAnIdentityOfItsOwn() {
        var zone = ZoneDns.builder().txt("mx.example.org", "v=spf1 ip4:192.0.2.3 -all").build();
        var result = new SpfChecker(zone, SpfOptions.DEFAULTS).checkHelo(CLIENT, "MX.example.org.");
        assertThat(result.result()).isEqualTo("pass");
        assertThat(result.identity()).isEqualTo(SpfIdentity.HELO);
        assertThat(result.domain()).isEqualTo("mx.example.org");
    }

    @ParameterizedTest(name = "RFC 7208 §4.3  {0} cannot have a record")
    @CsvSource({
        "a@localhost",
        "a@[192.0.2.1]",
        "a@example..com",
        "a@.example.com",
        "'a@exa mple.com'",
        "a@"
    })
    void noDomainToAskFor(String mailFrom) {
        assertThat(check(ZoneDns.builder(), mailFrom).result()).isEqualTo("none");
    }

    @Test
    void rfc7208Section4_6_syntaxErrorBehindTheMatchIsStillAPermerror() {
        var zone = ZoneDns.builder().txt("example.com", "v=spf1 ip4:192.0.2.3 -all ip:10.0.0.1");
        assertThat(check(zone, "a@example.com"))
                .isInstanceOf(SpfResult.PermError.class)
                .extracting(SpfResult::reason)
                .asString()
                .contains("example.com")
                .endsWith("at character 27");
    }

    @ParameterizedTest(name = "RFC 7208 §4.6.4  {0} terms that ask the DNS: {1}")
    @CsvSource({"10, fail", "11, permerror"})
    void dnsTerms(int terms, String result) {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1" + " a".repeat(terms) + " -all")
                        .address("example.com", "192.0.2.99");
        assertThat(check(zone, "a@example.com").result()).isEqualTo(result);
    }

    @ParameterizedTest(name = "RFC 7208 §4.6.4  {0} terms that find nothing: {1}")
    @CsvSource({"2, fail", "3, permerror"})
    void voidTerms(int terms, String result) {
        var record = new StringBuilder("v=spf1");
        for (int i = 0; i < terms; i++) {
            record.append(" a:gone").append(i).append(".example.com");
        }
        var zone = ZoneDns.builder().txt("example.com", record + " -all");
        assertThat(check(zone, "a@example.com").result()).isEqualTo(result);
    }

    @Test
    void aTermWithSeveralEmptyAnswersIsVoidOnce() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 mx -all")
                        .mx("example.com", 10, "mx1.example.com")
                        .mx("example.com", 10, "mx2.example.com")
                        .mx("example.com", 10, "mx3.example.com");
        assertThat(check(zone, "a@example.com").result()).isEqualTo("fail");
    }

    @ParameterizedTest(name = "RFC 7208 §4.6.4  {0} mail exchangers: {1}")
    @CsvSource({"10, pass", "11, permerror"})
    void exchangers(int count, String result) {
        var zone = ZoneDns.builder().txt("example.com", "v=spf1 mx -all");
        for (int i = 0; i < count; i++) {
            zone.mx("example.com", i, "mx" + i + ".example.com")
                    .address("mx" + i + ".example.com", i == 0 ? "192.0.2.3" : "192.0.2.200");
        }
        assertThat(check(zone, "a@example.com").result()).isEqualTo(result);
    }

    @Test
    void rfc7208Section4_6_4_aCheckOverTimeIsATemperrorAndAsksNoMore() {
        var now = new AtomicLong();
        var asked = new ArrayList<String>();
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 ptr a:one.example.com a:two.example.com -all")
                        .build();
        Dns slow =
                (name, type) -> {
                    asked.add(name + " " + type);
                    now.addAndGet(15_000);
                    return zone.query(name, type);
                };
        var options =
                SpfOptions.DEFAULTS.withTime(
                        Duration.ofSeconds(20), () -> Instant.ofEpochMilli(now.get()));
        var result = new SpfChecker(slow, options).checkMailFrom(CLIENT, "a@example.com", "h.test");
        assertThat(result).isInstanceOf(SpfResult.TempError.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void rfc7208Section3_1_onlyTxtIsAsked() {
        var types = new ArrayList<RecordType>();
        Dns dns =
                (name, type) -> {
                    types.add(type);
                    return new DnsAnswer.NoData(Duration.ZERO, false);
                };
        assertThat(check(dns, "a@example.com").result()).isEqualTo("none");
        assertThat(types).containsExactly(RecordType.TXT);
    }

    @Test
    void mappedClientIsIpv4() throws Exception {
        var octets = new byte[16];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;
        System.arraycopy(CLIENT.getAddress(), 0, octets, 12, 4);
        var mapped = java.net.Inet6Address.getByAddress(null, octets, -1);
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 exists:%{i}.%{v}.example.com -all")
                        .address("192.0.2.3.in-addr.example.com", "127.0.0.1")
                        .build();
        assertThat(
                        new SpfChecker(zone, SpfOptions.DEFAULTS)
                                .checkMailFrom(mapped, "a@example.com", "h.test")
                                .result())
                .isEqualTo("pass");
    }

    @Test
    void rfc8616Section4_uLabelsAreAskedAsALabels() {
        var zone = ZoneDns.builder().txt("xn--bcher-kva.example", "v=spf1 exists:x.%{o} -all");
        zone.address("x.xn--bcher-kva.example", "127.0.0.1");
        var result = check(zone, "a@b\u00fccher.example");
        assertThat(result.result()).isEqualTo("pass");
        assertThat(result.domain()).isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest(name = "RFC 8616 §4  a local part outside ASCII does not match {0}")
    @CsvSource({"exists:%{l}.example.com", "include:%{s}.example.com", "a:%{L}.example.com"})
    void foreignLocalPart(String term) {
        Dns dns =
                (name, type) ->
                        type == RecordType.TXT
                                ? ZoneDns.builder()
                                        .txt("example.com", "v=spf1 " + term + " -all")
                                        .build()
                                        .query(name, type)
                                : new DnsAnswer.Failed(
                                        DnsAnswer.Trouble.SERVFAIL, "not to be asked");
        assertThat(check(dns, "j\u00fcrgen@example.com").result()).isEqualTo("fail");
    }

    @ParameterizedTest(name = "RFC 7208 §6.2  explanation \"{0}\" is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    %{i} is not one of ours  | 192.0.2.3 is not one of ours
                    50%% %{c} at %{t}        | 50% 192.0.2.3 at 0
                    broken %{x}              | none
                    \u00fc                   | none
                    """)
    void explanation(String text, String expected) {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 -all exp=why.example.com")
                        .txt("why.example.com", text)
                        .build();
        var options = SpfOptions.DEFAULTS.withTime(Duration.ofSeconds(20), () -> Instant.EPOCH);
        var result = new SpfChecker(zone, options).checkMailFrom(CLIENT, "a@example.com", "h.test");
        assertThat(result)
                .isInstanceOfSatisfying(
                        SpfResult.Fail.class,
                        fail -> assertThat(fail.explanation().orElse("none")).isEqualTo(expected));
    }

    @Test
    void explanationIsBoundedAndPrintable() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 -all exp=why.example.com")
                        .txt("why.example.com", "%{s}".repeat(100));
        assertThat(((SpfResult.Fail) check(zone, "a@example.com")).explanation()).isEmpty();
        var injected =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 -all exp=why.example.com")
                        .txt("why.example.com", "%{l}");
        assertThat(((SpfResult.Fail) check(injected, "a\r\nX: y@example.com")).explanation())
                .isEmpty();
    }

    @Test
    void rfc7208Section7_3_longNamesLoseLabelsFromTheLeft() {
        var asked = new ArrayList<String>();
        var zone =
                ZoneDns.builder()
                        .txt(
                                "example.com",
                                "v=spf1 exists:%{l}.%{l}.%{l}.%{l}.%{l}.example.com -all")
                        .build();
        Dns dns =
                (name, type) -> {
                    asked.add(name.toString());
                    return zone.query(name, type);
                };
        check(dns, "x".repeat(60) + "@example.com");
        assertThat(asked.getLast()).hasSize(3 * 61 + 60 + 1 + 11 - 61).endsWith(".example.com");
    }

    @Test
    void traceTellsEveryStep() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 include:%{d1r}.example.net -all")
                        .txt("example.example.net", "v=spf1 a -all")
                        .address("example.example.net", "192.0.2.3")
                        .build();
        var steps = new ArrayList<SpfStep>();
        new SpfChecker(zone, SpfOptions.DEFAULTS)
                .checkMailFrom(CLIENT, "a@example.com", "mx.example.org", steps::add);
        assertThat(steps.stream().map(step -> step.depth() + " " + step.getClass().getSimpleName()))
                .containsExactly(
                        "0 Entered",
                        "0 Asked",
                        "0 RecordFound",
                        "0 Expanded",
                        "1 Entered",
                        "1 Asked",
                        "1 RecordFound",
                        "1 Asked",
                        "1 Evaluated",
                        "1 Left",
                        "0 Evaluated",
                        "0 Left");
        assertThat(steps.get(8))
                .isInstanceOfSatisfying(
                        SpfStep.Evaluated.class,
                        step -> {
                            assertThat(step.outcome()).isEqualTo("match");
                            assertThat(step.dnsTerms()).isEqualTo(2);
                        });
    }

    @Test
    void cacheStaysWithinItsBound() {
        var cache = new RecordCache(10);
        for (int i = 0; i < 1000; i++) {
            cache.parse("v=spf1 ip4:192.0.2." + i % 256 + " -all");
        }
        assertThat(cache.size()).isBetween(1, 10);
        var none = new RecordCache(0);
        none.parse("v=spf1 -all");
        none.parse("v=spf1 " + "a ".repeat(RecordCache.MAX_TEXT));
        assertThat(none.size()).isZero();
    }

    @ParameterizedTest(name = "RFC 7208 §5.6  {0} is {1}")
    @CsvSource({
        "::, true",
        "::1, true",
        "1::, true",
        "1:2:3:4:5:6:7:8, true",
        "1::8, true",
        "::ffff:192.0.2.1, true",
        "1:2:3:4:5:6:192.0.2.1, true",
        "1:2:3:4:5:6:7::, true",
        ":, false",
        ":::, false",
        "1:2:3, false",
        "1::2::3, false",
        "12345::, false",
        "1:2:3:4:5:6:7:8:9, false",
        "1:2:3:4:5:6:7:192.0.2.1, false",
        "::1%25eth0, false",
        "1:, false",
        ":1, false",
        "1:2:3:4:5:6:7:8::, false",
        "g::, false",
        "::192.0.2.01, false"
    })
    void ip6Literals(String literal, boolean valid) {
        assertThat(SpfRecord.parse("v=spf1 ip6:" + literal) instanceof SpfRecord.Parsed.Valid)
                .isEqualTo(valid);
    }

    @Test
    void recordsCanBeReadAlone() {
        var parsed = SpfRecord.parse("v=spf1 a mx include:x.example -all exp=e.example foo=bar");
        var record = ((SpfRecord.Parsed.Valid) parsed).record();
        assertThat(record.dnsTerms()).isEqualTo(3);
        assertThat(record.terms().stream().map(SpfTerm::text))
                .isEqualTo(
                        List.of(
                                "a",
                                "mx",
                                "include:x.example",
                                "-all",
                                "exp=e.example",
                                "foo=bar"));
        assertThat(SpfRecord.parse("v=spf1 a:%{z}.example"))
                .isInstanceOfSatisfying(
                        SpfRecord.Parsed.Invalid.class,
                        invalid -> assertThat(invalid.position()).isEqualTo(11));
    }

    @Test
    void costFollowsIncludesAndStopsInLoops() {
        var zone =
                ZoneDns.builder()
                        .txt(
                                "example.com",
                                "v=spf1 a include:a.example.net include:%{i}.x.test ~all")
                        .txt("a.example.net", "v=spf1 mx exists:x.test redirect=b.example.net")
                        .txt("b.example.net", "v=spf1 ip4:192.0.2.1 -all")
                        .txt("loop.example.net", "v=spf1 include:loop.example.net -all")
                        .build();
        var checker = new SpfChecker(zone, SpfOptions.DEFAULTS);
        assertThat(checker.cost(DomainName.of("example.com")))
                .isEqualTo(new SpfCost(6, List.of("include:%{i}.x.test: depends on the mail")));
        assertThat(checker.cost(DomainName.of("loop.example.net")).dnsTerms())
                .isEqualTo(SpfChecker.MAX_COUNTED_TERMS);
    }

    @Test
    void reasonsStayOnOneLine() {
        Dns dns =
                (name, type) ->
                        type == RecordType.TXT
                                ? ZoneDns.builder()
                                        .txt("example.com", "v=spf1 exists:%{l}.example.com -all")
                                        .build()
                                        .query(name, type)
                                : new DnsAnswer.Failed(DnsAnswer.Trouble.SERVFAIL, "SERVFAIL");
        assertThat(check(dns, "x\r\nEvil: y@example.com"))
                .isInstanceOf(SpfResult.TempError.class)
                .extracting(SpfResult::reason)
                .asString()
                .doesNotContain("\r", "\n");
    }

    @Test
    void rfc7208Section4_3_oneLabelMadeByAMacroIsNoDomain() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 include:%{d1} -all")
                        .txt("com", "v=spf1 +all");
        assertThat(check(zone, "a@example.com").result()).isEqualTo("permerror");
    }
}
