package tayori.arf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tayori.arf.Addressee.SpfOutcome;
import tayori.arf.ArfReport.Form;
import tayori.dns.DomainName;
import tayori.mime.FieldBlock;
import tayori.redaction.Redaction;

class ArfWriterTest {
    private static final ReportHead HEAD =
            new ReportHead(
                    "fbl@receiver.example",
                    "fbl@sender.example",
                    Instant.parse("2026-08-05T00:30:00Z"),
                    "<1@receiver.example>",
                    "b0undary");

    private static final String MAIL =
            """
            Return-Path: <bounce@sender.example>
            Delivered-To: reader@receiver.example
            Received: from mail.sender.example (mail.sender.example [192.0.2.1])
            \tby mx.receiver.example for <Reader@receiver.example>; Tue, 4 Aug 2026 10:00:00 +0900
            From: Shop <news@sender.example>
            To: "The Reader" <reader@receiver.example>, other@receiver.example
            Cc: friend@elsewhere.example
            Subject: Your prescription is ready
            Message-ID: <7@sender.example>
            CFBL-Feedback-ID: 1:2
            List-Unsubscribe: <https://sender.example/u?r=reader@receiver.example>
            X-Campaign: secret
            """;

    private static FieldBlock mail() {
        return FieldBlock.read(MAIL.replace("\n", "\r\n").getBytes(UTF_8));
    }

    private static ArfWriter writer(FeedbackType type, Redaction redaction) {
        return new ArfWriter(type, "Tayori/0.1", redaction)
                .sourceIp(InetAddress.ofLiteral("192.0.2.1"))
                .arrivalDate(Instant.parse("2026-08-04T01:00:00Z"))
                .originalMailFrom("bounce@sender.example")
                .originalRecipient("reader@receiver.example")
                .reportedDomain(DomainName.of("sender.example"))
                .authenticationResults("mx.receiver.example; dkim=pass header.d=sender.example")
                .reportingMta(DomainName.of("mx.receiver.example"))
                .original(mail());
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }

    @ParameterizedTest(name = "RFC 5965 §3  type {0} is read as it was written")
    @EnumSource
    void everyTypeIsReadAsItWasWritten(FeedbackType type) {
        var report = (ArfReport) ArfReader.read(writer(type, Redaction.none()).write(HEAD));
        assertThat(report.form()).isEqualTo(Form.STANDARD);
        assertThat(report.type()).isEqualTo(Reported.reported(type));
        assertThat(report.userAgent()).contains("Tayori/0.1");
        assertThat(report.version()).hasValue(1);
        assertThat(report.originalMailFrom()).contains(Reported.reported("bounce@sender.example"));
        assertThat(report.originalRecipients())
                .containsExactly(Reported.reported("reader@receiver.example"));
        assertThat(report.arrivalDate())
                .contains(Reported.reported(Instant.parse("2026-08-04T01:00:00Z")));
        assertThat(report.sourceIp())
                .contains(Reported.reported(InetAddress.ofLiteral("192.0.2.1")));
        assertThat(report.reportedDomains()).containsExactly(Reported.reported("sender.example"));
        assertThat(report.originalMessageId()).contains("<7@sender.example>");
        assertThat(report.feedbackId()).contains("1:2");
        assertThat(report.incidents()).isEqualTo(1);
    }

    /// RFC 6590, and the secrecy of communications: no reader, no subject, no body.
    @Test
    void noReaderStandsInARedactedReport() {
        String written = text(writer(FeedbackType.ABUSE, Redaction.plain()).write(HEAD));
        assertThat(written)
                .doesNotContainIgnoringCase("reader@")
                .doesNotContain("friend", "other@", "prescription", "secret", "The Reader")
                .contains("Original-Rcpt-To: <redacted@receiver.example>")
                .contains("for <redacted@receiver.example>")
                .contains("u?r=redacted@receiver.example")
                .contains("Message-ID: <7@sender.example>");
    }

    /// RFC 9477 §3.5.
    @Test
    void theLeastASenderNeeds() {
        String written =
                text(writer(FeedbackType.ABUSE, Redaction.plain()).identifiersOnly().write(HEAD));
        var report = (ArfReport) ArfReader.read(written.getBytes(UTF_8));
        assertThat(report.originalHead().size()).isEqualTo(2);
        assertThat(report.originalMessageId()).contains("<7@sender.example>");
        assertThat(report.feedbackId()).contains("1:2");
    }

    /// RFC 6591 §3.2, RFC 9991 §4.
    @Test
    void aFailureOfDmarcSaysWhatWasAligned() {
        var written =
                ArfWriter.ofFailure(
                                AuthenticationFailure.of("dmarc"), "Tayori/0.1", Redaction.plain())
                        .original(mail())
                        .write(HEAD);
        assertThat(text(written)).contains("Identity-Alignment: none\r\n");
        var report = (ArfReport) ArfReader.read(written);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo("dmarc");
        assertThat(report.failure().orElseThrow().identityAlignment()).containsExactly("none");
    }

