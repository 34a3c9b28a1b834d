package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dkim.DkimKeys;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.ZoneDns;
import tayori.dns.loopback.LoopbackDnsServer;

class DomainCommandTest {
    private final LoopbackDnsServer server =
            LoopbackDnsServer.start(
                    ZoneDns.builder()
                            .mx("example.com", 10, "mx.example.com")
                            .txt("example.com", "v=spf1 mx include:_spf.example.net -all")
                            .txt("_spf.example.net", "v=spf1 a ~all")
                            .txt("news._domainkey.example.com", DkimKeys.generateEd25519().txt())
                            .txt(
                                    "_dmarc.example.com",
                                    "v=DMARC1; p=reject; rua=mailto:d@example.com")
                            .txt("open.example", "v=spf1 +all")
                            .broken("slow.example", Trouble.SERVFAIL)
                            .build());
    private final String resolver = CalledCommand.resolver(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void findingsComeWithAdviceAndSection() {
        var called =
                CalledCommand.of(
                        "domain", "example.com", "--selector", "news", "--resolver", resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains(
                        "spf          good     3 of 10 terms that may ask the DNS  [RFC 7208 §4.6.4]",
                        "dkim         good     keys at news (ed25519)",
                        "dmarc        good     policy reject from example.com",
                        "mta-sts      note     no MTA-STS record",
                        "→ announce a policy");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,  note,    OK",
        "open.example, problem, FINDING",
        "slow.example, unknown, TRY_AGAIN"
    })
    void exitCodeTellsTheWorstFinding(String name, String worst, ExitCode exitCode) {
        var called = CalledCommand.of("domain", name, "--json", "--resolver", resolver);
        assertThat(called.json().get("worst").asString()).isEqualTo(worst);
        assertThat(called.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void severalNamesGiveASurvey(@TempDir Path folder) throws IOException {
        Path names =
                Files.writeString(
                        folder.resolve("names"),
                        "# our domains\nexample.com\r\n\n  open.example \nnot a..name\n");
        var called =
                CalledCommand.of(
                        "domain",
                        "nobody.example",
                        "--file",
                        names.toString(),
                        "--resolver",
                        resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(called.err()).isEqualTo("tayori: this is no domain name: not a..name\n");
        assertThat(called.out())
                .contains("3 domains", "  SPF                                      2  66.7 %");
    }

    @Test
    void namesMayComeFromStandardInputAndTheSurveyAsJson() {
        var called =
                CalledCommand.withInput(
                        "example.com\nslow.example\n",
                        "domain",
                        "--file",
                        "-",
                        "--json",
                        "--resolver",
                        resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        var json = called.json();
        assertThat(json.get("domains").asInt()).isEqualTo(2);
        assertThat(json.get("unknown").toString()).isEqualTo("[\"slow.example\"]");
        assertThat(json.get("shares").get(0).get("percent").asDouble()).isEqualTo(50.0);
    }

    @Test
    void mistakesAreTold(@TempDir Path folder) {
        assertThat(CalledCommand.of("domain").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CalledCommand.of("domain", "no..name").exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(
                        CalledCommand.of("domain", "--file", folder.resolve("none").toString())
                                .exitCode())
                .isEqualTo(ExitCode.NO_INPUT);
    }
}
