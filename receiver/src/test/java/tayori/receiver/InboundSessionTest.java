package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.arc.ArcResult;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;
import tayori.message.HeadLimits;
import tayori.milter.EnvelopeAddress;
import tayori.milter.client.MailEnvelope;
import tayori.milter.client.MilterResult;
import tayori.milter.client.MilterResult.Verdict;
import tayori.milter.client.SmtpClient;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Command;
import tayori.milter.wire.Negotiation;
import tayori.milter.wire.PacketWriter;
import tayori.receiver.DecisionRules.SenderOverride;

/// Whole mails through a real milter socket: what the MTA has in its hands afterwards.
class InboundSessionTest {
    private static final String RESULTS = "Authentication-Results";
    private static final String DECISION = "Tayori-Decision";
    private static final String SHOP = "192.0.2.10";
    private static final String STRANGER = "192.0.2.99";
    private static final String NEWS =
            """
            From: Shop <news@shop.example>
            To: reader@receiver.example
            Subject: News
            Date: Sun, 22 Nov 2026 09:00:00 +0900
            Message-ID: <1@shop.example>

            Hello.
            """;
    private static final String PHISH = "From: boss@bank.example\nSubject: Urgent\n\nPay.\n";

    @Test
    void aGoodMailGetsItsResultsOnTopAndTheDecisionBelowThem() throws IOException {
        try (var mx = Mx.labelling()) {
            var result = mx.send(SHOP, "news@shop.example", Mx.signedByShop(NEWS));
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(Mx.names(result)).startsWith(RESULTS, DECISION, "DKIM-Signature", "From");
            assertThat(Mx.values(result, RESULTS).getFirst())
                    .startsWith(Mx.NAME + ";")
                    .contains("iprev=pass", "spf=pass", "smtp.mailfrom=news@shop.example")
                    .contains("dkim=pass", "header.d=shop.example")
                    .contains("dmarc=pass", "header.from=shop.example");
            assertThat(Mx.values(result, DECISION))
                    .singleElement()
                    .asString()
                    .startsWith("accept; reason=dmarc-pass");
            assertThat(new String(result.message().body(), StandardCharsets.US_ASCII))
                    .isEqualTo("Hello.\r\n");
        }
    }

    @Test
    void aForgedMailIsLabelledOnlyUnlessTheOperatorEnforces() throws IOException {
        try (var mx = Mx.labelling()) {
            var result = mx.send(STRANGER, "thief@quiet.example", PHISH);
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(Mx.values(result, RESULTS).getFirst()).contains("dmarc=fail");
            assertThat(Mx.values(result, DECISION).getFirst())
                    .startsWith("accept; advised=junk; reason=dmarc-reject");
        }
    }

    @Test
    void resultsInOurNameAreRemovedWhereverTheyStandAndOthersStay() throws IOException {
        String forged =
                """
                Authentication-Results: elsewhere.example; spf=pass
                authentication-results: MX.receiver.example; dmarc=pass
                Tayori-Decision: accept; reason=dmarc-pass
                Authentication-Results: mx.receiver.example 1; dkim=pass
                Authentication-Results: other.example; none
                TAYORI-DECISION: accept
                Authentication-Results: "mx.receiver.example"; arc=pass
                """;
        try (var mx = Mx.labelling()) {
            var result = mx.send(STRANGER, "thief@quiet.example", forged + PHISH);
            assertThat(result.deleted()).hasSize(5);
            assertThat(Mx.values(result, RESULTS)).hasSize(3);
            assertThat(Mx.values(result, RESULTS).getFirst())
                    .startsWith(Mx.NAME + ";")
                    .contains("dmarc=fail");
            assertThat(Mx.values(result, RESULTS).subList(1, 3))
                    .containsExactly("elsewhere.example; spf=pass", "other.example; none");
            assertThat(Mx.values(result, DECISION))
                    .singleElement()
                    .asString()
                    .contains("reason=dmarc-reject");
        }
    }