    @Test
    void aStrangersValueStaysWithinItsLine() {
        var head =
                FieldBlock.read("Message-ID: <a\rX-Evil: 1@b>\nFrom: c\u0000d\n".getBytes(UTF_8));
        var written =
                new ArfWriter(FeedbackType.ABUSE, "Tayori/0.1", Redaction.plain())
                        .originalMailFrom("a@b>\r\nX-Evil: 1")
                        .original(head)
                        .write(HEAD);
        assertThat(text(written).lines().filter(line -> line.startsWith("X-Evil"))).isEmpty();
        assertThat(text(written)).doesNotContain("\u0000");
    }

    @ParameterizedTest(name = "a head with {0} is refused")
    @CsvSource({"'a@b\r\nBcc: c', b", "a@b, 'b b'", "a@b, ''"})
    void aHeadThatCannotBeWritten(String from, String boundary) {
        assertThatThrownBy(() -> new ReportHead(from, "x@y", Instant.EPOCH, "<1@y>", boundary))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBoundaryOfMoreThanSeventyIsRefused() {
        assertThatThrownBy(() ->
                        new ReportHead(
                                "a@b",
                                "c@d",
                                Instant.EPOCH,
                                "<1@b>",
                                "b".repeat(ReportHead.MAX_BOUNDARY_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void muchIsNotPassedOn() {
        var many = new StringBuilder("Message-ID: " + "x".repeat(9_000) + "\n");
        for (int i = 0; i < 300; i++) {
            many.append("Received: from a\n");
        }
        var written =
                text(
                        new ArfWriter(FeedbackType.ABUSE, "Tayori/0.1", Redaction.plain())
                                .original(FieldBlock.read(many.toString().getBytes(UTF_8)))
                                .write(HEAD));
        assertThat(written.lines().filter(line -> line.equals("Received: from a")))
                .hasSize(ArfWriter.MAX_FIELDS);
    }

    /// Those who complain are hidden before those whom the mail merely names.
    @Test
    void readersAreLookedForUpToALimit() {
        var to = new StringBuilder("To: r0@example.com");
        for (int i = 1; i < 2 * ArfWriter.MAX_READERS; i++) {
            to.append(", r").append(i).append("@example.com");
        }
        String head =
                to
                        + "\nReceived: for <complainer@example.com>; x\nReceived: for <r5@example.com>; x\n";
        var written =
                text(
                        new ArfWriter(FeedbackType.ABUSE, "Tayori/0.1", Redaction.plain())
                                .originalRecipient("complainer@example.com")
                                .original(FieldBlock.read(head.getBytes(UTF_8)))
                                .write(HEAD));
        assertThat(written).doesNotContain("complainer", "r5@");
    }

    /// RFC 5965 §3.2: the report of several complaints, and more values than anybody sends.
    @Test
    void repeatedFieldsAreTakenUpToALimit() {
        var fields = new StringBuilder("Feedback-Type: abuse\nIncidents: 3\n");
        for (int i = 0; i < ArfReader.MAX_VALUES + 5; i++) {
            fields.append("Original-Rcpt-To: <r").append(i).append("@example.com>\n");
        }
        String mail =
                "Content-Type: multipart/report; boundary=b\n\n--b\n"
                        + "Content-Type: message/feedback-report\n\n"
                        + fields
                        + "--b--\n";
        var report = (ArfReport) ArfReader.read(mail.getBytes(UTF_8));
        assertThat(report.originalRecipients()).hasSize(ArfReader.MAX_VALUES);
        assertThat(report.incidents()).isEqualTo(3);
        assertThat(report.toString()).doesNotContain("@");
    }

    /// A sparse report: what its fields leave out comes from the mail, and says so.
    @Test
    void whatIsInferredIsMarked() {
        String mail =
                "Content-Type: multipart/report; boundary=b\n\n--b\n"
                        + "Content-Type: message/feedback-report\n\nUser-Agent: x\n\n--b\n"
                        + "Content-Type: message/rfc822\n\n"
                        + MAIL.replace(", other@receiver.example", "")
                        + "\nbody\n--b--\n";
        var report = (ArfReport) ArfReader.read(mail.getBytes(UTF_8));
        assertThat(report.type()).isEqualTo(Reported.inferred(FeedbackType.ABUSE));
        assertThat(report.originalMailFrom()).contains(Reported.inferred("bounce@sender.example"));
        assertThat(report.originalRecipients())
                .containsExactly(Reported.inferred("reader@receiver.example"));
        assertThat(report.sourceIp())
                .contains(Reported.inferred(InetAddress.ofLiteral("192.0.2.1")));
        assertThat(report.arrivalDate())
                .contains(Reported.inferred(Instant.parse("2026-08-04T01:00:00Z")));
        assertThat(report.reportedDomains()).containsExactly(Reported.inferred("sender.example"));
    }

    @ParameterizedTest(name = "RFC 6650 §5.2  SPF {0}, signed {1}: {2}")
    @CsvSource({
        "PASS, false, true",
        "NEUTRAL, false, true",
        "NONE, false, true",
        "FAIL, false, false",
        "SOFT_FAIL, false, false",
        "TEMP_ERROR, false, false",
        "PERM_ERROR, false, false",
        "FAIL, true, true"
    })
    void whoMayBeTold(SpfOutcome spf, boolean signed, boolean may) {
        assertThat(Addressee.mayBeEnvelopeSender(spf, signed)).isEqualTo(may);
    }
}
