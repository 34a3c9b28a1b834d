package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tayori.dns.DomainName;
import tayori.feedback.Complaint;
import tayori.feedback.FeedbackHub;
import tayori.feedback.FeedbackStore;
import tayori.feedback.ReaderHash;
import tayori.intake.ComplaintMailHandler;
import tayori.intake.MailIntakeOptions;
import tayori.listen.ListenAddress;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.receipt.ReceiptChecker;
import tayori.receipt.ReceiptIssuer;
import tayori.receipt.ReceiptKey;
import tayori.receipt.ReceiptOptions;
import tayori.reputation.Identity;
import tayori.smtp.MailServer;
import tayori.smtp.MailServerOptions;

/// Complaints by mail through a real Postfix, with the lines of `integrations/postfix/report.cf`.
@Tag("mta")
class ReportMailTest {
    private static final ReceiptKey KEY = ReceiptKey.of("k1", new byte[32]);
    private static final Shelf SHELF = new Shelf();

    private static MailServer tayori;
    private static Postfix postfix;

    /// A store that may be full.
    private static final class Shelf implements FeedbackStore {
        final Map<String, Complaint> complaints = new ConcurrentHashMap<>();
        volatile boolean full;

        @Override
        public Kept keep(Complaint complaint) throws IOException {
            if (full) {
                throw new IOException("no space left on device");
            }
            var before = complaints.putIfAbsent(complaint.delivery(), complaint);
            return new Kept((before == null ? complaint : before).id(), before != null, true);
        }

        @Override
        public List<Complaint> notHandedOn(int limit) {
            return List.of();
        }

        @Override
        public void handedOn(List<String> ids) {
            // nobody asks
        }
    }

    @BeforeAll
    static void open() throws IOException {
        var hub =
                new FeedbackHub(
                        new ReceiptChecker(List.of(KEY), ReceiptOptions.DEFAULTS),
                        SHELF,
                        _ -> {},
                        new ReaderHash(new byte[32]),
                        "receiver.example",
                        InstantSource.system(),
                        new Random(1));
        tayori =
                MailServer.start(
                        MailServerOptions.lmtp(
                                "report.example.jp", new ListenAddress.Tcp("127.0.0.1", 0)),
                        new ComplaintMailHandler(
                                hub,
                                (_, _) -> {},
                                InetAddress::isLoopbackAddress,
                                MailIntakeOptions.ofDomain("report.example.jp")));
        int port = ((ListenAddress.Tcp) tayori.addresses().getFirst()).port();
        postfix = Postfix.start(Map.of("submission", Map.of("smtpd_milters", "")));
        var lines = Postfix.lines("report.cf");
        lines.replaceAll((_, value) -> value.replace("127.0.0.1:2424", "127.0.0.1:" + port));
        postfix.alsoLmtp(lines);
    }

    @AfterAll
    static void close() {
        postfix.close();
        tayori.close();
    }

    /// A mail as it was delivered to this reader.
    private static String delivered(String reader) {
        var head =
                new MessageHead(
                        List.of(
                                HeaderField.of("Message-ID", "<1." + reader + "@shop.example>"),
                                HeaderField.of("From", "Shop <news@shop.example>"),
                                HeaderField.of("Date", "Sun, 22 Nov 2026 19:20:00 +0900")));
        var receipt =
                new ReceiptIssuer(KEY, ReceiptOptions.DEFAULTS, new Random(7))
                        .issue(
                                head,
                                List.of(Identity.author(DomainName.of("shop.example"))),
                                List.of(reader + "@receiver.example"),
                                Instant.now())
                        .orElseThrow();
        var mail = new StringBuilder("Tayori-Receipt: " + receipt + "\r\n");
        for (var field : head.fields()) {
            mail.append(new String(field.raw(), StandardCharsets.UTF_8)).append("\r\n");
        }
        return mail.append("\r\n.Buy now.\r\n").toString();
    }

    private static void complain(String reader, String mail) {
        var address = reader + "@receiver.example";
        var report =
                Letter.from(address, "spam@report.example.jp")
                        .with("Content-Type", "message/rfc822")
                        .withBody(mail);
        var talk =
                Senders.goodMail("spam@report.example.jp")
                        .from(address)
                        .send(postfix.port("submission"), report);
        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
    }

    private static void awaitLog(String text) {
        await(text)
                .atMost(Postfix.PATIENCE)
                .untilAsserted(() -> assertThat(postfix.logText()).contains(text));
    }

    private static String idOf(String reader) {
        return SHELF.complaints.values().stream()
                .filter(complaint -> complaint.marks().messageId().contains("<1." + reader))
                .map(Complaint::id)
                .findFirst()
                .orElse("none");
    }

    @Test
    void postfixHearsTheNumberOfTheComplaint() {
        complain("alice", delivered("alice"));
        awaitLog("dsn=2.0.0, status=sent (250 2.0.0 Complaint ");
        assertThat(postfix.logText()).contains("Complaint " + idOf("alice") + " is taken");
    }

    @Test
    void postfixHearsWhyNothingIsTaken() {
        complain("mallory", delivered("victim"));
        awaitLog(
                "dsn=5.7.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.7.1 The receipt of the mail proves"
                        + " nothing: the mail was delivered to somebody else");
        assertThat(idOf("victim")).isEqualTo("none");
    }

    @Test
    void whatCannotBeKeptComesAgain() {
        SHELF.full = true;
        complain("bob", delivered("bob"));
        awaitLog("dsn=4.3.0, status=deferred");
        SHELF.full = false;
        postfix.flush();
        await().atMost(Postfix.PATIENCE).until(() -> !idOf("bob").equals("none"));
        awaitLog("Complaint " + idOf("bob") + " is taken");
    }
}
