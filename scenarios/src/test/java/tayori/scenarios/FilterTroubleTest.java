package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.loopback.ZoneText;

/// Tayori is down, killed, frozen, stopped or kept waiting: mail is never lost, and what happens instead is what
/// `milter_default_action` says.
@Tag("mta")
class FilterTroubleTest {
    private static final String FORGED = "mx.receiver.example; dmarc=pass";

    private static Town town;
    private static Postfix postfix;
    private static int milterPort;

    @BeforeAll
    static void open() {
        town = new Town();
        milterPort = Ports.free();
        String milter = "inet:127.0.0.1:" + milterPort;
        String socket = "unix:tayori/milter.sock";
        String hasty = "connect_timeout=1s, command_timeout=1s, content_timeout=1s";
        postfix =
                town.postfix(
                        Map.of(
                                "tempfail",
                                Map.of("smtpd_milters", milter),
                                "accept",
                                Map.of("smtpd_milters", milter, "milter_default_action", "accept"),
                                "guarded",
                                Map.of(
                                        "smtpd_milters",
                                        milter,
                                        "milter_default_action",
                                        "accept",
                                        "cleanup_service_name",
                                        "guarded"),
                                "unix-tempfail",
                                Map.of("smtpd_milters", socket),
                                "unix-accept",
                                Map.of(
                                        "smtpd_milters",
                                        "{ " + socket + ", default_action=accept }"),
                                "hasty-tempfail",
                                Map.of("smtpd_milters", "{ " + milter + ", " + hasty + " }"),
                                "hasty-accept",
                                Map.of(
                                        "smtpd_milters",
                                        "{ "
                                                + milter
                                                + ", "
                                                + hasty
                                                + ", default_action=accept }")));
    }

