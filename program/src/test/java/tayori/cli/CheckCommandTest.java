package tayori.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.dns.ZoneDns;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CheckCommandTest {
    private static final DkimKeys.Pair KEY = DkimKeys.generateEd25519();
    private static final String BODY = "Hello.\r\n";

    private final LoopbackDnsServer server =
            LoopbackDnsServer.start(
                    ZoneDns.builder()
                            .txt("example.com", "v=spf1 ip4:192.0.2.1 -all")
                            .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                            .txt("s._domainkey.example.com", KEY.txt())
                            .ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
                            .address("mail.example.com", "192.0.2.1")
                            .build());
    private final String resolver = CalledCommand.resolver(server);

    @AfterEach
    void close() {
        server.close();
    }

    /// A mail of example.com, signed, with CRLF line ends.
    private static String signed() {
        var head =
                new MessageHead(
                        List.of(
                                HeaderField.of("From", "News <news@example.com>"),
                                HeaderField.of("To", "you@example.net"),
                                HeaderField.of("Subject", "Letter"),
                                HeaderField.of("Date", "Mon, 2 Nov 2026 10:00:00 +0000")));
        var body = new BodyHasher();
        var signing =
                new DkimSigner(
                                List.of(new DkimSigner.Key("example.com", "s", KEY.privateKey())),
                                SigningOptions.DEFAULTS,
                                InstantSource.fixed(Instant.parse("2026-11-02T10:00:00Z")))
                        .begin(head, body);
        byte[] octets = BODY.getBytes(ISO_8859_1);
        body.update(octets, 0, octets.length);
        var mail = new StringBuilder();
        for (var field : signing.finish()) {
            mail.append(field).append("\r\n");
        }
        for (var field : head.fields()) {
            mail.append(field).append("\r\n");
        }
        return mail + "\r\n" + BODY;
    }

    private static final String RECEIVED =
            """
            Return-Path: <news@example.com>
            Received: from mail.example.com (mail.example.com [192.0.2.1])
            \tby mx.example.net with ESMTP; Mon, 2 Nov 2026 10:00:01 +0000
            """;

    @Test
    void aMailIsExplainedMethodByMethod(@TempDir Path folder) throws IOException {
        Path mail = Files.writeString(folder.resolve("a.eml"), signed());
        var called =
                CalledCommand.of(
                        "check",
                        "--ip",
                        "192.0.2.1",
                        "--helo",
                        "mail.example.com",
                        "--mail-from",
                        "news@example.com",
                        "--authserv-id",
                        "mx.example.net",
                        "--resolver",
                        resolver,
                        mail.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains(
                        mail.toString(),
                        "author      example.com",
                        "iprev       pass: mail.example.com",
                        "spf         pass: 192.0.2.1 is permitted by ip4:192.0.2.1 of example.com",
                        "dkim        pass: ",
                        "arc         none: not sealed",
                        "dmarc       pass: ",
                        "decision    accept: dmarc-pass, the author domain is authenticated",
                        "Authentication-Results: mx.example.net;",
                        "smtp.mailfrom=news@example.com");
    }

    @Test
    void withoutTheClientSpfIsNotCheckedAndLineEndsDoNotMatter() {
        var called =
                CalledCommand.withInput(
                        signed().replace("\r\n", "\n"), "check", "-", "--resolver", resolver);
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out())
                .contains(
                        "spf         not checked: give --ip",
                        "dkim        pass",
                        "dmarc       pass")
                .doesNotContain("spf=", "0.0.0.0");
    }

    @Test
    void theTopmostReceivedFieldIsBelievedOnlyWhenAsked() {
        String mail = RECEIVED + "From: news@example.com\n\nunsigned\n";
        var believed =
                CalledCommand.withInput(
                                mail, "check", "-", "--received", "--json", "--resolver", resolver)
                        .json();
        assertThat(believed.get("spf").get("result").asString()).isEqualTo("pass");
        assertThat(believed.get("spfHelo").get("domain").asString()).isEqualTo("mail.example.com");
        assertThat(believed.get("dmarc").get("aligned").toString()).isEqualTo("[\"spf\"]");
        var silent = CalledCommand.withInput(mail, "check", "-", "--json", "--resolver", resolver);
        assertThat(silent.json().get("spf").isNull()).isTrue();
        assertThat(silent.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(silent.json().get("decision").get("advised").asString()).isEqualTo("junk");
        assertThat(silent.json().get("decision").get("action").asString()).isEqualTo("accept");
    }

    @Test
    void maildirAndMboxAreReadMailByMailWithATableAtTheEnd(@TempDir Path folder)
            throws IOException {
        Path maildir = Files.createDirectories(folder.resolve("Maildir"));
        Files.createDirectories(maildir.resolve("tmp"));
        Files.writeString(maildir.resolve("tmp/unfinished"), "x");
        Files.writeString(
                Files.createDirectories(maildir.resolve("cur")).resolve("1:2,S"), signed());
        Files.writeString(
                Files.createDirectories(maildir.resolve("new")).resolve("2"),
                "From: a@example.com\n\nforged\n");
        Path mbox =
                Files.writeString(
                        folder.resolve("mbox"),
                        "From news@example.com Mon Nov  2 10:00:00 2026\n"
                                + signed().replace("\r\n", "\n")
                                + "\nFrom x Mon Nov  2 10:00:00 2026\nFrom: a@nowhere.example\n\n>From here\n");
        var called =
                CalledCommand.of(
                        "check", "--resolver", resolver, maildir.toString(), mbox.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(called.out())
                .containsSubsequence(
                        "cur/1:2,S", "new/2", "mbox#1", "mbox#2", "4 mails", "spf", "not checked")
                .contains(
                        "  dmarc     pass                                               2  50.0 %")
                .doesNotContain("unfinished");
        var summary =
                CalledCommand.of(
                                "check",
                                "--summary",
                                "--json",
                                "--resolver",
                                resolver,
                                maildir.toString(),
                                mbox.toString())
                        .json()
                        .get("summary");
        assertThat(summary.get("mails").asInt()).isEqualTo(4);
        assertThat(summary.get("dmarc").toString()).isEqualTo("{\"fail\":1,\"none\":1,\"pass\":2}");
    }

    @Test
    void aFileThatCannotBeReadDoesNotHideTheOthers(@TempDir Path folder) throws IOException {
        Path mail = Files.writeString(folder.resolve("a.eml"), signed());
        var called =
                CalledCommand.of(
                        "check",
                        "--resolver",
                        resolver,
                        folder.resolve("missing").toString(),
                        mail.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.NO_INPUT);
        assertThat(called.err()).contains("cannot read", "missing: no such file");
        assertThat(called.out()).contains("dkim        pass");
    }

    /// The bar is drawn for a person only, and nothing of it is left.
    @Test
    void theProgressBarIsWiped() {
        var err = new StringWriter();
        var terminal =
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true, true);
        try (var progress = new Progress(terminal, 10)) {
            while (err.toString().isEmpty()) {
                progress.octets(0);
            }
            progress.octets(5);
            progress.finished();
        }
        assertThat(err.toString())
                .startsWith("\r\u001b[K[")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "check --ip host a.eml",
                "check --now -5 a.eml",
                "check --now soon a.eml",
                "check --batch a.eml",
                "check --config",
            })
    void mistakesAreUsageErrors(String line) {
        assertThat(CalledCommand.of(line.split(" ")).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aBadConfigurationIsRefusedWithItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), "dns: {tries: 30}\n");
        var called = CalledCommand.withInput(signed(), "check", "-", "--config", file.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(called.err()).contains("dns.tries").doesNotContain("Exception");
    }

    // ---- batch

    private static String base64(String mail) {
        return Base64.getEncoder().encodeToString(mail.getBytes(ISO_8859_1));
    }

    @Test
    void batchChecksMessagesAndFilesAndSurvivesRubbish(@TempDir Path folder) throws IOException {
        Path mail = Files.writeString(folder.resolve("a.eml"), signed());
        var rubbish = new byte[50_000];
        new Random(20261122).nextBytes(rubbish);
        var lines =
                List.of(
                        "{\"id\":1,\"message\":\""
                                + base64(signed())
                                + "\",\"authservId\":\"mx.example.net\"}",
                        "{\"id\":2,\"file\":"
                                + JsonMapper.shared().writeValueAsString(mail.toString())
                                + ",\"ip\":\"192.0.2.1\",\"helo\":\"mail.example.com\",\"mailFrom\":\"news@example.com\"}",
                        "{\"id\":3,\"message\":\"" + base64(signed()) + "\",\"now\":1793613600}",
                        "{\"message\":\"not base64!\"}",
                        "{\"file\":\"/nowhere/at/all\"}",
                        "{\"file\":\"a\",\"message\":\"\"}",
                        "{}",
                        "{\"message\":\"\",\"now\":99999999999999}",
                        "{\"message\":\"" + Base64.getEncoder().encodeToString(rubbish) + "\"}",
                        "{\"message\":\"\"}",
                        "{\"message\":\"" + base64("X: ".repeat(60_000) + "\n\n") + "\"}");
        var called =
                CalledCommand.withInput(
                        String.join("\n", lines), "check", "--batch", "--resolver", resolver);
        var answers = called.lines();
        assertThat(answers).hasSize(lines.size());
        assertThat(answers.get(0).get("dkim").get(0).get("result").asString()).isEqualTo("pass");
        assertThat(answers.get(0).get("authenticationResults").asString())
                .startsWith("Authentication-Results: mx.example.net;\r\n");
        assertThat(answers.get(1).get("spf").get("result").asString()).isEqualTo("pass");
        assertThat(answers.get(1).get("iprev").get("hostName").asString())
                .isEqualTo("mail.example.com");
        assertThat(answers.get(2).get("dkim").get(0).get("code").asString()).isEqualTo("verified");
        for (int refused : new int[] {3, 4, 5, 6, 7, 10}) {
            assertThat(answers.get(refused).get("line").asInt()).isEqualTo(refused + 1);
        }
        for (int empty : new int[] {8, 9}) {
            assertThat(answers.get(empty).get("dmarc").get("result").asString()).isEqualTo("none");
            assertThat(answers.get(empty).get("dkim")).isEmpty();
        }
        assertThat(called.exitCode()).isEqualTo(ExitCode.FINDING);
    }

    /// The signatures of a suite through the batch: its files, its keys, its times.
    @Test
    void dkimSuiteThroughTheBatch() {
        var folder = Path.of("../mailauth/src/test/resources/conformance/dkim-generated");
        var keys = JsonMapper.shared().readTree(folder.resolve("dns.json"));
        var cases = JsonMapper.shared().readTree(folder.resolve("cases.json"));
        var zone = ZoneDns.builder();
        for (var entry : keys.properties()) {
            entry.getValue()
                    .forEach(text ->
                            zone.txt(entry.getKey(), CalledCommand.octets(text.asString())));
        }
        var input = new StringBuilder();
        for (var test : cases) {
            ObjectNode line = JsonMapper.shared().createObjectNode();
            line.put("file", folder.resolve(test.get("file").asString()).toString());
            input.append(line).append('\n');
        }
        server.serve(zone.build());
        var answers =
                CalledCommand.withInput(
                                input.toString(),
                                "check",
                                "--batch",
                                "--no-cache",
                                "--resolver",
                                resolver)
                        .lines();
        assertThat(answers).hasSize(118).hasSize(cases.size());
        for (int i = 0; i < answers.size(); i++) {
            String expected = cases.get(i).get("expect").asString();
            assertThat(verdict(answers.get(i)))
                    .as(cases.get(i).get("id").asString() + " " + answers.get(i))
                    .isEqualTo(expected);
        }
    }

    /// As the suite has it: one good signature is enough; without one, an unanswered question counts before a failure.
    private static String verdict(JsonNode answer) {
        var results =
                answer.get("dkim")
                        .valueStream()
                        .map(signature -> signature.get("result").asString())
                        .toList();
        return results.isEmpty()
                ? "none"
                : results.contains("pass")
                        ? "pass"
                        : results.contains("temperror") ? "temperror" : "fail";
    }
}
