package tayori.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tayori.message.HeaderField;

/// What lies in the Maildir after mail came through Postfix and a Tayori that only labels.
@Tag("mta")
class LabelledMailTest {
    private static Town town;
    private static Postfix postfix;
    private static Tayori tayori;

    @BeforeAll
    static void open() {
        town = new Town();
        int port = Ports.free();
        postfix =
                town.postfix(
                        Map.of(
                                "tcp", Map.of("smtpd_milters", "inet:127.0.0.1:" + port),
                                "unix", Map.of("smtpd_milters", "unix:tayori/milter.sock")));
        tayori =
                town.tayori(
                        "label",
                        """
                        dns:
                          servers: $DNS
                        milter:
                          listen: ["127.0.0.1:%d", "unix:%s/milter.sock"]
                        receiver:
                          authservId: mx.receiver.example
                          additionalAuthservIds: [old.receiver.example]
                        """
                                .formatted(port, postfix.socketFolder()));
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

    @OverBothSockets
    void aMailThatIsAsItShouldBePassesEverything(String service) {
        var client = Senders.goodMail("pass-" + service + "@receiver.example");
        var letter = Letter.from("news@pass.example", client.to()).signedWith(Senders.PASS_RSA);

        var mail = deliver(service, client, letter);

        assertThat(mail.results())
                .startsWith("mx.receiver.example;")
                .contains("spf=pass", "smtp.mailfrom=bounces@pass.example")
                .contains("dkim=pass", "header.d=pass.example")
                .contains("dmarc=pass", "header.from=pass.example")
                .contains("iprev=pass");
        assertThat(mail.decision()).startsWith("accept; reason=dmarc-pass");
        assertThat(mail.body()).isEqualTo(letter.body());
        assertThat(
                        mail.fields()
                                .subList(
                                        mail.fields().size() - letter.fields().size(),
                                        mail.fields().size()))
                .extracting(HeaderField::toString)
                .isEqualTo(letter.fields().stream().map(HeaderField::toString).toList());
    }

    /// Above the Received of the host that added them, as RFC 8601 §4 wants it: who reads from the top meets them first.
    @OverBothSockets
    void whatWeAddStandsAboveTheTraceOfOurOwnHost(String service) {
        var client = Senders.goodMail("order-" + service + "@receiver.example");

        var mail = deliver(service, client, Letter.from("news@pass.example", client.to()));

        assertThat(mail.names())
                .startsWith(
                        "return-path",
                        "x-original-to",
                        "delivered-to",
                        "authentication-results",
                        "tayori-decision",
                        "received",
                        "from");
    }

    @OverBothSockets
    void aForgeryIsDeliveredAndLabelled(String service) {
        var client = Senders.badMail("who@bad.example", "forgery-" + service + "@receiver.example");

        var mail = deliver(service, client, Letter.from("boss@reject.example", client.to()));

        assertThat(mail.results())
                .contains("spf=none", "dkim=none", "dmarc=fail", "header.from=reject.example")
                .contains("reject");
        assertThat(mail.decision()).startsWith("accept; advised=reject; reason=dmarc-reject");
    }

    @Test
    void aForgeryWhoseDomainAsksForQuarantineIsAdvisedToJunk() {
        var client = Senders.badMail("who@bad.example", "forgery-q@receiver.example");

        var mail = deliver("tcp", client, Letter.from("boss@quarantine.example", client.to()));

        assertThat(mail.decision()).startsWith("accept; advised=junk; reason=dmarc-quarantine");
    }

    @OverBothSockets
    void ourNameInAStrangersMouthIsRemoved(String service) {
        var client = Senders.badMail("who@bad.example", "ar-" + service + "@receiver.example");
        var letter =
                Letter.from("boss@reject.example", client.to())
                        .withOnTop("Authentication-Results", "mx.receiver.example; dmarc=pass")
                        .withOnTop("authentication-results", "MX.Receiver.Example 1; spf=pass")
                        .withOnTop("Authentication-Results", "other.example; dkim=pass reason=kept")
                        .withOnTop(
                                "Authentication-Results",
                                "(a comment)\r\n\tmx.receiver.example (another); dkim=pass")
                        .withOnTop("Authentication-Results", "\"mx.receiver.example\"; iprev=pass")
                        .withOnTop("Authentication-Results", "old.receiver.example; arc=pass")
                        .withOnTop("Tayori-Decision", "accept; reason=dmarc-pass");

        var mail = deliver(service, client, letter);

        assertThat(mail.all("Authentication-Results"))
                .satisfiesExactly(
                        ours ->
                                assertThat(ours)
                                        .startsWith("mx.receiver.example;")
                                        .contains("dmarc=fail"),
                        theirs ->
                                assertThat(theirs)
                                        .isEqualTo("other.example; dkim=pass reason=kept"));
        assertThat(mail.decision()).contains("reason=dmarc-reject");
    }

    @OverBothSockets
    void bothOfTwoSignaturesAreReported(String service) {
        var client = Senders.goodMail("two-" + service + "@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .signedWith(Senders.PASS_RSA, Senders.PASS_ED25519);

        var mail = deliver(service, client, letter);

        assertThat(mail.results())
                .containsPattern(
                        "dkim=pass[^;]*header.a=rsa-sha256[^;]*header.s=r1|dkim=pass[^;]*header.s=r1[^;]*header.a=rsa-sha256")
                .containsPattern("dkim=pass[^;]*header.s=e1");
    }

    @OverBothSockets
    void aBodyOfTenMegabytesIsVerifiedAndArrivesUnchanged(String service) {
        var client = Senders.goodMail("large-" + service + "@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .withBody(lines(10 << 20))
                        .signedWith(Senders.PASS_RSA);

        var mail = deliver(service, client, letter);

        assertThat(mail.results()).contains("dkim=pass");
        assertThat(mail.body().length).isEqualTo(letter.body().length);
        assertThat(mail.body()).isEqualTo(letter.body());
    }

    @Test
    void aLargeBodyWithOneOctetChangedOnTheWayFails() {
        var client = Senders.goodMail("changed@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .withBody(lines(3 << 20))
                        .signedWith(Senders.PASS_RSA);
        letter.body()[letter.body().length - 10] ^= 1;

        var mail = deliver("tcp", client, letter);

        assertThat(mail.results())
                .contains("dkim=fail")
                .contains("dmarc=pass"); // SPF still vouches
    }

    /// Lines of letters, none longer than SMTP allows.
    private static byte[] lines(int octets) {
        var random = new Random(5);
        var text = new byte[octets];
        for (int i = 0; i < octets; i++) {
            int column = i % 78;
            text[i] =
                    (byte)
                            (column == 76 || i == octets - 2
                                    ? '\r'
                                    : column == 77 || i == octets - 1
                                            ? '\n'
                                            : 'a' + random.nextInt(26));
        }
        return text;
    }

    /// A multipart that never ends, a boundary that is never named, a header that breaks off: no business of
    /// authentication, so the signature still verifies.
    @OverBothSockets
    void brokenMimeIsNoTrouble(String service) {
        var client = Senders.goodMail("mime-" + service + "@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .with("MIME-Version", "1.0")
                        .with("Content-Type", "multipart/mixed; boundary=\"=_one")
                        .with("Content-Transfer-Encoding", "quoted-printable; base64")
                        .withBody(
                                """
                                --=_one\r
                                Content-Type: multipart/mixed; boundary==_two\r
                                \r
                                --=_two\r
                                Content-Type: text/plain; charset\r
                                Content-Transfer-Encoding: base64\r
                                \r
                                not base64 at all \u00e9\r
                                --=_three--\r
                                Content-Type\r
                                """)
                        .signedWith(Senders.PASS_RSA);

        var mail = deliver(service, client, letter);

        assertThat(mail.results()).contains("dkim=pass", "dmarc=pass");
        assertThat(mail.body()).isEqualTo(letter.body());
    }

    /// Raw octets in the header, as they have been sent for decades: signed, verified and kept octet by octet.
    @OverBothSockets
    void eightBitHeaderFieldsAreKeptOctetByOctet(String service) {
        var client = Senders.goodMail("latin-" + service + "@receiver.example");
        var subject =
                HeaderField.of(
                        "X-Subject".getBytes(StandardCharsets.US_ASCII),
                        " Gr\u00fc\u00dfe aus \u00c4gypten".getBytes(StandardCharsets.ISO_8859_1));
        var letter =
                Letter.from("news@pass.example", client.to())
                        .with(subject)
                        .with("Reply-To", "Jos\u00e9 <jose@pass.example>")
                        .signedWith(Senders.PASS_RSA);

        var mail = deliver(service, client, letter);

        assertThat(mail.results()).contains("dkim=pass", "dmarc=pass");
        assertThat(mail.fields())
                .extracting(HeaderField::raw)
                .contains(subject.raw(), letter.fields().get(6).raw());
    }

    /// `c=simple` forgives nothing: white space behind the colon, folds and blanks at line ends must reach Tayori as sent.
    @OverBothSockets
    void everyOctetReachesTheVerifier(String service) {
        var client = Senders.goodMail("simple-" + service + "@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .with(
                                HeaderField.ofRaw(
                                        "X-Tight:no space".getBytes(StandardCharsets.US_ASCII)))
                        .with(
                                HeaderField.ofRaw(
                                        "X-Wide: \t  three  ".getBytes(StandardCharsets.US_ASCII)))
                        .with("X-Folded", "one\r\n \t two\r\n   three")
                        .withBody(
                                "blanks  \r\n\ttab\t\r\n" + "long".repeat(5_000) + "\r\n..dots\r\n")
                        .signedStrictlyWith(Senders.PASS_RSA);

        var mail = deliver(service, client, letter);

        assertThat(mail.results()).contains("dkim=pass");
    }

    /// Not for SMTP at all, yet seen: octet zero and a carriage return alone. Whatever becomes of the signature, the mail
    /// is labelled and arrives.
    @OverBothSockets
    void oddOctetsAreNoTrouble(String service) {
        var client = Senders.goodMail("odd-" + service + "@receiver.example");
        var letter =
                Letter.from("news@pass.example", client.to())
                        .withBody("zero \0 and \r alone\r\n")
                        .signedWith(Senders.PASS_RSA);

        assertThat(deliver(service, client, letter).results()).contains("dkim=", "dmarc=pass");
    }

    /// RFC 6531: the envelope in UTF-8, too.
    @Test
    void internationalizedMail() {
        var client = Senders.goodMail("utf8@receiver.example");
        var letter =
                Letter.from("jos\u00e9@pass.example", client.to()).signedWith(Senders.PASS_RSA);
        try (var talk = new SmtpDialogue(postfix.port("tcp")).as(client)) {
            assertThat(talk.say("MAIL FROM:<jos\u00e9@pass.example> SMTPUTF8")).startsWith("250");
            assertThat(talk.say("RCPT TO:<" + client.to() + ">")).startsWith("250");
            assertThat(talk.say("DATA")).startsWith("354");
            assertThat(talk.finishMail(letter)).startsWith("250");
        }

        var mail = postfix.delivered(client.to());

        assertThat(mail.results()).contains("spf=pass", "dkim=pass", "dmarc=pass");
        var utf8 =
                new String(
                        mail.headText().getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
        assertThat(utf8).contains("smtp.mailfrom=jos\u00e9@pass.example");
    }

    /// RFC 7208 §2.4: without MAIL FROM, SPF asks for postmaster at HELO.
    @OverBothSockets
    void theNullSenderIsJudgedByItsHelo(String service) {
        var client = Senders.goodMail("bounce-" + service + "@receiver.example").from("");

        var mail = deliver(service, client, Letter.from("mailer-daemon@pass.example", client.to()));

        assertThat(mail.only("Return-Path")).isEqualTo("<>");
        assertThat(mail.results())
                .contains("spf=pass", "smtp.helo=mail.pass.example", "dmarc=pass");
    }

    @OverBothSockets
    void severalMailsOnOneConnectionKeepApart(String service) {
        var good = Senders.goodMail("first-" + service + "@receiver.example");
        var none =
                new Swaks(
                        good.client(),
                        good.clientName(),
                        good.helo(),
                        "a@none.example",
                        "second-" + service + "@receiver.example");
        var last = Senders.goodMail("third-" + service + "@receiver.example");
        try (var talk = new SmtpDialogue(postfix.port(service)).as(good)) {
            talk.beginMail(good);
            assertThat(
                            talk.finishMail(
                                    Letter.from("a@pass.example", good.to())
                                            .signedWith(Senders.PASS_RSA)))
                    .startsWith("250");
            assertThat(talk.say("MAIL FROM:<given-up@reject.example>")).startsWith("250");
            assertThat(talk.say("RSET")).startsWith("250");
            talk.beginMail(none);
            assertThat(talk.finishMail(Letter.from("a@none.example", none.to()))).startsWith("250");
            assertThat(talk.say("RSET")).startsWith("250");
            talk.beginMail(last);
            assertThat(talk.finishMail(Letter.from("a@pass.example", last.to()))).startsWith("250");
            assertThat(talk.say("QUIT")).startsWith("221");
        }

        assertThat(postfix.delivered(good.to()).results())
                .contains("spf=pass", "dkim=pass", "dmarc=pass");
        assertThat(postfix.delivered(none.to()).results())
                .contains("spf=fail", "smtp.mailfrom=a@none.example", "dkim=none", "dmarc=fail")
                .doesNotContain("reject.example");
        assertThat(postfix.delivered(last.to()).results())
                .contains("spf=pass", "dkim=none", "dmarc=pass");
    }

    @OverBothSockets
    void anIpv6ClientIsJudgedByItsOwnAddress(String service) {
        var client =
                Senders.goodMail("ipv6-" + service + "@receiver.example")
                        .at("2001:db8::10", "mail.pass.example");

        var mail = deliver(service, client, Letter.from("news@pass.example", client.to()));

        assertThat(mail.results()).contains("spf=pass", "iprev=pass", "dmarc=pass");
    }

    /// The queue identifier leads from Tayori's line to those of Postfix; who writes and about what stays out of it.
    @Test
    void theLogHasOneLineForTheMailWithoutItsContent() {
        var client = Senders.goodMail("logged@receiver.example");
        var letter =
                Letter.from("confidential@pass.example", client.to()).with("Subject", "Secret");

        var talk = client.send(postfix.port("tcp"), letter);

        String reply = talk.lastReply();
        String queueId = reply.substring(reply.lastIndexOf(' ') + 1);
        assertThat(postfix.logText()).contains(queueId + ": client=mail.pass.example[192.0.2.10]");
        assertThat(tayori.log().lines().filter(line -> line.contains(queueId)))
                .singleElement()
                .asString()
                .contains("client=\"192.0.2.10\"", "dmarc=\"pass\"", "reason=\"dmarc-pass\"");
        assertThat(tayori.log()).doesNotContain("Secret", "confidential", "logged@");
    }
}