    @Test
    void mailsOnOneConnectionDoNotKnowOfEachOther() throws IOException {
        try (var mx = Mx.labelling()) {
            var client = SmtpClient.of(SHOP, "mail.shop.example");
            var first =
                    mx.send(
                            SHOP,
                            "news@shop.example",
                            "Authentication-Results: mx.receiver.example; none\n"
                                    + Mx.signedByShop(NEWS));
            mx.mta.abandon(
                    client,
                    MailEnvelope.of("news@shop.example", "reader@receiver.example"),
                    Mx.message("Tayori-Decision: accept\nFrom: boss@bank.example\n\nx\n"));
            var second = mx.send(SHOP, "thief@quiet.example", PHISH);
            var stranger = mx.send(STRANGER, "news@shop.example", NEWS);
            assertThat(Mx.values(first, RESULTS).getFirst()).contains("dkim=pass", "dmarc=pass");
            assertThat(second.deleted()).isEmpty();
            assertThat(Mx.values(second, RESULTS).getFirst())
                    .contains("dkim=none", "dmarc=fail", "header.from=bank.example")
                    .doesNotContain("header.d=", "dkim=pass");
            assertThat(Mx.values(stranger, RESULTS).getFirst()).contains("spf=fail", "dmarc=fail");
            assertThat(mx.metrics.find("tayori.mail").timer())
                    .isNotNull()
                    .satisfies(timer -> assertThat(timer.count()).isEqualTo(3));
        }
    }

    @Test
    void rfc7208Section24ABounceIsCheckedByItsHeloName() throws IOException {
        try (var mx = Mx.labelling()) {
            var result =
                    mx.send(
                            SHOP,
                            "",
                            NEWS.replace("news@shop.example", "bounce@mail.shop.example"));
            assertThat(Mx.values(result, RESULTS).getFirst())
                    .contains("spf=pass", "smtp.helo=mail.shop.example")
                    .doesNotContain("smtp.mailfrom");
        }
    }

