package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Tayori as Postfix policy service, with the lines of `integrations/postfix/policy.cf`.
@Tag("mta")
class PolicyServiceTest {
    private static Town town;
    private static Postfix postfix;

    @BeforeAll
    static void open() {
        town = new Town();
        int port = Ports.free();
        town.tayori(
                "policy",
                """
                dns:
                  servers: $DNS
                milter:
                  listen: []
                policy:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                """
                        .formatted(port));
        postfix = town.postfix(Map.of("up", policy(port), "down", policy(Ports.free())));
    }

    /// The document's lines with this port.
    private static Map<String, String> policy(int port) {
        var lines = Postfix.lines("policy.cf");
        lines.replaceAll((_, value) -> value.replace("127.0.0.1:8892", "127.0.0.1:" + port));
        assertThat(lines.toString()).contains("127.0.0.1:" + port);
        lines.put("smtpd_milters", "");
        return lines;
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void receivedSpfIsPutOnTop() {
        var client = Senders.goodMail("policy-pass@receiver.example");

        assertThat(
                        client.send(postfix.port("up"), Letter.from("a@pass.example", client.to()))
                                .accepted())
                .isTrue();

        var mail = postfix.delivered(client.to());
        assertThat(mail.names().subList(3, 5)).containsExactly("received-spf", "received");
        assertThat(mail.only("Received-SPF"))
                .startsWith("pass")
                .contains("receiver=mx.receiver.example", "client-ip=192.0.2.10")
                .contains("envelope-from=\"bounces@pass.example\"", "helo=mail.pass.example");
    }

    @Test
    void aFailIsSaidAndNotRefused() {
        var client = Senders.badMail("a@reject.example", "policy-fail@receiver.example");

        assertThat(
                        client.send(
                                        postfix.port("up"),
                                        Letter.from("a@reject.example", client.to()))
                                .accepted())
                .isTrue();

        assertThat(postfix.delivered(client.to()).only("Received-SPF")).startsWith("fail");
    }

    @Test
    void oneFieldEachMailWhateverTheNumberOfRecipients() {
        var client = Senders.goodMail("policy-1@receiver.example");
        try (var talk = new SmtpDialogue(postfix.port("up")).as(client)) {
            for (int mail = 1; mail <= 2; mail++) {
                assertThat(talk.say("MAIL FROM:<a@pass.example>")).startsWith("250");
                for (int recipient = 1; recipient <= 3; recipient++) {
                    assertThat(
                                    talk.say(
                                            "RCPT TO:<policy-%d%d@receiver.example>"
                                                    .formatted(mail, recipient)))
                            .startsWith("250");
                }
                talk.say("DATA");
                assertThat(talk.finishMail(Letter.from("a@pass.example", client.to())))
                        .startsWith("250");
            }
        }

        assertThat(postfix.delivered("policy-13@receiver.example").only("Received-SPF"))
                .startsWith("pass");
        assertThat(postfix.delivered("policy-21@receiver.example").only("Received-SPF"))
                .startsWith("pass");
    }

    @Test
    void aServiceThatIsDownStopsNoMail() {
        var client = Senders.goodMail("policy-down@receiver.example");

        var talk = client.send(postfix.port("down"), Letter.from("a@pass.example", client.to()));

        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
        assertThat(postfix.delivered(client.to()).all("Received-SPF")).isEmpty();
    }
}
