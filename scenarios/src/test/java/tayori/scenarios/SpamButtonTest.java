package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The spam button of every IMAP program: a real Dovecot with the files of `integrations/dovecot`. A command is done only when the
/// script has run, so what was heard then is all there is.
@Tag("mta")
class SpamButtonTest {
    private static final List<Heard> HEARD = new CopyOnWriteArrayList<>();

    private static HttpServer tayori;
    private static Dovecot dovecot;
    private static volatile int answer = 202;
    private static int readers;

    /// One complaint as Tayori hears it.
    record Heard(String query, String authorization, String type, String mail) {}

    @BeforeAll
    static void start() throws IOException {
        tayori = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        tayori.createContext("/v1/feedback", SpamButtonTest::hear);
        tayori.start();
        dovecot =
                Dovecot.start(
                        "http://127.0.0.1:" + tayori.getAddress().getPort() + "/v1/feedback",
                        "k3y");
    }

    private static void hear(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        HEARD.add(
                new Heard(
                        exchange.getRequestURI().getQuery(),
                        headers.getFirst("Authorization"),
                        headers.getFirst("Content-Type"),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        dovecot.close();
        tayori.stop(0);
    }

    @BeforeEach
    void forget() {
        HEARD.clear();
        answer = 202;
        readers++;
    }

    private static final String MAIL =
            """
            Tayori-Receipt: v=1; k=2026-11
            From: 通販 <news@shop.example>
            Subject: Offer

            .
            Buy now.
            """
                    .replace("\n", "\r\n");

    private static MailProgram open(String login) throws IOException {
        return MailProgram.of(dovecot, login).append("INBOX", MAIL).does("SELECT INBOX");
    }

    @Test
    void theWholeHeaderAndNoBodyWithReaderAndKey() throws IOException {
        try (var program = open("alice@example.jp")) {
            program.does("UID MOVE 1 Junk");
        }
        assertThat(HEARD)
                .containsExactly(
                        new Heard(
                                "kind=spam&reader=alice@example.jp",
                                "Bearer k3y",
                                "message/rfc822",
                                MAIL.substring(0, MAIL.indexOf("\r\n\r\n") + 4)));
    }

    @ParameterizedTest(name = "{0} says {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    UID MOVE 1 Junk                                             | spam
                    UID COPY 1 Junk                                             | spam
                    UID STORE 1 +FLAGS ($Junk)                                  | spam
                    UID STORE 1 +FLAGS ($NotJunk)                               | not-spam
                    UID STORE 1 +FLAGS ($Junk); UID STORE 1 -FLAGS ($Junk)      | spam
                    UID STORE 1 +FLAGS ($Junk); UID MOVE 1 Junk                 | spam spam
                    UID MOVE 1 Junk; SELECT Junk; UID MOVE 1 INBOX              | spam not-spam
                    UID MOVE 1 Junk; SELECT Junk; UID MOVE 1 Trash              | spam
                    UID STORE 1 +FLAGS (\\Seen Junk)                            | ''
                    UID MOVE 1 Trash                                            | ''
                    """)
    void whatAReaderDoes(String commands, String kinds) throws IOException {
        String reader = "reader" + readers;
        try (var program = open(reader)) {
            for (var command : commands.split(";")) {
                program.does(command.strip());
            }
        }
        assertThat(HEARD.stream().map(Heard::query))
                .containsExactlyElementsOf(
                        java.util.Arrays.stream(kinds.split(" "))
                                .filter(kind -> !kind.isEmpty())
                                .map(kind -> "kind=" + kind + "&reader=" + reader + "@example.jp")
                                .toList());
    }

    @Test
    void aRefusalIsTheEndOfIt() throws IOException {
        answer = 422;
        int before = dovecot.queued().size();
        try (var program = open("bob")) {
            program.does("UID MOVE 1 Junk");
        }
        assertThat(HEARD).hasSize(1);
        assertThat(dovecot.queued()).hasSize(before);
        assertThat(dovecot.logText()).contains("tayori-report: spam refused with 422");
    }

    @ParameterizedTest
    @CsvSource({"401", "429", "503"})
    void whileTayoriDoesNotTakeItTheMtaKeepsIt(int trouble) throws IOException {
        answer = trouble;
        String reader = "carol" + trouble;
        try (var program = open(reader)) {
            program.does("UID MOVE 1 Junk");
        }
        assertThat(dovecot.queued())
                .containsSequence(
                        "-i -N never -f " + reader + "@example.jp -- spam@report.example.jp",
                        "Tayori-Receipt: v=1; k=2026-11");
        assertThat(dovecot.logText()).doesNotContain("shop.example");
    }
}
