package tayori.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tayori.feedback.Complaint;
import tayori.feedback.ComplaintKind;
import tayori.feedback.Submission;
import tayori.milter.EnvelopeAddress;
import tayori.smtp.Envelope;
import tayori.smtp.MailServerOptions.Protocol;
import tayori.smtp.SmtpReply;

class ComplaintMailHandlerTest {
    private static final String ALICE = "alice@example.jp";
    private static final String BOB = "bob@example.jp";

    private final Provider provider = new Provider();

    private static Envelope envelope(
            Protocol protocol, Optional<String> client, String sender, String... recipients) {
        return new Envelope(
                protocol,
                client.map(InetAddress::ofLiteral),
                "submission.example.jp",
                false,
                EnvelopeAddress.parse(sender),
                Arrays.stream(recipients).map(EnvelopeAddress::parse).toList(),
                OptionalLong.empty(),
                true,
                false);
    }

    private List<SmtpReply> says(String reader, String mail, String... recipients) {
        return provider.handler.message(
                envelope(Protocol.LMTP, Optional.of("127.0.0.1"), reader, recipients),
                mail.getBytes(StandardCharsets.UTF_8));
    }

    private SmtpReply saysSpam(String reader, String mail) {
        return says(reader, mail, "spam@report.example.jp").getFirst();
    }

