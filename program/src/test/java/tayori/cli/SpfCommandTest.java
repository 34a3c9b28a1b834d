package tayori.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.dns.loopback.LoopbackDnsServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class SpfCommandTest {
    private final LoopbackDnsServer server =
            LoopbackDnsServer.start(
                    ZoneDns.builder()
                            .txt(
                                    "example.com",
                                    "v=spf1 mx include:_spf.example.net -all exp=why.%{d}")
                            .txt("why.example.com", "%{i} is not one of ours\u001b[2J")
                            .txt("plain.example", "v=spf1 -all exp=why.plain.example")
                            .txt("why.plain.example", "%{i} is not one of ours")
                            .txt("_spf.example.net", "v=spf1 ip4:192.0.2.0/24 ~all")
                            .mx("example.com", 10, "mx.example.com")
                            .address("mx.example.com", "198.51.100.1")
                            .txt("neutral.example", "v=spf1 ?all")
                            .txt("broken.example", "v=spf1 ipv4:192.0.2.1 -all")
                            .broken("slow.example", Trouble.SERVFAIL)
                            .build());
    private final String resolver = CalledCommand.resolver(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyStepIsShown() {
        var called =
                CalledCommand.of(
                        "spf",
                        "192.0.2.1",
                        "news@example.com",
                        "mail.example.com",
                        "--resolver",
                        resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains(
                        "May 192.0.2.1 send mail from news@example.com as mail.example.com?",
                        "example.com (mailfrom)",
                        "? example.com TXT → v=spf1 mx",
                        "? example.com MX → 10 mx.example.com",
                        "? mx.example.com A → 198.51.100.1",
                        "mx: no match   [DNS terms 1, void 0]",
                        "  _spf.example.net (include:_spf.example.net)",
                        "ip4:192.0.2.0/24: match",
                        "include:_spf.example.net: match   [DNS terms 2, void 0]",
                        "pass: 192.0.2.1 is permitted by include:_spf.example.net",
                        "Received-SPF: pass (",
                        "client-ip=192.0.2.1;")
                .doesNotContain("\u001b");
    }

    @Test
    void whatAStrangerPublishesNeverReachesTheTerminalAsItIs() {
        var called =
                CalledCommand.of("spf", "203.0.113.1", "a@example.com", "--resolver", resolver);
        assertThat(called.out()).contains("is not one of ours?[2J").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,   a@example.com,     pass,      OK",
        "203.0.113.1, a@plain.example,   fail,      FINDING",
        "192.0.2.1,   a@neutral.example, neutral,   FINDING",
        "192.0.2.1,   a@broken.example,  permerror, FINDING",
        "192.0.2.1,   a@none.example,    none,      FINDING",
        "192.0.2.1,   a@slow.example,    temperror, TRY_AGAIN",
    })
    void exitCodeTellsTheResult(String ip, String mailFrom, String result, ExitCode exitCode) {
        var called = CalledCommand.of("spf", ip, mailFrom, "--json", "--resolver", resolver);
        assertThat(called.json().get("result").asString()).isEqualTo(result);
        assertThat(called.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void oneJsonObjectTellsEverything() {
        var json =
                CalledCommand.of(
                                "spf",
                                "203.0.113.1",
                                "<a@plain.example>",
                                "--json",
                                "--resolver",
                                resolver)
                        .json();
        assertThat(json.get("term").asString()).isEqualTo("-all");
        assertThat(json.get("explanation").asString()).isEqualTo("203.0.113.1 is not one of ours");
        assertThat(json.get("questions")).hasSize(2);
        assertThat(json.get("questions").get(0).get("name").asString()).isEqualTo("plain.example");
        assertThat(json.get("steps").get(0).get("step").asString()).isEqualTo("entered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spf",
                "spf 192.0.2.1",
                "spf 192.0.2 a@example.com",
                "spf host a@example.com",
                "spf 192.0.2.1 a@example.com --resolver nobody:99999",
                "spf 192.0.2.1 a@example.com --timeout soon",
                "spf --batch 192.0.2.1"
            })
    void mistakesAreUsageErrors(String line) {
        var called = CalledCommand.of(line.split(" "));
        assertThat(called.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).startsWith("tayori: ").contains("--help");
    }

    // ---- batch

    @Test
    void batchAnswersEveryLineInItsOrder() throws IOException {
        var input = new ByteArrayOutputStream();
        write(input, "{\"id\":1,\"ip\":\"192.0.2.1\",\"mailFrom\":\"a@example.com\"}\n");
        write(input, "no JSON at all\n");
        write(
                input,
                "{\"id\":{\"a\":[3,null]},\"ip\":\"203.0.113.1\",\"mailFrom\":\"a@plain.example\"}\r\n");
        input.write(new byte[] {(byte) 0xff, 0, 1, 2, (byte) 0xfe, '\n'});
        write(input, "\n");
        write(input, "{\"ip\":\"192.0.2.1\",\"mailFrom\":7}\n");
        write(input, "{\"ip\":\"192.0.2.300\"}\n");
        write(input, "{\"mailFrom\":\"a@example.com\"}\n");
        write(input, "[1]\n");
        write(input, "{\"ip\":\"192.0.2.1\",\"resolver\":\"nowhere at all\"}\n");
        write(input, "{\"x\":\"" + "y".repeat(SpfCommand.MAX_LINE_OCTETS) + "\"}\n");
        write(input, "[".repeat(100_000) + "\n");
        write(input, "{\"ip\":\"192.0.2.1\",\"mailfrom\":\"a@example.com\"}\n");
        write(input, "{\"ip\":\"192.0.2.1\"} trailing\n");
        write(
                input,
                "{\"id\":null,\"ip\":\"::ffff:192.0.2.1\",\"mailFrom\":\"a@example.com\",\"helo\":null}");
        var called =
                CalledCommand.withInput(
                        input.toByteArray(), "spf", "--batch", "--resolver", resolver);
        var lines = called.lines();
        assertThat(lines).hasSize(15);
        assertThat(called.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(lines.get(0).get("id").asInt()).isEqualTo(1);
        assertThat(lines.get(0).get("result").asString()).isEqualTo("pass");
        assertThat(lines.get(2).get("id").toString()).isEqualTo("{\"a\":[3,null]}");
        assertThat(lines.get(2).get("result").asString()).isEqualTo("fail");
        for (int refused : new int[] {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13}) {
            assertThat(lines.get(refused).get("error").asString())
                    .as("line " + refused)
                    .isNotEmpty();
            assertThat(lines.get(refused).get("line").asInt()).isEqualTo(refused + 1);
        }
        assertThat(lines.get(5).get("error").asString()).contains("mailFrom", "text");
        assertThat(lines.get(10).get("error").asString()).contains("1048576 octets");
        assertThat(lines.get(12).get("unknownFields").toString()).isEqualTo("[\"mailfrom\"]");
        assertThat(lines.get(14).get("result").asString()).isEqualTo("pass");
        assertThat(lines.get(14).has("id")).isFalse();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }

    @Test
    void batchOfGoodLinesIsOkWhateverTheResults() {
        var called =
                CalledCommand.withInput(
                        "{\"ip\":\"203.0.113.1\",\"mailFrom\":\"a@plain.example\"}\n",
                        "spf",
                        "--batch",
                        "--no-cache",
                        "--resolver",
                        resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
    }

    /// The suite of RFC 7208 through the batch, each scenario with a DNS server of its own that its lines name.
    @Test
    void rfc7208SuiteThroughTheBatch() {
        var file = Path.of("../mailauth/src/test/resources/conformance/spf/rfc7208-tests.yml");
        var servers = new ArrayList<LoopbackDnsServer>();
        var cases = new ArrayList<JsonNode>();
        var input = new StringBuilder();
        try (var scenarios =
                YAMLMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(file)) {
            while (scenarios.hasNextValue()) {
                var scenario = scenarios.nextValue();
                var stub = LoopbackDnsServer.start(zone(scenario.get("zonedata")));
                servers.add(stub);
                for (var test : scenario.get("tests").properties()) {
                    cases.add(test.getValue());
                    ObjectNode line = JsonMapper.shared().createObjectNode();
                    line.put("id", test.getKey());
                    line.put("ip", test.getValue().get("host").asString());
                    line.put("mailFrom", test.getValue().get("mailfrom").asString());
                    line.put("helo", test.getValue().get("helo").asString());
                    line.put("receiver", "localdomain.foo.bar");
                    line.put("resolver", CalledCommand.resolver(stub));
                    input.append(line).append('\n');
                }
            }
        }
        var answers = CalledCommand.withInput(input.toString(), "spf", "--batch").lines();
        servers.forEach(LoopbackDnsServer::close);
        assertThat(answers).hasSize(135).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            var answer = answers.get(i);
            assertThat(texts(cases.get(i).get("result")))
                    .as(answer.toString())
                    .contains(answer.get("result").asString());
            var explanation = cases.get(i).get("explanation");
            if (explanation != null && answer.get("result").asString().equals("fail")) {
                var given = answer.get("explanation");
                assertThat(given.isNull() ? "DEFAULT" : given.asString())
                        .isEqualToIgnoringCase(explanation.asString());
            }
        }
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::asString).toList()
                : List.of(node.asString());
    }

    /// The zone of a scenario. TIMEOUT is answered like SERVFAIL: both are temperror, and nobody has to wait.
    private static ZoneDns zone(JsonNode data) {
        var zone = ZoneDns.builder();
        for (var entry : data.properties()) {
            String name = entry.getKey();
            if (DomainName.parse(name).isEmpty()) {
                continue;
            }
            zone.name(name);
            var types =
                    entry.getValue()
                            .valueStream()
                            .filter(JsonNode::isObject)
                            .flatMap(record -> record.propertyNames().stream())
                            .toList();
            for (var record : entry.getValue()) {
                if (record.isString()) {
                    for (var type : RecordType.values()) {
                        boolean noText = entry.getValue().toString().contains("{\"TXT\":\"NONE\"}");
                        boolean there =
                                type == RecordType.TXT
                                        ? !noText
                                                && (types.contains("TXT") || types.contains("SPF"))
                                        : types.contains(type.name());
                        there |= types.contains("CNAME");
                        if (!there) {
                            zone.broken(name, type, Trouble.SERVFAIL);
                        }
                    }
                    continue;
                }
                for (Map.Entry<String, JsonNode> field : record.properties()) {
                    add(zone, name, field.getKey(), field.getValue(), types);
                }
            }
        }
        return zone.build();
    }

    private static void add(
            ZoneDns.Builder zone, String name, String type, JsonNode value, List<String> types) {
        switch (type) {
            case "SPF" -> {
                if (!types.contains("TXT")) {
                    add(zone, name, "TXT", value, types);
                }
            }
            case "TXT" -> {
                String text = String.join("", texts(value));
                if (text.equals("TIMEOUT")) {
                    zone.broken(name, RecordType.TXT, Trouble.SERVFAIL);
                } else if (!text.equals("NONE")) {
                    zone.txt(name, CalledCommand.octets(text));
                }
            }
            case "A", "AAAA" -> zone.address(name, value.asString());
            case "MX" -> {
                String exchange = value.get(1).asString();
                zone.mx(name, value.get(0).asInt(), exchange.isEmpty() ? "." : exchange);
            }
            case "PTR" -> {
                if (DomainName.parse(value.asString()).isPresent()) {
                    zone.ptr(name, value.asString());
                }
            }
            case "CNAME" -> zone.cname(name, value.asString());
            default -> throw new AssertionError("record type " + type);
        }
    }
}
