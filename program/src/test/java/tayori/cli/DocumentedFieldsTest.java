package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.dns.ZoneDns;
import tayori.dns.loopback.LoopbackDnsServer;
import tools.jackson.databind.JsonNode;

/// The field names in docs/commands.md are those that the commands print, no more and no less.
class DocumentedFieldsTest {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final LoopbackDnsServer server =
            LoopbackDnsServer.start(
                    ZoneDns.builder()
                            .txt(
                                    "example.com",
                                    "v=spf1 include:%{d2}._spf.example.net -all exp=why.%{d}")
                            .txt("example.com._spf.example.net", "v=spf1 ip4:192.0.2.1 -all")
                            .txt("why.example.com", "not ours")
                            .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                            .txt(
                                    "default._bimi.example.com",
                                    "v=BIMI1; l=https://example.com/l.svg")
                            .build());
    private final String resolver = CalledCommand.resolver(server);

    @AfterEach
    void close() {
        server.close();
    }

    /// Names in the first column of the table below `### Fields of …`.
    private static Set<String> documented(String command) throws IOException {
        var names = new TreeSet<String>();
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("../docs/commands.md"))) {
            if (line.startsWith("#")) {
                within = line.equals("### Fields of " + command);
            } else if (within && line.startsWith("| `")) {
                Matcher name = NAME.matcher(line.substring(0, line.indexOf(" | ", 2)));
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        assertThat(names).as(command).hasSizeGreaterThan(5);
        return names;
    }

    private static void collect(JsonNode node, String path, Set<String> names) {
        if (node.isObject()) {
            for (var field : node.properties()) {
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                name += field.getValue().isArray() ? "[]" : "";
                names.add(name);
                collect(field.getValue(), name, names);
            }
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, path, names));
        }
    }

    private static Set<String> printed(CalledCommand called) {
        var names = new TreeSet<String>();
        called.lines().forEach(line -> collect(line, "", names));
        return names;
    }

    @Test
    void spf() throws IOException {
        var called =
                CalledCommand.withInput(
                        """
                        {"ip":"192.0.2.9","mailFrom":"a@example.com"}
                        {"ip":"192.0.2.9","mailFrom":"a@none.example"}
                        """,
                        "spf",
                        "--batch",
                        "--resolver",
                        resolver);
        assertThat(printed(called)).isEqualTo(documented("spf"));
        assertThat(
                        printed(
                                CalledCommand.of(
                                        "spf",
                                        "192.0.2.9",
                                        "a@example.com",
                                        "--json",
                                        "--resolver",
                                        resolver)))
                .isEqualTo(documented("spf"));
    }

    @Test
    void dmarc() throws IOException {
        var called =
                CalledCommand.withInput(
                        """
                        {"from":"example.com","spf":{"domain":"example.com","result":"pass"},"dkim":{"domain":"..","result":"pass"}}
                        {"from":"none.example"}
                        """,
                        "dmarc",
                        "--batch",
                        "--resolver",
                        resolver);
        assertThat(printed(called)).isEqualTo(documented("dmarc"));
    }

    @Test
    void check() throws IOException {
        String mail =
                """
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=AAAA
                DomainKey-Signature: a=rsa-sha1; d=example.com; s=s; b=AAAA; c=simple; q=dns
                ARC-Seal: i=1; a=rsa-sha256; d=example.com; s=s; cv=none; b=AAAA
                ARC-Message-Signature: i=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=AAAA
                ARC-Authentication-Results: i=1; example.com; none
                From: a@example.com

                Hello.
                """;
        var names = new TreeSet<String>();
        for (String ip : new String[] {"192.0.2.1", "192.0.2.9"}) {
            names.addAll(
                    printed(
                            CalledCommand.withInput(
                                    mail,
                                    "check",
                                    "--json",
                                    "--ip",
                                    ip,
                                    "--helo",
                                    "mail.example.com",
                                    "--mail-from",
                                    "a@example.com",
                                    "--resolver",
                                    resolver,
                                    "-")));
        }
        assertThat(names).isEqualTo(documented("check"));
    }

    @Test
    void domain() throws IOException {
        var called = CalledCommand.of("domain", "example.com", "--json", "--resolver", resolver);
        assertThat(printed(called)).isEqualTo(documented("domain"));
    }

    @Test
    void reputationAndReplay(@TempDir Path folder) throws IOException {
        Path mbox =
                Files.writeString(
                        folder.resolve("archive"),
                        """
                        From x Sun Nov 22 10:00:00 2026
                        Received: from a (a [192.0.2.1]) by mx.example.net; %s
                        X-Keywords: $Junk
                        From: a@example.com

                        Hello.
                        """
                                .formatted(
                                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                                ZonedDateTime.now(ZoneOffset.UTC).minusHours(2))));
        String store = folder.resolve("store").toString();
        var replayed =
                CalledCommand.of(
                        "replay",
                        "--junk-is-spam",
                        "--json",
                        "--store",
                        store,
                        "--resolver",
                        resolver,
                        mbox.toString());
        assertThat(printed(replayed)).isEqualTo(documented("replay"));
        Path evidence =
                Files.writeString(
                        folder.resolve("evidence"),
                        "{\"identity\":\"dkim:bulk.example\",\"hour\":%d,\"counts\":{\"messages\":9000,\"complaints\":9}}"
                                .formatted(
                                        ZonedDateTime.now(ZoneOffset.UTC).toEpochSecond() / 3_600
                                                - 9));
        for (String provider : new String[] {"isp1", "isp2", "isp3", "isp4"}) {
            CalledCommand.of(
                    "reputation",
                    "import",
                    "--provider",
                    provider,
                    "--store",
                    store,
                    evidence.toString());
        }
        var fields =
                printed(CalledCommand.of("reputation", "bulk.example", "--json", "--store", store));
        fields.add("published.white.class");
        fields.add("published.white.level");
        assertThat(fields).isEqualTo(documented("reputation"));
    }

    @Test
    void report() throws IOException {
        String arf =
                """
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Reported-Domain: example.com

                --b
                Content-Type: text/rfc822-headers

                Return-Path: <bounce@example.com>
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Tue, 4 Aug 2026 10:00:00 +0900
                To: reader@example.net
                --b--
                """;
        String xarf =
                "../reports/src/test/resources/conformance/xarf/samples/v4/messaging-spam.json";
        String bounce = "../reports/src/test/resources/conformance/bounce/sisimai/rfc3464-04.eml";
        var names = new TreeSet<String>();
        names.addAll(printed(CalledCommand.withInput(arf, "report", "read", "--json", "-")));
        names.addAll(printed(CalledCommand.of("report", "read", "--json", xarf, bounce)));
        assertThat(names).isEqualTo(documented("report"));
    }

    /// What a batch takes is documented under its name, so that a misspelt field would be told as unknown.
    @Test
    void batchFieldsAreKnown() throws IOException {
        for (String line : Files.readAllLines(Path.of("../docs/commands.md"))) {
            Matcher row =
                    Pattern.compile("^\\| (spf|dmarc|check) \\| (`[^|]*`) \\| .*").matcher(line);
            if (!row.matches()) {
                continue;
            }
            Matcher name = NAME.matcher(row.group(2));
            while (name.find()) {
                String base =
                        switch (row.group(1)) {
                            case "spf" -> "{\"ip\":\"192.0.2.1\"";
                            case "dmarc" ->
                                    name.group(1).equals("fromHeader")
                                            ? "{\"x\":1"
                                            : "{\"from\":\"example.com\"";
                            default ->
                                    name.group(1).equals("file") ? "{\"x\":1" : "{\"message\":\"\"";
                        };
                var answer =
                        CalledCommand.withInput(
                                        base + ",\"" + name.group(1) + "\":null}",
                                        row.group(1),
                                        "--batch",
                                        "--resolver",
                                        resolver)
                                .lines()
                                .getFirst();
                assertThat(answer.path("unknownFields").toString()).doesNotContain(name.group(1));
            }
        }
    }
}
