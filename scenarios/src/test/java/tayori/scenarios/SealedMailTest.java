package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A mail that is forwarded: sealed by the first Tayori, judged by a second one that believes the first (RFC 8617).
@Tag("mta")
class SealedMailTest {
    /// The host that forwards; SPF of the author's domain knows nothing of it.
    private static final Swaks FORWARDER =
            new Swaks("192.0.2.99", "[UNAVAILABLE]", "mx.receiver.example", "", "");

    private static Town town;
    private static Postfix postfix;

    @BeforeAll
    static void open() throws IOException {
        town = new Town();
        var key = town.folder().resolve("seal.pem");
        Files.writeString(key, Senders.SEAL_KEY_PEM);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        int first = Ports.free();
        int next = Ports.free();
        String seal = "{domain: receiver.example, selector: seal, keyFile: %s}".formatted(key);
        town.tayori(
                "first",
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.receiver.example
                  receivedSpf: true
                  arc:
                    seal: %s
                """
                        .formatted(first, seal));
        town.tayori(
                "next",
                """
                dns:
                  servers: $DNS
                milter:
                  listen: ["127.0.0.1:%d"]
                receiver:
                  authservId: mx.next.example
                  arc:
                    trustedSealers: [receiver.example]
                    seal: %s
                """
                        .formatted(next, seal));
        postfix =
                town.postfix(
                        Map.of(
                                "first", Map.of("smtpd_milters", "inet:127.0.0.1:" + first),
                                "next", Map.of("smtpd_milters", "inet:127.0.0.1:" + next)));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    private static Delivered deliver(String service, Swaks client, Letter letter) {
        var talk = client.send(postfix.port(service), letter);
        assertThat(talk.accepted()).as(talk.transcript()).isTrue();
        return postfix.delivered(client.to());
    }

    private static Swaks forwarding(String to) {
        return new Swaks(
                FORWARDER.client(),
                FORWARDER.clientName(),
                FORWARDER.helo(),
                "bounces@pass.example",
                to);
    }

    @Test
    void ourSealsAreOnTopAndSomebodyElsesVerifierAgrees() {
        var client = Senders.goodMail("sealed@receiver.example");
        var letter = Letter.from("news@pass.example", client.to()).signedWith(Senders.PASS_RSA);

        var mail = deliver("first", client, letter);

        assertThat(mail.names().subList(3, 9))
                .containsExactly(
                        "authentication-results",
                        "arc-seal",
                        "arc-message-signature",
                        "arc-authentication-results",
                        "received-spf",
                        "tayori-decision");
        assertThat(mail.only("ARC-Seal")).contains("i=1", "cv=none", "d=receiver.example");
        assertThat(mail.only("ARC-Authentication-Results"))
                .startsWith("i=1; mx.receiver.example;")
                .contains("dmarc=pass");
        assertThat(mail.only("Received-SPF")).startsWith("pass").contains("client-ip=192.0.2.10");
        var passedOn = mail.asLetter();
        assertThat(Witness.says(town.folder(), Senders.KEYS, "arc", passedOn))
                .singleElement()
                .asString()
                .startsWith("pass");
        assertThat(Witness.says(town.folder(), Senders.KEYS, "dkim", passedOn))
                .containsExactly("pass");
    }

    /// SPF alone authenticated the mail, so DMARC fails after forwarding; the seal tells that it had passed.
    @Test
    void theNextHostBelievesTheSeal() {
        var client = Senders.goodMail("hop1@receiver.example");
        var sealed = deliver("first", client, Letter.from("news@pass.example", client.to()));

        var mail = deliver("next", forwarding("hop2@receiver.example"), sealed.asLetter());

        assertThat(mail.results())
                .startsWith("mx.next.example;")
                .contains("spf=fail", "dmarc=fail", "arc=pass");
        assertThat(mail.decision()).startsWith("accept; reason=trusted-arc-sealer");
        assertThat(mail.all("Authentication-Results")).hasSize(2);
        assertThat(mail.all("ARC-Seal"))
                .satisfiesExactly(
                        second -> assertThat(second).contains("i=2", "cv=pass"),
                        first -> assertThat(first).contains("i=1", "cv=none"));
        assertThat(Witness.says(town.folder(), Senders.KEYS, "arc", mail.asLetter()))
                .singleElement()
                .asString()
                .startsWith("pass");
    }

    @Test
    void aSealedMailThatWasChangedIsBelievedNoMore() {
        var client = Senders.goodMail("changed1@receiver.example");
        var sealed = deliver("first", client, Letter.from("news@pass.example", client.to()));
        var changed = sealed.asLetter().withBody("Send money instead.\r\n");

        var mail = deliver("next", forwarding("changed2@receiver.example"), changed);

        assertThat(mail.results()).contains("arc=fail", "dmarc=fail");
        assertThat(mail.decision()).startsWith("accept; advised=reject; reason=dmarc-reject");
    }

    /// The octets that were sealed are the octets that arrive, folds and odd white space included.
    @Test
    void eightBitFieldsAndTenMegabytesAreSealedToo() {
        var client = Senders.goodMail("sealed-large@receiver.example");
        var line = "x".repeat(70) + "\t \r\n";
        var letter =
                Letter.from("news@pass.example", client.to())
                        .with("Reply-To", "Jos\u00e9  <jose@pass.example>\r\n\t")
                        .withBody(line.repeat((10 << 20) / line.length()))
                        .signedWith(Senders.PASS_RSA, Senders.PASS_ED25519);
        var sealed = deliver("first", client, letter);

        var mail = deliver("next", forwarding("sealed-large2@receiver.example"), sealed.asLetter());

        assertThat(mail.results()).contains("dkim=pass", "dmarc=pass", "arc=pass");
    }
}