    @AfterEach
    void theDnsAnswersAgain() {
        town.dns.serve(ZoneText.of(Senders.ZONE));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    private static Tayori tayori(String name) {
        return town.tayori(
                name,
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                """
                        .formatted(milterPort));
    }

    private static Letter letter(Swaks client) {
        return Letter.from("news@pass.example", client.to())
                .withOnTop("Authentication-Results", FORGED)
                .signedWith(Senders.PASS_RSA);
    }

    private static void assertDeliveredWithoutLabels(Swaks client) {
        var mail = postfix.delivered(client.to());
        assertThat(mail.all("Tayori-Decision")).isEmpty();
        // Nobody was there to remove it: the price of `accept`, which the document tells.
        assertThat(mail.all("Authentication-Results")).containsExactly(FORGED);
        assertThat(mail.body()).isEqualTo(letter(client).body());
        assertThat(postfix.inbox(client.to())).hasSize(1);
    }

    private static void assertNothingIsLeftOf(Swaks client) {
        postfix.awaitEmptyQueue();
        assertThat(postfix.inbox(client.to())).isEmpty();
        assertThat(postfix.queue("hold")).isEmpty();
    }

    @OverBothSockets
    void downAndTempfailAsksTheClientToComeAgain(String socket) {
        var client = Senders.goodMail("down-tempfail-" + socket + "@receiver.example");

        var talk =
                client.send(
                        postfix.port(socket.equals("unix") ? "unix-tempfail" : "tempfail"),
                        letter(client));

        assertThat(talk.accepted()).isFalse();
        assertThat(talk.lastReply()).startsWith("451 4.7.1 ");
        assertNothingIsLeftOf(client);
    }

    @OverBothSockets
    void downAndAcceptDeliversWithoutLabels(String socket) {
        var client = Senders.goodMail("down-accept-" + socket + "@receiver.example");

        var talk =
                client.send(
                        postfix.port(socket.equals("unix") ? "unix-accept" : "accept"),
                        letter(client));

        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
        assertDeliveredWithoutLabels(client);
    }

    /// The document's `header_checks` do roughly what Tayori does, while it does not.
    @Test
    void downAndAcceptBehindHeaderChecksDeliversNothingInOurName() {
        var client = Senders.goodMail("guarded@receiver.example");
        var letter =
                letter(client)
                        .withOnTop("authentication-results", "MX.receiver.example;\r\n\tspf=pass")
                        .withOnTop("Authentication-Results", "other.example; spf=pass")
                        .withOnTop("Tayori-Decision", "accept; reason=dmarc-pass");

        assertThat(client.send(postfix.port("guarded"), letter).accepted()).isTrue();

        var mail = postfix.delivered(client.to());
        assertThat(mail.all("Tayori-Decision")).isEmpty();
        assertThat(mail.all("Authentication-Results")).containsExactly("other.example; spf=pass");
    }

    @Test
    void killedWhileTheBodyComesAndTempfail() {
        var client = Senders.goodMail("killed-body-tempfail@receiver.example");

        assertThat(killWhileTheBodyComes("tempfail", client)).startsWith("451 4.7.1 ");

        assertNothingIsLeftOf(client);
        assertTheNextTryIsDelivered(client);
    }

    @Test
    void killedWhileTheBodyComesAndAccept() {
        var client = Senders.goodMail("killed-body-accept@receiver.example");

        assertThat(killWhileTheBodyComes("accept", client)).startsWith("250 ");

        assertDeliveredWithoutLabels(client);
    }

    /// @return what the client is told in the end
    private static String killWhileTheBodyComes(String service, Swaks client) {
        try (var tayori = tayori("killed-body-" + service);
                var talk = new SmtpDialogue(postfix.port(service)).as(client).beginMail(client)) {
            byte[] mail = Swaks.dotted(letter(client).octets());
            int half = mail.length / 2;
            talk.send(java.util.Arrays.copyOf(mail, half));
            tayori.kill();
            talk.send(java.util.Arrays.copyOfRange(mail, half, mail.length));
            return talk.reply();
        }
    }

    @Test
    void killedWhileTheMailIsExaminedAndTempfail() {
        var client = Senders.goodMail("killed-dns-tempfail@receiver.example");

        assertThat(killWhileTheMailIsExamined("tempfail", client)).startsWith("451 4.7.1 ");

        assertNothingIsLeftOf(client);
        assertTheNextTryIsDelivered(client);
    }

    @Test
    void killedWhileTheMailIsExaminedAndAccept() {
        var client = Senders.goodMail("killed-dns-accept@receiver.example");

        assertThat(killWhileTheMailIsExamined("accept", client)).startsWith("250 ");

        assertDeliveredWithoutLabels(client);
    }

    /// The whole mail is with Tayori, which waits for the DNS.
    private static String killWhileTheMailIsExamined(String service, Swaks client) {
        var held = new HeldDns(ZoneText.of(Senders.ZONE));
        try (var tayori = tayori("killed-dns-" + service);
                var talk = new SmtpDialogue(postfix.port(service)).as(client)) {
            talk.beginMail(client);
            town.dns.serve(held);
            talk.send(Swaks.dotted(letter(client).octets()));
            held.awaitQuestion();
            tayori.kill();
            return talk.reply();
        } finally {
            held.release();
        }
    }

    private static void assertTheNextTryIsDelivered(Swaks client) {
        town.dns.serve(ZoneText.of(Senders.ZONE));
        try (var _ = tayori("again-" + client.to())) {
            assertThat(client.send(postfix.port("tempfail"), letter(client)).accepted()).isTrue();
        }
        assertThat(postfix.delivered(client.to()).results()).contains("dmarc=pass");
        assertThat(postfix.inbox(client.to())).hasSize(1);
    }

    /// A process that is there but does not answer: Postfix waits as long as the timeouts say.
    @Test
    void frozenAndTempfail() {
        var client = Senders.goodMail("frozen-tempfail@receiver.example");
        try (var tayori = tayori("frozen-tempfail")) {
            tayori.freeze();

            var talk = client.send(postfix.port("hasty-tempfail"), letter(client));

            assertThat(talk.lastReply()).startsWith("451 4.7.1 ");
        }
        assertNothingIsLeftOf(client);
    }

    @Test
    void frozenAndAccept() {
        var client = Senders.goodMail("frozen-accept@receiver.example");
        try (var tayori = tayori("frozen-accept")) {
            tayori.freeze();

            assertThat(client.send(postfix.port("hasty-accept"), letter(client)).accepted())
                    .isTrue();
        }
        assertDeliveredWithoutLabels(client);
    }

    /// The example of an operator who restarts Tayori while mail comes in.
    @Test
    void sigtermLetsTheMailInProgressEndAndThenExitsWithZero() {
        var client = Senders.goodMail("drained@receiver.example");
        var late = Senders.goodMail("late@receiver.example");
        var held = new HeldDns(ZoneText.of(Senders.ZONE));
        try (var tayori = tayori("drained");
                var talk = new SmtpDialogue(postfix.port("tempfail")).as(client)) {
            talk.beginMail(client);
            town.dns.serve(held);
            talk.send(Swaks.dotted(letter(client).octets()));
            held.awaitQuestion();
            tayori.terminate();
            await("nobody new is let in")
                    .atMost(Postfix.PATIENCE)
                    .until(() -> !Ports.answers(milterPort));
            assertThat(late.send(postfix.port("tempfail"), letter(late)).lastReply())
                    .startsWith("451 4.7.1 ");
            assertThat(tayori.isAlive()).isTrue();
            held.release();

            assertThat(talk.reply()).startsWith("250 ");
            assertThat(tayori.exitCode()).as(tayori.log()).isZero();
        } finally {
            held.release();
        }
        assertThat(postfix.delivered(client.to()).results()).contains("dkim=pass", "dmarc=pass");
        assertNothingIsLeftOf(late);
    }

    /// Tayori gives up by itself, long before Postfix would: `milter.onError` decides.
    @ParameterizedTest(name = "onError: {0}")
    @ValueSource(strings = {"tempfail", "accept"})
    void aMailThatTakesTooLongIsGivenUp(String onError) {
        var client = Senders.goodMail("late-" + onError + "@receiver.example");
        var held = new HeldDns(ZoneText.of(Senders.ZONE));
        try (var _ =
                town.tayori(
                        "late-" + onError,
                        """
                        dns:
                          servers: $DNS
                          timeout: 1m
                        milter:
                          listen: ["127.0.0.1:%d"]
                          commandTimeout: 1s
                          onError: %s
                        """
                                .formatted(milterPort, onError))) {
            town.dns.serve(held);

            var talk = client.send(postfix.port("tempfail"), letter(client));

            if (onError.equals("tempfail")) {
                assertThat(talk.lastReply()).startsWith("451 4.7.1 ");
                assertNothingIsLeftOf(client);
            } else {
                assertThat(talk.accepted()).as(talk.transcript()).isTrue();
                assertThat(postfix.delivered(client.to()).all("Tayori-Decision")).isEmpty();
            }
        } finally {
            held.release();
        }
    }

    /// Every question of this mail goes to servers that never answer. Postfix' patience is longer than ours.
    @Test
    void aSilentDnsEndsInTemperrorLabels() {
        var client = Senders.badMail("a@silent.example", "silent@receiver.example");
        try (var _ =
                town.tayori(
                        "silent",
                        """
                        dns:
                          servers: $DNS
                          timeout: 200ms
                          tries: 1
                        milter:
                          listen: ["127.0.0.1:%d"]
                        receiver:
                          authservId: mx.receiver.example
                        """
                                .formatted(milterPort))) {
            var letter = Letter.from("boss@silent.example", client.to());
            assertThat(client.send(postfix.port("tempfail"), letter).accepted()).isTrue();
        }

        var mail = postfix.delivered(client.to());

        assertThat(mail.results()).contains("spf=temperror", "dmarc=temperror");
        assertThat(mail.decision()).startsWith("accept; reason=dns-trouble");
    }
}
