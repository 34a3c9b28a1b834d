package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One complaint on its whole way: a mail comes through Postfix and gets its receipt, its reader moves it to Junk in any
/// IMAP program, and the sender's numbers change. What cannot be proven changes nothing, and what was answered survives a
/// kill.
@Tag("mta")
class ComplaintPathTest {
    private static final String TOKEN = "a-key-of-an-operator-that-nobody-guesses";
    private static final String IMAP_TOKEN = "a-key-of-the-imap-server-that-nobody-guesses";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MILTER = Ports.free();
    private static final int HTTP = Ports.free();

    private static Town town;
    private static Tayori tayori;
    private static Postfix postfix;
    private static Dovecot dovecot;
    private static String configuration = "";

    @BeforeAll
    static void open() throws IOException {
        town = new Town();
        key("operator", TOKEN);
        key("imap", IMAP_TOKEN);
        configuration =
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                reputation:
                  directory: memory
                  provider: receiver.example
                  flushInterval: 100ms
                feedback:
                  directory: complaints
                api:
                  listen: ["127.0.0.1:%d"]
                  keys:
                    - {name: operator, keyFile: operator.key, mayExplain: true, mayReport: false}
                    - {name: imap, keyFile: imap.key, mayExplain: false, mayReport: true}
                """
                        .formatted(MILTER, HTTP);
        tayori = town.tayori("complaints", configuration);
        postfix = town.postfix(Map.of("mx", Map.of("smtpd_milters", "inet:127.0.0.1:" + MILTER)));
        dovecot =
                town.opened(Dovecot.start("http://127.0.0.1:" + HTTP + "/v1/feedback", IMAP_TOKEN));
    }

    private static void key(String name, String secret) throws IOException {
        var file = town.folder().resolve(name + ".key");
        Files.writeString(file, secret);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    /// A mail of `pass.example`, delivered to this reader, as it lies in the mailbox.
    private static String delivered(String reader) {
        var client = Senders.goodMail(reader);
        var letter = Letter.from("news@pass.example", reader).signedWith(Senders.PASS_RSA);
        assertThat(client.send(postfix.port("mx"), letter).accepted()).isTrue();
        var mail = postfix.delivered(reader);
        assertThat(mail.all("Tayori-Receipt")).hasSize(1);
        assertThat(mail.only("Tayori-Receipt"))
                .contains("i=author:pass.example", "dkim:pass.example")
                .doesNotContain(reader);
        return mail.headText() + "\r\n" + new String(mail.body(), StandardCharsets.ISO_8859_1);
    }

    private static void does(String reader, String mail, String... commands) throws IOException {
        try (var program = MailProgram.of(dovecot, reader)) {
            program.append("INBOX", mail).does("SELECT INBOX");
            for (var command : commands) {
                program.does(command);
            }
        }
    }

    /// Complaints about `pass.example` as the operator reads them; 0 while nothing is known.
    private static int complaints() {
        var answer = History.get(HTTP, "/v1/domains/pass.example", TOKEN);
        String member = "\"complaints\":";
        int at = answer.body().indexOf(member);
        if (answer.statusCode() != 200 || at < 0) {
            return 0;
        }
        int end = answer.body().indexOf(',', at);
        return Integer.parseInt(answer.body().substring(at + member.length(), end));
    }

    private static void awaitComplaints(int number) {
        await(number + " complaints")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> complaints() == number);
    }

    @Test
    void whatReadersSayReachesTheSendersNumbers() throws IOException {
        String alices = delivered("alice@receiver.example");
        String bobs = delivered("bob@receiver.example");

        does("alice@receiver.example", alices, "UID MOVE 1 Junk");
        awaitComplaints(1);

        does("bob@receiver.example", bobs, "UID STORE 1 +FLAGS ($Junk)", "UID MOVE 1 Junk");
        awaitComplaints(2);

        // Another's mail, the same mail again, a mail with a receipt of nobody's, and one without.
        does("mallory@receiver.example", alices, "UID MOVE 1 Junk");
        does("alice@receiver.example", alices, "UID MOVE 1 Junk");
        does("alice@receiver.example", alices.replace("; a=", "; a=x"), "UID MOVE 1 Junk");
        does("alice@receiver.example", "From: x@pass.example\r\n\r\nHello.\r\n", "UID MOVE 1 Junk");
        assertThat(dovecot.logText()).contains("spam refused with 422");
        assertThat(complaints()).isEqualTo(2);

        tayori.kill();
        tayori = town.tayori("complaints-after-the-kill", configuration);
        awaitComplaints(2);
        does("alice@receiver.example", alices, "UID MOVE 1 Junk");
        String carols = delivered("carol@receiver.example");
        does("carol@receiver.example", carols, "UID MOVE 1 Junk");
        awaitComplaints(3);
        assertThat(tayori.log()).doesNotContain("alice").doesNotContain("carol");
    }
}
