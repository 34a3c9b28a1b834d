package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.ALabels;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.dns.loopback.LoopbackDnsServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DmarcCommandTest {
    private final LoopbackDnsServer server =
            LoopbackDnsServer.start(
                    ZoneDns.builder()
                            .txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine; t=y")
                            .address("news.example.com", "192.0.2.1")
                            .broken("_dmarc.slow.example", Trouble.SERVFAIL)
                            .build());
    private final String resolver = CalledCommand.resolver(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void resultPolicyAndWhoseItIsAreTold() {
        var called =
                CalledCommand.of(
                        "dmarc",
                        "Editor <a@news.example.com>",
                        "--spf",
                        "bounce.example.com=pass",
                        "--dkim",
                        "example.net=pass",
                        "--dkim",
                        "example.com=fail",
                        "--resolver",
                        resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains(
                        "pass: SPF: bounce.example.com and news.example.com belong to example.com",
                        "author domain          news.example.com",
                        "organizational domain  example.com",
                        "policy domain          example.com",
                        "policy                 none by the tag sp, for the author domain lies below"
                                + " (t=y: one step weaker than the quarantine that is published)",
                        "spf  bounce.example.com: aligned",
                        "dkim example.net: not aligned",
                        "dkim example.com: not passed",
                        "_dmarc.news.example.com TXT: ");
    }

    /// RFC 9989 §4.10.2: the author's own record decides the policy, but not the organizational domain.
    @Test
    void organizationalDomainIsTherEvenWhereItWasNotNeeded() {
        var json =
                CalledCommand.of("dmarc", "example.com", "--json", "--resolver", resolver).json();
        assertThat(json.get("organizationalDomain").asString()).isEqualTo("example.com");
        assertThat(names(json.get("questions"))).containsExactly("_dmarc.example.com");
        assertThat(names(json.get("furtherQuestions"))).containsExactly("_dmarc.com");
    }

    private static List<String> names(JsonNode questions) {
        return questions.valueStream().map(question -> question.get("name").asString()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,    fail,      FINDING",
        "nobody.example, none,      FINDING",
        "slow.example,   temperror, TRY_AGAIN",
        "'a@b.example, c@d.example', none, FINDING",
        "'no domain',    none,      FINDING",
    })
    void exitCodeTellsTheResult(String from, String result, ExitCode exitCode) {
        var called = CalledCommand.of("dmarc", from, "--json", "--resolver", resolver);
        assertThat(called.json().get("result").asString()).isEqualTo(result);
        assertThat(called.exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dmarc",
                "dmarc example.com --spf example.com",
                "dmarc example.com --spf example.com=good",
                "dmarc example.com --dkim ..=pass",
                "dmarc example.com --discovery guess",
                "dmarc example.com --batch",
            })
    void mistakesAreUsageErrors(String line) {
        var called = CalledCommand.of(line.split(" "));
        assertThat(called.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void discoveryByThePublicSuffixListIsThereForComparison() {
        var json =
                CalledCommand.of(
                                "dmarc",
                                "a.b.news.example.com",
                                "--json",
                                "--discovery",
                                "psl",
                                "--resolver",
                                resolver)
                        .json();
        assertThat(json.get("organizationalDomain").asString()).isEqualTo("example.com");
        assertThat(names(json.get("questions")))
                .startsWith("_dmarc.a.b.news.example.com", "_dmarc.example.com");
    }

    @Test
    void batchTakesFromAsDomainAddressOrHeaderAndTellsWhatItCannotUse() {
        var called =
                CalledCommand.withInput(
                        """
                        {"id":"a","from":"example.com","spf":{"domain":"example.com","result":"pass"}}
                        {"id":"b","from":"x@news.example.com","dkim":[{"domain":"example.com","result":"PASS"}]}
                        {"id":"c","fromHeader":" \\"Name, Some\\" <x@example.com> (comment)"}
                        {"id":"d","from":["x@example.com","y@example.com"],"discovery":"psl"}
                        {"id":"e","from":"example.com","spf":[{"domain":"..","result":"pass"}]}
                        {"id":"f","from":"example.com","spf":[{"domain":"example.com","result":"maybe"}]}
                        {"id":"g","from":"example.com","spf":"pass"}
                        {"id":"h","from":"example.com","fromHeader":"a@b.example"}
                        {"id":"i","from":"example.com","dkim":[{"domain":"example.com"}]}
                        {"id":"j"}
                        {"id":"k","from":""}
                        """,
                        "dmarc",
                        "--batch",
                        "--resolver",
                        resolver);
        var lines = called.lines();
        assertThat(
                        lines.stream()
                                .map(line ->
                                        line.get("id").asString()
                                                + " "
                                                + (line.has("error")
                                                        ? "error " + line.get("line")
                                                        : line.get("result").asString())))
                .containsExactly(
                        "a pass",
                        "b pass",
                        "c fail",
                        "d fail",
                        "e fail",
                        "f error 6",
                        "g error 7",
                        "h error 8",
                        "i error 9",
                        "j error 10",
                        "k none");
        assertThat(lines.get(4).get("unusable").toString())
                .isEqualTo("[{\"method\":\"spf\",\"domain\":\"..\"}]");
        assertThat(lines.get(8).get("error").asString()).isEqualTo("field dkim.result is missing");
    }

    /// The suite of RFC 9989 through the batch, each case with a DNS server of its own that its line names.
    @Test
    void rfc9989SuiteThroughTheBatch() {
        var file = Path.of("../mailauth/src/test/resources/conformance/dmarc/rfc9989.json");
        var servers = new ArrayList<LoopbackDnsServer>();
        var cases = new ArrayList<JsonNode>();
        var input = new StringBuilder();
        for (var test : JsonMapper.shared().readTree(file)) {
            var stub = LoopbackDnsServer.start(zone(test.get("zone")));
            servers.add(stub);
            cases.add(test);
            ObjectNode line = JsonMapper.shared().createObjectNode();
            line.set("id", test.get("id"));
            line.set("from", test.get("from"));
            line.set("spf", test.get("spf"));
            line.set("dkim", test.get("dkim"));
            line.put("resolver", CalledCommand.resolver(stub));
            input.append(line).append('\n');
        }
        var answers = CalledCommand.withInput(input.toString(), "dmarc", "--batch").lines();
        servers.forEach(LoopbackDnsServer::close);
        assertThat(answers).hasSize(46).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            compare(cases.get(i).get("expect"), answers.get(i));
        }
    }

    private static void compare(JsonNode expected, JsonNode answer) {
        for (var expectation : expected.properties()) {
            JsonNode value = expectation.getValue();
            String as = answer.toString();
            switch (expectation.getKey()) {
                case "result", "policy", "policyDomain" ->
                        assertThat(answer.get(expectation.getKey()).asString())
                                .as(as)
                                .isEqualTo(value.asString());
                case "orgDomain" ->
                        assertThat(answer.get("organizationalDomain").asString())
                                .as(as)
                                .isEqualTo(value.asString());
                case "queries" ->
                        assertThat(names(answer.get("questions")))
                                .as(as)
                                .containsExactlyElementsOf(
                                        value.valueStream().map(JsonNode::asString).toList());
                case "aligned" ->
                        value.properties()
                                .forEach(method ->
                                        assertThat(
                                                        answer.get("aligned")
                                                                .valueStream()
                                                                .map(JsonNode::asString)
                                                                .anyMatch(method.getKey()::equals))
                                                .as(as)
                                                .isEqualTo(method.getValue().asBoolean()));
                default -> throw new AssertionError(expectation.getKey());
            }
        }
    }

    private static ZoneDns zone(JsonNode data) {
        var zone = ZoneDns.builder();
        for (var entry : data.properties()) {
            String name = ALabels.toDomainName(entry.getKey()).orElseThrow().toString();
            zone.name(name);
            for (var records : entry.getValue().properties()) {
                if (records.getValue().isString()) {
                    zone.broken(name, RecordType.valueOf(records.getKey()), Trouble.SERVFAIL);
                    continue;
                }
                for (var record : records.getValue()) {
                    switch (records.getKey()) {
                        case "TXT" ->
                                zone.txt(
                                        name,
                                        record.isArray()
                                                ? String.join(
                                                        "",
                                                        record.valueStream()
                                                                .map(JsonNode::asString)
                                                                .toList())
                                                : record.asString());
                        case "A", "AAAA" -> zone.address(name, record.asString());
                        case "MX" ->
                                zone.mx(
                                        name,
                                        record.get("priority").asInt(),
                                        record.get("exchange").asString());
                        default -> {
                            // the name exists, which is all that counts
                        }
                    }
                }
            }
        }
        return zone.build();
    }
}
