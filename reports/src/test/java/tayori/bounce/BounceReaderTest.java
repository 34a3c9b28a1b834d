package tayori.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.bounce.BounceReading.AutoReply;
import tayori.bounce.BounceReading.Bounce;
import tayori.bounce.BounceReading.NoBounce;

class BounceReaderTest {
    private static BounceReading read(String text) {
        return BounceReader.read(text.getBytes(UTF_8));
    }

    private static Bounce report(String groups) {
        return (Bounce)
                read(
                        """
                        From: MAILER-DAEMON@mx.example.net
                        Content-Type: multipart/report; report-type=delivery-status; boundary=b

                        --b
                        Content-Type: text/plain

                        It did not work.

                        --b
                        Content-Type: message/delivery-status

                        Reporting-MTA: dns; mx.example.net

                        %s
                        --b--
                        """
                                .formatted(groups));
    }

    @ParameterizedTest(name = "RFC 3464 §2.3.3  action {0}, status {1}: {2}")
    @CsvSource({
        "failed, 5.1.1, HARD",
        "failed, 5.2.2, SOFT",
        "failed, 5.7.1, POLICY",
        "failed, 4.1.1, SOFT",
        "delayed, 4.4.1, DELAYED",
        "delivered, 2.0.0, DELIVERED",
        "relayed, 2.0.0, DELIVERED",
        "expanded, 2.0.0, DELIVERED"
    })
    void actions(String action, String status, Verdict verdict) {
        var bounce =
                report(
                        "Final-Recipient: rfc822; a@example.com\nAction: %s\nStatus: %s\n"
                                .formatted(action, status));
        assertThat(bounce.recipients()).hasSize(1);
        assertThat(bounce.recipients().getFirst().verdict()).isEqualTo(verdict);
    }

    /// Of several recipients each has its own verdict, also where the empty lines are lost.
    @Test
    void recipientsAreToldApart() {
        var bounce =
                report(
                        """
                        Final-Recipient: rfc822; a@example.com
                        Action: failed
                        Status: 5.1.1
                        Final-Recipient: rfc822; b@example.com
                        Action: failed
                        Status: 5.2.2

                        Original-Recipient: rfc822; c@example.com
                        Final-Recipient: rfc822; other@example.net
                        Action: failed
                        Status: 5.7.1
                        """);
        assertThat(bounce.recipients())
                .extracting(r -> r.address().orElse("") + " " + r.verdict())
                .containsExactly(
                        "a@example.com HARD", "b@example.com SOFT", "c@example.com POLICY");
        assertThat(bounce.toString()).doesNotContain("@");
    }

