package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What four providers saw of two senders, and what the world then hears of them: dig, Postfix, rspamd and SpamAssassin
/// through a resolver, Repute clients, the command line, and the receiver itself.
@Tag("mta")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReputationTest {
    private static final String ZONE = "rep.receiver.example";
    private static final String TOKEN = "a-key-of-an-operator-that-nobody-guesses";
    private static final List<String> PROVIDERS = List.of("one", "two", "three", "four");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Town town;
    private static Tayori tayori;
    private static Postfix postfix;
    private static Unbound resolver;
    private static String configuration = "";
    private static final int MILTER = Ports.free();
    private static final int DNS = Ports.free();
    private static final int HTTP = Ports.free();
    private static final String SECRET =
            Base64.getEncoder()
                    .encodeToString(
                            "thirty-two octets of a secret key".getBytes(StandardCharsets.UTF_8));

    @BeforeAll
    static void open() throws IOException {
        town = new Town();
        key("operator", TOKEN);
        key("transfer", SECRET);
        var providers = new StringBuilder();
        for (var provider : PROVIDERS) {
            key(provider, token(provider));
            providers.append(
                    "    - {name: %1$s, keyFile: %1$s.key, mayExplain: false, mayReport: false, evidenceOf: %1$s.example}\n"
                            .formatted(provider));
        }
        configuration =
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%1$d"]
                receiver:
                  authservId: mx.receiver.example
                  decision: {mode: enforce}
                reputation:
                  directory: memory
                  provider: receiver.example
                  flushInterval: 100ms
                  checkpointInterval: 1s
                  registered:
                    - {domain: pass.example, kind: registered, actsOnOptOuts: true, contact: abuse@pass.example, mail: [list]}
                nameServer:
                  listen: ["127.0.0.1:%2$d"]
                  zone: %3$s
                  nameServers: [ns.receiver.example]
                  explanation: "https://rep.receiver.example/why/"
                  transferKeys:
                    - {name: mirror.example, algorithm: hmac-sha256, keyFile: transfer.key}
                api:
                  listen: ["127.0.0.1:%4$d"]
                  keys:
                    - {name: operator, keyFile: operator.key, mayExplain: true, mayReport: false}
                %5$s
                """
                        .formatted(MILTER, DNS, ZONE, HTTP, providers.toString().stripTrailing());
        tayori = town.tayori("reputation", configuration);
        resolver =
                town.opened(Unbound.start(town.folder(), town.dns.address().getPort(), ZONE, DNS));
        var lines = Postfix.lines("reputation.cf");
        lines.replaceAll((_, value) -> value.replace("rep.example.org", ZONE));
        lines.put("smtpd_milters", "");
        postfix =
                town.postfix(
                        Map.of(
                                "list",
                                lines,
                                "milter",
                                Map.of("smtpd_milters", "inet:127.0.0.1:" + MILTER)),
                        resolver.address());
        tellHistory();
    }

    private static void key(String name, String secret) throws IOException {
        var file = town.folder().resolve(name + ".key");
        Files.writeString(file, secret);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String token(String provider) {
        return "the-key-of-provider-" + provider + "-which-is-long";
    }

    /// A newsletter without a complaint in six weeks, and a day of spam.
    private static void tellHistory() {
        for (var provider : PROVIDERS) {
            var history = new History();
            for (var kind : List.of("author", "dkim")) {
                history.sawDaily(kind + ":pass.example", 40, 400);
                history.saw(kind + ":spammer.example", 30, 2_000, 40);
                history.saw(kind + ":spammer.example", 20, 2_000, 40);
            }
            history.saw("spf:spammer.example", 20, 4_000, 80);
            assertThat(history.handIn(HTTP, token(provider), "history")).isEqualTo(202);
        }
        awaitAnswer("pass.example.dwl." + ZONE);
        awaitAnswer("spammer.example.dbl." + ZONE);
    }

    private static void awaitAnswer(String name) {
        await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !dig(name, "A").answers().isEmpty());
    }

    private static Dig dig(String... question) {
        return Dig.ask("127.0.0.1", DNS, question);
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pass.example.dwl          | A   | 127.0.2.
                    mail.pass.example.dwl     | A   | 127.0.2.
                    spammer.example.dbl       | A   | 127.0.1.2
                    spammer.example.dbl       | TXT | https://rep.receiver.example/why/
                    pass.example.rep          | A   | 127.0.4.
                    pass.example.rep          | TXT | of 100
                    pass.example._vouch       | TXT | "list"
                    TEST.dwl                  | A   | 127.0.2.3
                    TEST.dbl                  | A   | 127.0.1.2
                    TEST.dbl                  | TXT | "
                    TEST.new                  | A   | 127.0.2.
                    TEST.rep                  | A   | 127.0.4.
                    TEST.sup                  | A   | 127.0.0.2
                    TEST._vouch               | TXT | "all"
                    """)
    void whatIsListedIsAnswered(String name, String type, String answer) {
        for (var way : List.of("+notcp", "+tcp", "+noedns", "+qr")) {
            var dig = dig(name + "." + ZONE, type, way);
            assertThat(dig.status()).as(dig.output()).isEqualTo("NOERROR");
            assertThat(dig.flags()).contains("aa");
            assertThat(dig.answers()).as(dig.output()).anyMatch(data -> data.contains(answer));
        }
    }

    @ParameterizedTest(name = "{0} is not there")
    @CsvSource({
        "INVALID.dwl",
        "INVALID.dbl",
        "INVALID.new",
        "INVALID.rep",
        "INVALID.sup",
        "pass.example.dbl",
        "spammer.example.dwl",
        "never-heard-of.example.rep",
        "k3j9x2.dwl"
    })
    void whatIsNotListedDoesNotExist(String name) {
        var dig = dig(name + "." + ZONE, "A");
        assertThat(dig.status()).as(dig.output()).isEqualTo("NXDOMAIN");
        assertThat(dig.section("AUTHORITY")).singleElement().asString().contains("SOA");
    }

    @Test
    void aNameBetweenExistsAndIsEmpty() {
        var dig = dig("example.dwl." + ZONE, "A");
        assertThat(dig.status()).as(dig.output()).isEqualTo("NOERROR");
        assertThat(dig.answers()).isEmpty();
    }

    @Test
    void theCaseOfTheQuestionComesBack() {
        assertThat(dig("pAsS.eXaMpLe.DwL." + ZONE, "A").section("ANSWER").getFirst())
                .startsWith("pAsS.eXaMpLe.DwL.");
    }

    @Test
    void whatIsNotOursIsRefusedWithTheReason() {
        var dig = dig("example.org", "A");
        assertThat(dig.status()).isEqualTo("REFUSED");
        assertThat(dig.output()).contains("EDE: ");
        assertThat(dig.answers()).isEmpty();
    }

    @Test
    void theZoneSaysHowItIs() {
        assertThat(dig("status." + ZONE, "TXT").answers()).isNotEmpty();
        assertThat(dig("dwl." + ZONE, "SOA").answers()).hasSize(1);
        assertThat(dig("dwl." + ZONE, "NS").answers()).containsExactly("ns.receiver.example.");
    }

    @Test
    void aWholeZoneIsForThoseWithAKey() {
        assertThat(dig("dbl." + ZONE, "AXFR").output()).contains("Transfer failed");
        var whole = dig("dbl." + ZONE, "AXFR", "-y", "hmac-sha256:mirror.example:" + SECRET);
        assertThat(whole.output())
                .contains("spammer.example.dbl." + ZONE)
                .contains("SOA")
                .doesNotContain("failed");
    }

    @Test
    void postfixRefusesWhoIsListed() {
        var spam =
                new Swaks(
                        "198.51.100.66",
                        "[UNAVAILABLE]",
                        "spammer.example",
                        "x@spammer.example",
                        "listed@receiver.example");
        var talk = spam.send(postfix.port("list"), Letter.from("x@spammer.example", spam.to()));
        assertThat(talk.accepted()).as(talk.transcript()).isFalse();
        assertThat(talk.transcript())
                .contains("blocked using dbl." + ZONE)
                .contains("https://rep.receiver.example/why/");
        var good = Senders.goodMail("unlisted@receiver.example");
        assertThat(
                        good.send(postfix.port("list"), Letter.from("a@pass.example", good.to()))
                                .accepted())
                .isTrue();
    }

    @Test
    void rspamdKnowsBoth() {
        try (var rspamd = Rspamd.start(town.folder(), resolver.address(), ZONE)) {
            assertThat(rspamd.check(signed("a@pass.example")))
                    .contains("Z_DWL_")
                    .doesNotContain("Z_DBL_SPAM");
            assertThat(rspamd.check(signed("x@spammer.example")))
                    .contains("Z_DBL_SPAM")
                    .doesNotContain("Z_DWL_");
        }
    }

    @Test
    void spamAssassinKnowsBoth() {
        var spamassassin = new SpamAssassin(town.folder(), resolver.address(), ZONE);
        assertThat(spamassassin.check(signed("a@pass.example")))
                .contains("Z_VOUCH")
                .doesNotContain("Z_DBL_SPAM");
        assertThat(spamassassin.check(signed("x@spammer.example")))
                .contains("Z_DBL_SPAM")
                .doesNotContain("Z_VOUCH");
    }

    private static Letter signed(String author) {
        return Letter.from(author, "reader@receiver.example")
                .signedWith(
                        author.endsWith("@pass.example") ? Senders.PASS_RSA : Senders.SPAMMER_RSA);
    }

    @Test
    void theReceiverFilesWhoIsListedAndSaysWhy() {
        var spam =
                new Swaks(
                        "198.51.100.66",
                        "[UNAVAILABLE]",
                        "spammer.example",
                        "x@spammer.example",
                        "filed@receiver.example");
        assertThat(
                        spam.send(postfix.port("milter"), signedTo("x@spammer.example", spam.to()))
                                .accepted())
                .isTrue();
        var mail = postfix.delivered(spam.to());
        assertThat(mail.decision()).startsWith("junk; reason=sender-listed");
        assertThat(mail.only("Tayori-Reputation"))
                .contains("spammer.example")
                .contains("listed=spam");
        var good = Senders.goodMail("welcome@receiver.example");
        good.send(postfix.port("milter"), signedTo("a@pass.example", good.to()));
        var welcome = postfix.delivered(good.to());
        assertThat(welcome.decision()).startsWith("accept");
        assertThat(welcome.only("Tayori-Reputation")).contains("pass.example", "white=registered/");
    }

    private static Letter signedTo(String author, String to) {
        return Letter.from(author, to)
                .signedWith(
                        author.endsWith("@pass.example") ? Senders.PASS_RSA : Senders.SPAMMER_RSA);
    }

    @Test
    void mailChangesTheNumbers() {
        var client = Senders.goodMail("counted@receiver.example");
        String before = explanation("pass.example");
        assertThat(
                        client.send(postfix.port("milter"), signedTo("a@pass.example", client.to()))
                                .accepted())
                .isTrue();
        await("one more message")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !explanation("pass.example").equals(before));
        assertThat(explanation("pass.example")).contains("receiver.example");
    }

    private static String explanation(String domain) {
        var answer = History.get(HTTP, "/v1/domains/" + domain, TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void explanationsAreForThoseWithAKey() {
        assertThat(History.get(HTTP, "/v1/domains/pass.example", "").statusCode()).isEqualTo(401);
    }

    @Test
    void reputeClientsFindTheirWay() {
        var template = History.get(HTTP, "/.well-known/repute-template", "");
        assertThat(template.statusCode()).isEqualTo(200);
        assertThat(template.body()).contains("{application}", "{subject}");
        var answer = History.get(HTTP, "/repute/email-id/spammer.example?assertion=spam", "");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/reputon+json");
        assertThat(answer.body()).contains("\"rated\":\"spammer.example\"", "\"rating\":");
        assertThat(History.get(HTTP, "/repute/restaurants/spammer.example", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theCommandLineExplains() throws IOException {
        var online =
                command(
                        "reputation",
                        "spammer.example",
                        "--server",
                        "http://127.0.0.1:" + HTTP + "/",
                        "--key-file",
                        town.folder().resolve("operator.key").toString());
        assertThat(online).contains("spammer.example", "were reported", "limit 0.3 %");
        await("the memory shows it after a checkpoint")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        command("reputation", "list", "--listed", "--store", memory())
                                .contains("spammer.example"));
    }

    /// The list as a file for a name server of somebody else, which then says what we say.
    @Test
    void rbldnsdServesOurExport() throws IOException {
        await("the memory shows it after a checkpoint")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        command("reputation", "list", "--listed", "--store", memory())
                                .contains("spammer.example"));
        var folder = Files.createDirectory(town.folder().resolve("rbldnsd"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var list = folder.resolve("dbl.dnset");
        assertThat(
                        command(
                                "reputation",
                                "export",
                                "--format",
                                "dnset",
                                "--zone",
                                "dbl." + ZONE,
                                "--output",
                                list.toString(),
                                "--store",
                                memory()))
                .contains("entries");
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
        int port = Ports.free();
        var command =
                List.of(
                        "rbldnsd",
                        "-n",
                        "-f",
                        "-u",
                        "rbldns:rbldns",
                        "-r",
                        folder.toString(),
                        "-b",
                        "127.0.0.1/" + port,
                        "dbl." + ZONE + ":dnset:dbl.dnset");
        try (var _ =
                ForeignServer.start(
                        folder,
                        command,
                        () ->
                                !Dig.ask("127.0.0.1", port, "dbl." + ZONE, "SOA")
                                        .status()
                                        .isEmpty())) {
            for (var name : List.of("spammer.example", "mail.spammer.example", "TEST")) {
                var question = name + ".dbl." + ZONE;
                assertThat(Dig.ask("127.0.0.1", port, question, "A").answers())
                        .as(question)
                        .isEqualTo(dig(question, "A").answers());
            }
        }
    }

    private static String memory() {
        return town.folder().resolve("memory").toString();
    }

    private static String command(String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-jar",
                                Path.of("..", "program", "target", "tayori.jar").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// Last, because the others need it alive.
    @Test
    @Order(Integer.MAX_VALUE)
    void whatWasAcceptedSurvivesAKill() {
        var history = new History().saw("author:late.example", 1, 5_000, 0);
        assertThat(history.handIn(HTTP, token("one"), "just-before")).isEqualTo(202);
        tayori.kill();
        tayori = town.tayori("reputation-after-the-kill", configuration);
        assertThat(explanation("late.example")).contains("5000");
        assertThat(dig("spammer.example.dbl." + ZONE, "A").answers()).containsExactly("127.0.1.2");
        assertThat(history.handIn(HTTP, token("one"), "just-before"))
                .as("the same batch again")
                .isBetween(200, 299);
        assertThat(explanation("late.example")).contains("5000").doesNotContain("10000");
    }
}
