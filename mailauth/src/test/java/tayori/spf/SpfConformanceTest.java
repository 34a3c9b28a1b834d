package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.ZoneDns;

/// The community's SPF suites, one test per case. Where a case contradicts RFC 7208 it stands in disputed.tsv with the
/// result we give and the section that decides.
class SpfConformanceTest {
    private static final Map<String, String> DISPUTED = SpfSuite.disputed();

    @TestFactory
    Stream<DynamicTest> rfc7208() {
        return openspf("rfc7208", 135);
    }

    @TestFactory
    Stream<DynamicTest> rfc4408() {
        return openspf("rfc4408", 126);
    }

    @TestFactory
    Stream<DynamicTest> pyspf() {
        return openspf("pyspf", 12);
    }

    @TestFactory
    Stream<DynamicTest> blitiri() {
        return openspf("blitiri", 13);
    }

    @TestFactory
    Stream<DynamicTest> jspfMailzone() {
        return openspf("jspf-mailzone", 90);
    }

    @TestFactory
    Stream<DynamicTest> jspf() {
        return openspf("jspf", 14);
    }

    @TestFactory
    Stream<DynamicTest> mailAuth() {
        return tests(SpfSuite.mailAuth(), 109);
    }

    private static Stream<DynamicTest> openspf(String set, int count) {
        return tests(SpfSuite.openspf(set), count);
    }

    private static Stream<DynamicTest> tests(List<SpfSuite.Case> cases, int count) {
        assertThat(cases).hasSize(count);
        return cases.stream().map(test -> dynamicTest(test.id(), () -> check(test)));
    }

    private static void check(SpfSuite.Case test) {
        var checker =
                new SpfChecker(test.dns(), SpfOptions.DEFAULTS.withReceiver("localdomain.foo.bar"));
        var result =
                checker.checkMailFrom(
                        InetAddress.ofLiteral(test.client()), test.mailFrom(), test.helo());
        var disputed = DISPUTED.get(test.id());
        assertThat(disputed == null ? test.results() : List.of(disputed))
                .as(result.reason())
                .contains(result.result());
        if (disputed == null
                && test.explanation().isPresent()
                && result instanceof SpfResult.Fail fail) {
            var expected = test.explanation().get();
            assertThat(fail.explanation().orElse("DEFAULT")).isEqualToIgnoringCase(expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> jspfParser() {
        var verdicts = new HashMap<String, Boolean>();
        var records = new ArrayList<String>();
        for (var line : SpfSuite.read("jspf-parser.txt").lines().toList()) {
            if (line.startsWith("spftest spf")) {
                var record = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
                records.add(record);
                verdicts.remove(record);
            } else if (line.startsWith("err-msg")) {
                // The first message for any program or for jspf counts; the others speak of other
                // programs.
                var columns = line.split("\\s+", 3);
                if (columns[1].equals("jspf") || columns[1].equals("/.*/")) {
                    verdicts.putIfAbsent(
                            records.getLast(),
                            columns[2].startsWith("no errors") || columns[2].startsWith("Warning"));
                }
            }
        }
        assertThat(records).hasSize(54);
        return records.stream()
                .map(record ->
                        dynamicTest(
                                "jspf-parser/" + record,
                                () -> {
                                    var verdict =
                                            Boolean.TRUE.equals(verdicts.get(record))
                                                    ? "valid"
                                                    : "invalid";
                                    assertThat(
                                                    SpfRecord.parse(record)
                                                                    instanceof
                                                                    SpfRecord.Parsed.Valid
                                                            ? "valid"
                                                            : "invalid")
                                            .isEqualTo(
                                                    DISPUTED.getOrDefault(
                                                            "jspf-parser/" + record, verdict));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> jspfRfcMacros() {
        var tests = new ArrayList<DynamicTest>();
        var command = "";
        for (var line : SpfSuite.read("jspf-rfc-macros.txt").lines().toList()) {
            if (line.startsWith("spfquery")) {
                command = line;
            } else if (line.startsWith("smtp-comment")) {
                var macro = between(command, "-default-explanation=\"", "\"");
                var client = between(command, "-ip=", " ");
                var sender = between(command, "-sender=", " ");
                var helo = command.substring(command.indexOf("-helo ") + 6).strip();
                var expected = line.split("\\s+", 3)[2];
                tests.add(
                        dynamicTest(
                                "jspf-rfc-macros/" + macro,
                                () ->
                                        assertThat(explain(macro, client, sender, helo))
                                                .isEqualTo(expected)));
            }
        }
        assertThat(tests).hasSize(16);
        return tests.stream();
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    private static String explain(String macro, String client, String sender, String helo) {
        var dns =
                ZoneDns.builder()
                        .txt("email.example.com", "v=spf1 -all exp=explain.example.com")
                        .txt("explain.example.com", macro)
                        .ptr("3.2.0.192.in-addr.arpa", "mx.example.org")
                        .address("mx.example.org", "192.0.2.3")
                        .build();
        var result =
                new SpfChecker(dns, SpfOptions.DEFAULTS)
                        .checkMailFrom(InetAddress.ofLiteral(client), sender, helo);
        return result instanceof SpfResult.Fail fail
                ? fail.explanation().orElse("no explanation")
                : result.toString();
    }

    @Test
    void everyDisputedCaseIsThere() {
        var ids = new ArrayList<String>();
        for (var set : List.of("rfc7208", "rfc4408", "pyspf", "blitiri", "jspf-mailzone", "jspf")) {
            SpfSuite.openspf(set).forEach(test -> ids.add(test.id()));
        }
        SpfSuite.mailAuth().forEach(test -> ids.add(test.id()));
        assertThat(DISPUTED.keySet().stream().filter(id -> !id.startsWith("jspf-parser/")))
                .isSubsetOf(ids);
    }

    @ParameterizedTest(name = "RFC 7208 §7.4  {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    %{s}                                 | strong-bad@email.example.com
                    %{o}                                 | email.example.com
                    %{d}                                 | email.example.com
                    %{d4}                                | email.example.com
                    %{d3}                                | email.example.com
                    %{d2}                                | example.com
                    %{d1}                                | com
                    %{dr}                                | com.example.email
                    %{d2r}                               | example.email
                    %{l}                                 | strong-bad
                    %{l-}                                | strong.bad
                    %{lr}                                | strong-bad
                    %{lr-}                               | bad.strong
                    %{l1r-}                              | strong
                    %{ir}.%{v}._spf.%{d2}                | 3.2.0.192.in-addr._spf.example.com
                    %{lr-}.lp._spf.%{d2}                 | bad.strong.lp._spf.example.com
                    %{lr-}.lp.%{ir}.%{v}._spf.%{d2}      | bad.strong.lp.3.2.0.192.in-addr._spf.example.com
                    %{ir}.%{v}.%{l1r-}.lp._spf.%{d2}     | 3.2.0.192.in-addr.strong.lp._spf.example.com
                    %{d2}.trusted-domains.example.net    | example.com.trusted-domains.example.net
                    """)
    void macroExamples(String macro, String expansion) {
        assertThat(explain(macro, "192.0.2.3", "strong-bad@email.example.com", "mx.example.org"))
                .isEqualTo(expansion);
    }

    @Test
    void macroExampleIpv6() {
        // RFC 7208 §7.4
        assertThat(
                        explain(
                                "%{ir}.%{v}._spf.%{d2}",
                                "2001:db8::cb01", "strong-bad@email.example.com", "mx.example.org"))
                .isEqualTo(
                        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
                                + ".ip6._spf.example.com");
    }
}