    @ParameterizedTest(name = "RFC 3461 §4, RFC 6533 §3  {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rfc822; a+2Bb@example.com      | a+b@example.com
                    rfc822; a+tag@example.com      | a+tag@example.com
                    utf-8; 便り@example.jp         | 便り@example.jp
                    RFC822;<a@example.com>         | a@example.com
                    a@example.com                  | a@example.com
                    x400; /C=jp/                   | none
                    """)
    void addresses(String field, String address) {
        var bounce = report("Final-Recipient: " + field + "\nAction: failed\nStatus: 5.1.1\n");
        assertThat(bounce.recipients().getFirst().address().orElse("none")).isEqualTo(address);
    }

    @Test
    void moreRecipientsThanAnybodyReportsAreNotTaken() {
        var bounce =
                report(
                        "Final-Recipient: rfc822; a@example.com\nAction: failed\n\n"
                                .repeat(DeliveryStatus.MAX_RECIPIENTS + 5));
        assertThat(bounce.recipients()).hasSize(DeliveryStatus.MAX_RECIPIENTS);
    }

    @ParameterizedTest(name = "RFC 3463 §2  {0}: {1}")
    @CsvSource({
        "5.1.1, 5.1.1",
        "5.7.26 text, 5.7.26",
        "5.1, none",
        "5.1.1.1, none",
        "3.1.1, none",
        "5.1.1000, none",
        "5..1, none"
    })
    void statusCodes(String text, String code) {
        assertThat(EnhancedStatus.parse(text).map(Object::toString).orElse("none")).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    550 5.1.1 <a@b.example>... User unknown                       | MAILBOX_UNKNOWN | HARD
                    550 5.7.1 <a@b.example> rejected: blocked using bl.example    | REPUTATION      | POLICY
                    550-5.7.26 unauthenticated email: DMARC                       | AUTHENTICATION  | POLICY
                    552 5.2.2 Over quota                                          | MAILBOX_FULL    | SOFT
                    450 4.1.1 user unknown                                        | MAILBOX_UNKNOWN | SOFT
                    554 5.0.0                                                     | UNKNOWN         | SOFT
                    5.1.0 - Unknown address error 550-'5.2.2 <a@b.example> full'  | MAILBOX_FULL    | SOFT
                    556                                                           | TAKES_NO_MAIL   | HARD
                    """)
    void diagnoses(String text, Reason reason, Verdict verdict) {
        var diagnosis = Diagnosis.of(text, Optional.empty(), "");
        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.verdict()).isEqualTo(verdict);
    }

    @Test
    void aLongDiagnosisIsLookedAtUpToALimit() {
        String filler = "x".repeat(Diagnosis.MAX_LENGTH);
        assertThat(Diagnosis.of(filler + "user unknown", Optional.empty(), "").reason())
                .isEqualTo(Reason.UNKNOWN);
    }

    /// A list's own address stands in the To of what it sent: no list address may be struck off for a notice that names
    /// nobody.
    @Test
    void nobodyIsNamedWhomTheNoticeDoesNotName() {
        var bounce =
                (Bounce)
                        read(
                                """
                                From: postmaster@mx.example.net
                                Subject: Undeliverable mail
                                Content-Type: multipart/mixed; boundary=b

                                --b
                                Content-Type: text/plain

                                Your message could not be delivered.

                                --b
                                Content-Type: message/rfc822

                                To: list@example.com
                                Message-ID: <1@example.com>

                                Hello.
                                --b--
                                """);
        assertThat(bounce.recipients()).hasSize(1);
        assertThat(bounce.recipients().getFirst().address()).isEmpty();
        assertThat(bounce.originalMessageId()).contains("<1@example.com>");
    }

    @ParameterizedTest(name = "RFC 3834 §5  {0}")
    @CsvSource({
        "'Auto-Submitted: auto-replied (vacation)', true",
        "X-Autoreply: yes, true",
        "'Subject: Out of Office: back on Monday', true",
        "Precedence: auto_reply, true",
        "Subject: Lunch, false"
    })
    void automaticReplies(String field, boolean reply) {
        assertThat(read("From: a@example.com\n" + field + "\n\nI am away until Monday.\n"))
                .isInstanceOf(reply ? AutoReply.class : NoBounce.class);
    }

    @Test
    void aMailOfAPersonIsNoBounce() {
        assertThat(
                        read(
                                """
                                From: Ann <ann@example.com>
                                Subject: your question

                                My provider says 550 5.1.1 user unknown for bob@example.org. Do you know why?
                                """))
                .isInstanceOf(NoBounce.class);
    }

    @Test
    void aNoticeLongerThanAnyIsCut() {
        String line = "line\n";
        var notice = Notice.of(line.repeat(Notice.MAX_LINES + 500));
        assertThat(notice.lines()).hasSize(Notice.MAX_LINES);
    }

    /// What is read of a notice is bounded, and so is the time: a bound against loops, not a measurement.
    @Test
    void aHostileNoticeEnds() {
        String head = "From: MAILER-DAEMON@example.net\nSubject: failure notice\n";
        for (String piece : new String[] {"@", "a@b", "<a@", "a@b.example ", "<", "550 "}) {
            String text = piece.repeat(2 * ReturnedMail.MAX_LENGTH / piece.length());
            var html = head + "Content-Type: text/html\n\n" + text;
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> read(head + "\n" + text));
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> read(html));
        }
    }

    @Test
    void aNoticeIsReadUpToALimit() {
        String notice = "x".repeat(ReturnedMail.MAX_LENGTH) + "\n<a@example.com>:\n";
        assertThat(read("From: MAILER-DAEMON@example.net\n\n" + notice))
                .isInstanceOf(NoBounce.class);
    }

    /// A notification of Amazon SES, and one that is nested beyond reason.
    @Test
    void notificationsInJson() {
        String bounce =
                """
                {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[\
                {"emailAddress":"a@example.com","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{}}
                """;
        assertThat(SesNotification.recipients(bounce))
                .singleElement()
                .satisfies(r -> assertThat(r.verdict()).isEqualTo(Verdict.HARD));
        String deep = "{\"mail\":" + "[".repeat(SesNotification.MAX_DEPTH + 1) + "}";
        assertThat(SesNotification.recipients(deep)).isEmpty();
    }
}