    @ParameterizedTest(name = "of our own: {0}")
    @CsvSource({"client in our network, 192.0.2.200, ''", "user signed in, 192.0.2.99, hanako"})
    void mailOfOurOwnIsLeftAloneButMayNotSpeakInOurName(String who, String client, String user)
            throws IOException {
        var options =
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        HeadLimits.DEFAULTS,
                        List.of(Network.parse("192.0.2.192/26").orElseThrow()),
                        true,
                        Mx.ENFORCING);
        try (var mx = Mx.with(options)) {
            var envelope =
                    new MailEnvelope(
                            "4Q1",
                            new EnvelopeAddress("boss@bank.example"),
                            List.of(),
                            List.of(new EnvelopeAddress("reader@receiver.example")),
                            user.isEmpty() ? Map.of() : Map.of("{auth_authen}", user));
            var result =
                    mx.send(
                            client,
                            envelope,
                            "Authentication-Results: mx.receiver.example; dmarc=pass\n"
                                    + "Tayori-Decision: accept\n"
                                    + PHISH);
            assertThat(result.verdict()).as(who).isEqualTo(Verdict.ACCEPT);
            assertThat(result.added()).isEmpty();
            assertThat(Mx.names(result)).containsExactly("From", "Subject");
            assertThat(mx.counted("tayori.mail.decisions", "reason", "own-client")).isOne();
            assertThat(mx.counted("tayori.mail.results", "method", "dmarc")).isZero();
        }
    }

    @ParameterizedTest(name = "more {0} than we read")
    @CsvSource({"FIELDS", "FIELD_OCTETS", "HEAD_OCTETS"})
    void aHeadTooLargeIsNotBelievedInAnything(HeadLimits.Limit limit) throws IOException {
        var options =
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        new HeadLimits(2_000, 1_000, 20),
                        List.of(),
                        false,
                        DecisionRules.DEFAULTS);
        String padding =
                switch (limit) {
                    case FIELDS -> "X: y\n".repeat(20);
                    case FIELD_OCTETS -> "X: " + "y".repeat(1_000) + "\n";
                    case HEAD_OCTETS -> ("X: " + "y".repeat(400) + "\n").repeat(5);
                };
        String head =
                "Authentication-Results: mx.receiver.example; dmarc=pass\n"
                        + "Authentication-Results: elsewhere.example; none\n"
                        + padding
                        + "Authentication-Results: mx.receiver.example; spf=pass\n"
                        + "Authentication-Results: nobody.knows.example; none\n"
                        + "Tayori-Decision: accept; reason=dmarc-pass\n";
        try (var mx = Mx.with(options)) {
            var result = mx.send(SHOP, "news@shop.example", head + NEWS);
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(Mx.values(result, RESULTS))
                    .containsExactly(Mx.NAME + "; none", "elsewhere.example; none");
            assertThat(Mx.values(result, DECISION))
                    .singleElement()
                    .asString()
                    .startsWith("accept; advised=reject; reason=head-too-large");
        }
    }

    private static DecisionRules refusing(Action action) {
        return new DecisionRules(
                true,
                action,
                action,
                Action.TEMPFAIL,
                true,
                true,
                action,
                Forwarders.NONE,
                Set.of(),
                Map.of(
                        DomainName.of("quiet.example"),
                        new SenderOverride(action, false, "the operator's own words")));
    }

    @ParameterizedTest(name = "{0} of {4}: {5}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REJECT   | 192.0.2.99   | thief@lame.example | boss@bank.example | dmarc-reject               | 550 5.7.1 Email rejected per DMARC policy for bank.example
                    TEMPFAIL | 192.0.2.99   | thief@lame.example | boss@bank.example | dmarc-reject               | 451 4.7.1 Email rejected per DMARC policy for bank.example
                    REJECT   | 192.0.2.99   | thief@lame.example | us@club.example   | dmarc-quarantine           | 550 5.7.1 Email rejected per DMARC policy for club.example
                    REJECT   | 192.0.2.40   | post@list.example  | boss@bank.example | dmarc-reject-as-quarantine | 550 5.7.1 Email rejected per DMARC policy for bank.example
                    REJECT   | 192.0.2.99   | a@lame.example     | a@lame.example    | dns-trouble                | 451 4.4.3 DNS trouble, message not checked
                    REJECT   | 2001:db8::10 | news@shop.example  | a@shop.example    | ipv6-without-reverse-dns   | 550 5.7.25 Reverse DNS validation failed
                    TEMPFAIL | 2001:db8::10 | news@shop.example  | a@shop.example    | ipv6-without-reverse-dns   | 451 4.7.25 Reverse DNS validation failed
                    REJECT   | 2001:db8::40 | x@lame.example     | a@shop.example    | ipv6-unauthenticated       | 550 5.7.26 Neither SPF nor DKIM passed
                    REJECT   | 192.0.2.99   | x@lame.example     | a@quiet.example   | sender-override            | 550 5.7.1 Message refused by local policy
                    TEMPFAIL | 192.0.2.99   | x@lame.example     | a@quiet.example   | sender-override            | 451 4.7.1 Message refused by local policy
                    """)
    void whatARefusedClientIsTold(
            Action action, String client, String mailFrom, String from, String reason, String reply)
            throws IOException {
        try (var mx = Mx.with(refusing(action))) {
            var result = mx.send(client, mailFrom, "From: " + from + "\n\nHello.\n");
            assertThat(result.verdict()).isEqualTo(Verdict.REPLY);
            assertThat(result.text()).isEqualTo(reply + "; id 4TAYORI0001");
            assertThat(mx.counted("tayori.mail.decisions", "reason", reason)).isOne();
        }
    }

    @Test
    void whoSendsAHeadTooLargeIsToldSo() throws IOException {
        try (var mx = Mx.enforcing()) {
            var result =
                    mx.send(
                            SHOP,
                            "news@shop.example",
                            "X: y\n".repeat(HeadLimits.DEFAULT_MAX_FIELDS) + NEWS);
            assertThat(result.text())
                    .isEqualTo("552 5.3.4 Message header too large; id 4TAYORI0001");
        }
    }

    @Test
    void holdIsTheQuarantineOfTheMta() throws IOException {
        try (var mx = Mx.enforcing()) {
            var result =
                    mx.send(STRANGER, "thief@lame.example", "From: us@club.example\n\nHello.\n");
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(result.quarantine()).contains("dmarc-quarantine");
            assertThat(Mx.values(result, DECISION).getFirst())
                    .startsWith("hold; reason=dmarc-quarantine");
        }
    }

    @Test
    void receivedSpfStandsBelowTheResultsWhenAskedFor() throws IOException {
        var options =
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        HeadLimits.DEFAULTS,
                        List.of(),
                        true,
                        DecisionRules.DEFAULTS);
        try (var mx = Mx.with(options)) {
            var result = mx.send(SHOP, "news@shop.example", NEWS);
            assertThat(Mx.names(result)).startsWith(RESULTS, "Received-SPF", DECISION, "From");
            assertThat(Mx.values(result, "Received-SPF").getFirst())
                    .startsWith("pass ")
                    .contains("client-ip=192.0.2.10", "receiver=" + Mx.NAME);
        }
    }

    @Test
    void rfc8617Section51OurSealVerifiesOnTheMailAsTheNextHostGetsIt() throws IOException {
        var options =
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        HeadLimits.DEFAULTS,
                        List.of(),
                        true,
                        DecisionRules.DEFAULTS);
        String forged =
                "Authentication-Results: mx.receiver.example; dmarc=pass\n"
                        + Mx.signedByShop(NEWS.replace("News\n", "Neues, 便り,\n  gefaltet\n"));
        try (var mx = Mx.sealing(options)) {
            var once = mx.send(SHOP, "news@shop.example", forged);
            assertThat(Mx.names(once))
                    .startsWith(
                            RESULTS,
                            "ARC-Seal",
                            "ARC-Message-Signature",
                            "ARC-Authentication-Results",
                            "Received-SPF",
                            DECISION);
            assertThat(Mx.arcOf(once.message())).isInstanceOf(ArcResult.Pass.class);
            var twice =
                    mx.mta.send(
                            SmtpClient.of("192.0.2.40", "list.example"),
                            MailEnvelope.of("post@list.example", "reader@receiver.example"),
                            once.message());
            assertThat(Mx.values(twice, RESULTS).getFirst()).contains("arc=pass");
            assertThat(Mx.values(twice, RESULTS)).hasSize(1);
            assertThat(Mx.arcOf(twice.message()))
                    .isInstanceOfSatisfying(
                            ArcResult.Pass.class,
                            pass -> assertThat(pass.instances()).isEqualTo(2));
        }
    }

    @Test
    void rfc8617Section512ABrokenChainIsMarkedAsFailed() throws IOException {
        try (var mx = Mx.sealing(ReceiverOptions.named(Mx.NAME))) {
            var once = mx.send(SHOP, "news@shop.example", NEWS);
            String text = new String(once.message().octets(), StandardCharsets.UTF_8);
            var changed = mx.send(SHOP, "news@shop.example", text.replace("Hello", "Goodbye"));
            assertThat(Mx.values(changed, RESULTS).getFirst()).contains("arc=fail");
            assertThat(Mx.values(changed, "ARC-Seal").getFirst()).contains("cv=fail");
            assertThat(Mx.arcOf(changed.message())).isInstanceOf(ArcResult.Fail.class);
        }
    }

    @Test
    void rfc6532HeaderValuesInUtf8SurviveAndVerify() throws IOException {
        String utf8 =
                NEWS.replace("From: Shop", "From: 便り屋 Größe")
                        .replace("Subject: News", "Subject: 頼り");
        try (var mx = Mx.labelling()) {
            var result = mx.send(SHOP, "news@shop.example", Mx.signedByShop(utf8));
            assertThat(Mx.values(result, RESULTS).getFirst()).contains("dkim=pass", "dmarc=pass");
            assertThat(Mx.values(result, "Subject")).containsExactly("頼り");
            assertThat(Mx.values(result, "From")).containsExactly("便り屋 Größe <news@shop.example>");
        }
    }

    @Test
    void aMailWithoutFromIsOutsideOfDmarc() throws IOException {
        try (var mx = Mx.enforcing()) {
            var result = mx.send(STRANGER, "a@lame.example", "Subject: nobody\n\nHello.\n");
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(Mx.values(result, DECISION).getFirst())
                    .contains("reason=no-single-author-domain");
        }
    }

    @Test
    void anEmptyBodyIsABodyToo() throws IOException {
        String empty = NEWS.substring(0, NEWS.indexOf("\n\n") + 2);
        try (var mx = Mx.labelling()) {
            var result = mx.send(SHOP, "news@shop.example", Mx.signedByShop(empty));
            assertThat(Mx.values(result, RESULTS).getFirst()).contains("dkim=pass", "dmarc=pass");
            assertThat(result.message().body()).isEmpty();
        }
    }

    /// Nothing is answered before the end of the mail, its recipients included: one round trip.
    /// A program on the MTA's own host has no IP address (`L`: UNIX socket), and some MTAs do not know one (`U`).
    @ParameterizedTest(name = "CONNECT of family {0}")
    @CsvSource({"L", "U"})
    void aClientWithoutAnAddressIsLocal(char family) throws IOException {
        try (var mx = Mx.enforcing();
                var mta = new LocalMta(mx.address())) {
            mta.talk(family, "Authentication-Results", " mx.receiver.example; dmarc=pass");
            assertThat(mta.answers()).containsExactly(Answer.CHANGE_HEADER, Answer.CONTINUE);
            assertThat(mx.counted("tayori.mail.decisions", "reason", "own-client")).isOne();
        }
    }

    /// Just enough of an MTA to say what [tayori.milter.client.MilterClient] never says.
    private static final class LocalMta implements AutoCloseable {
        private final Socket socket;
        private final PacketWriter out = new PacketWriter(1_024);

        LocalMta(ListenAddress address) throws IOException {
            var tcp = (ListenAddress.Tcp) address;
            socket = new Socket(tcp.host(), tcp.port());
        }

        void talk(char family, String name, String value) throws IOException {
            out.begin(Command.NEGOTIATE)
                    .int32(Negotiation.VERSION)
                    .int32(Negotiation.ALL_ACTIONS)
                    .int32(Negotiation.ALL_STEPS)
                    .end();
            out.begin(Command.CONNECT).text("localhost").octet(family);
            if (family == 'L') {
                out.int16(0).text("/run/mta.sock");
            }
            out.end();
            out.begin(Command.MAIL).text("<boss@bank.example>").end();
            out.begin(Command.RECIPIENT).text("<reader@receiver.example>").end();
            out.begin(Command.HEADER).text(name).text(value).end();
            out.begin(Command.HEADER).text("From").text(" boss@bank.example").end();
            out.packet(Command.END_OF_HEADERS).packet(Command.END_OF_BODY).packet(Command.QUIT);
            socket.getOutputStream().write(out.octets(), 0, out.size());
        }

        /// The letters of all answers after the negotiation, until the filter hangs up.
        List<Byte> answers() throws IOException {
            var in = new DataInputStream(socket.getInputStream());
            var letters = new java.util.ArrayList<Byte>();
            for (int length = readLength(in); length > 0; length = readLength(in)) {
                letters.add(in.readNBytes(length)[0]);
            }
            assertThat(letters.removeFirst()).isEqualTo(Answer.NEGOTIATE);
            return letters;
        }

        private static int readLength(DataInputStream in) throws IOException {
            byte[] length = in.readNBytes(4);
            return length.length < 4 ? 0 : java.nio.ByteBuffer.wrap(length).getInt();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void countsEveryResultAndEveryDecision() throws IOException {
        try (var mx = Mx.labelling()) {
            mx.send(SHOP, "news@shop.example", Mx.signedByShop(NEWS));
            mx.send(SHOP, "news@shop.example", Mx.signedByShop(NEWS));
            mx.send(STRANGER, "thief@quiet.example", PHISH);
            String results = "tayori.mail.results";
            assertThat(mx.counted(results, "method", "spf", "result", "pass")).isEqualTo(2);
            assertThat(mx.counted(results, "method", "dkim", "result", "pass")).isEqualTo(2);
            assertThat(mx.counted(results, "method", "dkim", "result", "none")).isEqualTo(1);
            assertThat(mx.counted(results, "method", "dmarc", "result", "fail")).isEqualTo(1);
            assertThat(mx.counted(results, "method", "arc", "result", "none")).isEqualTo(3);
            assertThat(mx.counted(results, "method", "iprev", "result", "pass")).isEqualTo(2);
            assertThat(mx.counted(results, "method", "spf-helo", "result", "fail")).isEqualTo(1);
            assertThat(
                            mx.counted(
                                    "tayori.mail.decisions",
                                    "action",
                                    "accept",
                                    "advised",
                                    "junk",
                                    "reason",
                                    "dmarc-reject"))
                    .isEqualTo(1);
            assertThat(mx.counted("tayori.mail.octets"))
                    .isEqualTo(2 * "Hello.\r\n".length() + "Pay.\r\n".length());
        }
    }

    private static MilterResult sendAs(Mx mx, String helo, String mailFrom) throws IOException {
        return mx.mta.send(
                SmtpClient.of(STRANGER, helo),
                MailEnvelope.of(mailFrom, "secret-reader@receiver.example"),
                Mx.message(
                        "From: secret-author@bank.example\nSubject: secret-subject\n\nsecret-content\n"));
    }

    @Test
    void theLogSaysWhoAndWhyButNothingPrivate() throws IOException {
        try (var log = new LogLines();
                var mx = Mx.labelling()) {
            sendAs(mx, "client.example", "secret-sender@shop.example");
            sendAs(mx, "client.example", "secret-sender");
            sendAs(mx, "client.example", "\"secret-sender@secret\"");
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().getFirst())
                    .containsEntry("queueId", "4TAYORI0001")
                    .containsEntry("client", STRANGER)
                    .containsEntry("helo", "client.example")
                    .containsEntry("mailFrom", "shop.example")
                    .containsEntry("author", "bank.example")
                    .containsEntry("spf", "fail")
                    .containsEntry("dmarc", "fail")
                    .containsEntry("action", "accept")
                    .containsEntry("advised", "junk")
                    .containsEntry("reason", "dmarc-reject");
            assertThat(log.lines().toString()).doesNotContain("secret");
        }
    }

    @Test
    void aMailWithAThousandSignaturesStillHasAShortLine() throws IOException {
        try (var log = new LogLines();
                var mx = Mx.labelling()) {
            mx.send(SHOP, "news@shop.example", "DKIM-Signature: v=1\n".repeat(900) + NEWS);
            String dkim = log.lines().getFirst().getOrDefault("dkim", "");
            assertThat(dkim).startsWith("neutral,neutral,").endsWith(",…");
            assertThat(dkim.split(",")).hasSize(MailLog.MAX_SIGNATURES + 1);
        }
    }
}