    /// As mail programs forward "as attachment".
    private static String forwarding(String... mails) {
        var report =
                new StringBuilder(
                        """
                        From: Alice <alice@example.jp>
                        To: spam@report.example.jp
                        Subject: Fwd: look at this
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary="=_b"

                        --=_b
                        Content-Type: text/plain

                        I did not ask for this.
                        """
                                .replace("\n", "\r\n"));
        for (var mail : mails) {
            report.append("--=_b\r\n")
                    .append("Content-Type: message/rfc822; name=\"mail.eml\"\r\n")
                    .append("Content-Disposition: attachment; filename=\"mail.eml\"\r\n\r\n")
                    .append(mail)
                    .append("\r\n");
        }
        return report.append("--=_b--\r\n").toString();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheAddressSays(ComplaintKind kind) {
        var mail = forwarding(Provider.delivered(7, ALICE));
        var replies = says(ALICE, mail, kind.keyword() + "@report.example.jp");
        var kept = provider.complaints.values().iterator().next();
        assertThat(replies)
                .containsExactly(
                        SmtpReply.of(250, "2.0.0", "Complaint " + kept.id() + " is taken"));
        assertThat(kept.kind()).isEqualTo(kind);
        assertThat(kept.channel()).isEqualTo(Submission.Channel.MAIL);
        assertThat(kept.marks().messageId()).isEqualTo("<7@shop.example>");
        assertThat(kept.toString()).doesNotContain("alice");
    }

    @Test
    void saidTwiceIsTakenOnce() {
        var mail = forwarding(Provider.delivered(7, ALICE));
        saysSpam(ALICE, mail);
        var id = provider.complaints.values().iterator().next().id();
        assertThat(saysSpam(ALICE, mail))
                .isEqualTo(
                        SmtpReply.of(250, "2.0.0", "Complaint " + id + " had been taken before"));
        assertThat(provider.complaints).hasSize(1);
    }

    @Test
    void theAttachedMailMayBeEncoded() {
        var report =
                "From: a@example.jp\r\nContent-Type: message/rfc822\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        Provider.delivered(7, ALICE)
                                                .getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        assertThat(saysSpam(ALICE, report).isPositive()).isTrue();
    }

    @Test
    void aMailPipedAsItWasDelivered() {
        assertThat(saysSpam(ALICE, Provider.delivered(7, ALICE)).isPositive()).isTrue();
        assertThat(provider.complaints).hasSize(1);
    }

    /// As the webmail's `email_learn` without attachment does.
    @Test
    void aMailResent() {
        var resent =
                "Resent-From: alice@example.jp\r\nResent-To: spam@report.example.jp\r\n"
                        + "Resent-Date: Sun, 22 Nov 2026 20:00:00 +0900\r\n"
                        + "Resent-Message-ID: <1@webmail.example.jp>\r\n"
                        + Provider.delivered(7, ALICE);
        assertThat(saysSpam(ALICE, resent).isPositive()).isTrue();
    }

    @Test
    void aPipedMailThatHasAnotherOneAttached() {
        var inner = forwarding("From: x@y.example\r\n\r\nno receipt\r\n");
        var head = Provider.delivered(7, ALICE);
        var piped =
                head.substring(0, head.indexOf("\r\n\r\n") + 2)
                        + inner.substring(inner.indexOf("MIME-Version"));
        assertThat(saysSpam(ALICE, piped).isPositive()).isTrue();
    }

    @Test
    void severalMailsAreSeveralComplaints() {
        var report =
                forwarding(
                        Provider.delivered(1, ALICE),
                        Provider.delivered(2, BOB),
                        Provider.delivered(3, ALICE, BOB));
        var reply = saysSpam(ALICE, report);
        var ids = provider.complaints.values().stream().map(Complaint::id).toList();
        assertThat(ids).hasSize(2);
        assertThat(reply)
                .isEqualTo(
                        new SmtpReply(
                                250,
                                "2.0.0",
                                List.of(
                                        "Complaint " + ids.get(0) + " is taken",
                                        "The receipt of the mail proves nothing: the mail was delivered to somebody else",
                                        "Complaint " + ids.get(1) + " is taken")));
    }

    @Test
    void noMoreThanFiftyMails() {
        var mails = new String[51];
        for (int i = 0; i < mails.length; i++) {
            mails[i] = Provider.delivered(i, ALICE);
        }
        assertThat(saysSpam(ALICE, forwarding(mails)))
                .isEqualTo(SmtpReply.of(550, "5.6.0", "A report may hold 50 mails at most"));
        assertThat(provider.complaints).isEmpty();
        assertThat(saysSpam(ALICE, forwarding(Arrays.copyOf(mails, 50))).lines()).hasSize(50);
    }

    @Test
    void withoutProofNothingIsTaken() {
        assertThat(saysSpam(ALICE, forwarding(Provider.delivered(7, BOB))))
                .isEqualTo(
                        SmtpReply.of(
                                550,
                                "5.7.1",
                                "The receipt of the mail proves nothing: the mail was delivered to somebody else"));
        assertThat(saysSpam(ALICE, forwarding("From: a@b.example\r\n\r\nHello\r\n")))
                .isEqualTo(
                        SmtpReply.of(
                                550,
                                "5.7.1",
                                "Nothing proves that the mail was delivered here: it carries no receipt"));
        var changed = Provider.delivered(7, ALICE).replace("Message-ID: <7@", "Message-ID: <8@");
        assertThat(saysSpam(ALICE, forwarding(changed)).lines().getFirst())
                .isEqualTo("The receipt of the mail proves nothing: it belongs to another mail");
        assertThat(provider.complaints).isEmpty();
    }

    @Test
    void whoForwardsAsTextHearsHowItIsDone() {
        assertThat(saysSpam(ALICE, "From: a@example.jp\r\n\r\n> Subject: Offer\r\n"))
                .isEqualTo(
                        SmtpReply.of(
                                550,
                                "5.6.0",
                                "No mail is attached; forward it as an attachment, not as text"));
    }

    @Test
    void aFullDiskMeansComeAgain() {
        provider.full = true;
        var mail = forwarding(Provider.delivered(7, ALICE));
        assertThat(saysSpam(ALICE, mail)).isEqualTo(SmtpReply.TRY_AGAIN);
        provider.full = false;
        assertThat(saysSpam(ALICE, mail).isPositive()).isTrue();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.0.1 | alice@example.jp | SPAM@Report.example.jp    | 250 2.1.5
                              | alice@example.jp | spam@report.example.jp    | 250 2.1.5
                    192.0.2.1 | alice@example.jp | spam@report.example.jp    | 550 5.7.1
                    127.0.0.1 | <>               | spam@report.example.jp    | 550 5.7.1
                    127.0.0.1 | alice@example.jp | ham@report.example.jp     | 550 5.1.1
                    127.0.0.1 | alice@example.jp | spam@other.example.jp     | 550 5.1.1
                    192.0.2.1 | <>               | fbl@report.example.jp     | 250 2.1.5
                    """)
    void whoMaySendWhere(String client, String sender, String recipient, String reply) {
        var envelope = envelope(Protocol.SMTP, Optional.ofNullable(client), sender);
        assertThat(
                        provider.handler
                                .recipient(envelope, EnvelopeAddress.parse(recipient))
                                .toString())
                .startsWith(reply);
    }

    @Test
    void lmtpHearsOfEachRecipientAndSmtpOfAllTogether() {
        var mail = forwarding(Provider.delivered(7, ALICE)).getBytes(StandardCharsets.UTF_8);
        var both = new String[] {"spam@report.example.jp", "fbl@report.example.jp"};
        var client = Optional.of("127.0.0.1");
        assertThat(provider.handler.message(envelope(Protocol.LMTP, client, ALICE, both), mail))
                .extracting(SmtpReply::code)
                .containsExactly(250, 550);
        assertThat(provider.handler.message(envelope(Protocol.SMTP, client, ALICE, both), mail))
                .extracting(SmtpReply::code)
                .containsExactly(250);
        provider.full = true;
        assertThat(provider.handler.message(envelope(Protocol.SMTP, client, ALICE, both), mail))
                .containsExactly(SmtpReply.TRY_AGAIN);
    }

    private static final String ARF =
            """
            From: fbl@provider.example
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: Provider/1
            Version: 1

            --b
            Content-Type: message/rfc822

            From: news@example.jp
            Subject: Offer

            --b--
            """
                    .replace("\n", "\r\n");

    @Test
    void aFeedbackReportOfAnotherProviderGoesOn() {
        assertThat(says("fbl@provider.example", ARF, "fbl@report.example.jp"))
                .containsExactly(SmtpReply.of(250, "2.0.0", "The feedback report is taken"));
        assertThat(provider.reports).hasSize(1);
        assertThat(says("x@y.example", "From: x@y.example\r\n\r\n", "fbl@report.example.jp"))
                .containsExactly(
                        SmtpReply.of(550, "5.6.0", "This is no feedback report (RFC 5965)"));
        provider.full = true;
        assertThat(says("fbl@provider.example", ARF, "fbl@report.example.jp"))
                .containsExactly(SmtpReply.TRY_AGAIN);
    }

    @Test
    void addressesThatCannotBe() {
        for (var address : List.of("", "spam", "@example.jp", "spam@")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new MailIntakeOptions(
                                    Map.of(address, ComplaintKind.SPAM), Set.of(), 50));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new MailIntakeOptions(
                                Map.of("a@x.example", ComplaintKind.SPAM),
                                Set.of("A@x.example"),
                                50));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailIntakeOptions(Map.of(), Set.of(), 0));
        assertThat(MailIntakeOptions.ofDomain("report.example.jp").maxMails()).isEqualTo(50);
    }
}
