package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What an operator gets who lets Tayori act on mail: refused, filed, held or asked to come again.
@Tag("mta")
class EnforcedPolicyTest {
    private static Town town;
    private static Postfix postfix;

    @BeforeAll
    static void open() {
        town = new Town();
        int strict = Ports.free();
        int holding = Ports.free();
        town.tayori(
                "strict",
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                  decision: {mode: enforce, onDmarcReject: reject, onDmarcQuarantine: junk}
                  ipv6: {requireReverseDns: true, requireSpfOrDkim: true, action: reject}
                """
                        .formatted(strict));
        town.tayori(
                "holding",
                """
                dns:
                  servers: $DNS
                  timeout: 100ms
                  tries: 1
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                  decision: {mode: enforce, onDmarcReject: hold, onTempError: tempfail}
                """
                        .formatted(holding));
        postfix =
                town.postfix(
                        Map.of(
                                "strict", Map.of("smtpd_milters", "inet:127.0.0.1:" + strict),
                                "holding", Map.of("smtpd_milters", "inet:127.0.0.1:" + holding)));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void aMailThatPassesIsDelivered() {
        var client = Senders.goodMail("pass@receiver.example");
        var letter = Letter.from("news@pass.example", client.to()).signedWith(Senders.PASS_RSA);

        assertThat(client.send(postfix.port("strict"), letter).accepted()).isTrue();

        assertThat(postfix.delivered(client.to()).decision())
                .startsWith("accept; reason=dmarc-pass");
    }

    @Test
    void aForgeryIsRefusedWithTheReasonInTheReply() {
        var client = Senders.badMail("who@bad.example", "refused@receiver.example");

        var talk =
                client.send(
                        postfix.port("strict"), Letter.from("boss@reject.example", client.to()));

        assertThat(talk.exitCode()).isEqualTo(26); // refused after its data
        assertThat(talk.lastReply())
                .startsWith("550 5.7.1 ")
                .contains("DMARC policy for reject.example");
        postfix.awaitEmptyQueue();
        assertThat(postfix.inbox(client.to())).isEmpty();
        assertThat(postfix.logText()).contains("milter-reject: END-OF-MESSAGE");
    }

    @Test
    void quarantineIsALabelThatTheSieveRuleOfTheDocumentFinds() throws IOException {
        var client = Senders.badMail("who@bad.example", "junk@receiver.example");

        var talk =
                client.send(
                        postfix.port("strict"),
                        Letter.from("boss@quarantine.example", client.to()));

        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
        assertThat(postfix.delivered(client.to()).decision())
                .startsWith("junk; reason=dmarc-quarantine");
        assertThat(Files.readString(Path.of("..", "integrations", "sieve", "tayori.sieve")))
                .contains("header :matches \"Tayori-Decision\" \"junk;*\"");
    }

    /// RFC 9989 §7.4: a list has its own signature, so a policy of `reject` alone does not refuse what it passes on.
    @Test
    void aMailThatAnotherDomainVouchesForIsFiledNotRefused() {
        var client =
                Senders.badMail("list-bounces@list.example", "list@receiver.example")
                        .at("192.0.2.20", "[UNAVAILABLE]");
        var letter = Letter.from("member@reject.example", client.to()).signedWith(Senders.LIST_RSA);

        assertThat(client.send(postfix.port("strict"), letter).accepted()).isTrue();

        assertThat(postfix.delivered(client.to()).decision())
                .startsWith("junk; reason=dmarc-reject-as-quarantine");
    }

    @Test
    void aHeldMailWaitsInTheHoldQueueUntilItIsReleased() {
        var client = Senders.badMail("who@bad.example", "held@receiver.example");

        var talk =
                client.send(
                        postfix.port("holding"), Letter.from("boss@reject.example", client.to()));

        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
        postfix.awaitEmptyQueue();
        assertThat(postfix.inbox(client.to())).isEmpty();
        assertThat(postfix.queue("hold")).hasSize(1);
        postfix.release(postfix.queue("hold").getFirst());
        assertThat(postfix.delivered(client.to()).decision())
                .startsWith("hold; reason=dmarc-reject");
    }

    @Test
    void dnsTroubleAsksTheClientToComeAgain() {
        var client = Senders.badMail("who@silent.example", "dns@receiver.example");

        var talk =
                client.send(
                        postfix.port("holding"), Letter.from("boss@silent.example", client.to()));

        assertThat(talk.exitCode()).isEqualTo(26);
        assertThat(talk.lastReply()).startsWith("451 4.4.3 ");
        assertThat(postfix.inbox(client.to())).isEmpty();
    }

    @Test
    void anIpv6ClientWithoutAHostNameIsRefused() {
        var client =
                Senders.goodMail("ipv6-nameless@receiver.example")
                        .at("2001:db8::20", "[UNAVAILABLE]");

        var talk = client.send(postfix.port("strict"), Letter.from("a@pass.example", client.to()));

        assertThat(talk.lastReply()).startsWith("550 5.7.25 ");
        assertThat(postfix.inbox(client.to())).isEmpty();
    }

    @Test
    void anIpv6ClientThatNobodyVouchesForIsRefused() {
        var client =
                Senders.badMail("who@unspoken.example", "ipv6-unknown@receiver.example")
                        .at("2001:db8::30", "other.example");

        var talk =
                client.send(postfix.port("strict"), Letter.from("a@unspoken.example", client.to()));

        assertThat(talk.lastReply()).startsWith("550 5.7.26 ");
    }

    /// Nobody is refused because his DNS could not be asked.
    @Test
    void anIpv6ClientWhoseNameCannotBeLookedUpIsNotRefusedForIt() {
        var client =
                Senders.badMail("who@unspoken.example", "ipv6-unsure@receiver.example")
                        .at("2001:db8::40", "[TEMPUNAVAIL]");
        var letter = Letter.from("news@pass.example", client.to()).signedWith(Senders.PASS_RSA);

        assertThat(client.send(postfix.port("strict"), letter).accepted()).isTrue();

        assertThat(postfix.delivered(client.to()).results())
                .contains("iprev=temperror", "dmarc=pass");
    }

    @Test
    void anIpv6ClientWithNameAndSpfIsWelcome() {
        var client =
                Senders.goodMail("ipv6-fine@receiver.example")
                        .at("2001:db8::10", "mail.pass.example");

        var letter = Letter.from("news@pass.example", client.to());
        assertThat(client.send(postfix.port("strict"), letter).accepted()).isTrue();

        assertThat(postfix.delivered(client.to()).results())
                .contains("iprev=pass", "spf=pass", "dmarc=pass");
    }

    @Test
    void theIpv6RulesDoNotConcernIpv4() {
        var client = Senders.badMail("who@unspoken.example", "ipv4@receiver.example");

        var letter = Letter.from("a@unspoken.example", client.to());
        assertThat(client.send(postfix.port("strict"), letter).accepted()).isTrue();

        assertThat(postfix.delivered(client.to()).decision())
                .startsWith("accept; reason=no-dmarc-policy");
    }
}
