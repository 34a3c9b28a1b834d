package tayori.xarf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tayori.conformance.Suite;
import tayori.xarf.XarfReading.Invalid;
import tayori.xarf.XarfReport.Contact;

class XarfTest {
    private static final Contact CONTACT =
            new Contact("Receiver", "abuse@receiver.example", "receiver.example");

    private static XarfSpam spam() {
        return new XarfSpam(
                UUID.fromString("02eb480f-8172-431a-9276-c28ba90f694a"),
                Instant.parse("2026-08-04T01:00:00Z"),
                CONTACT,
                CONTACT,
                "192.0.2.1",
                25,
                "bounce@sender.example",
                Optional.of("<7@sender.example>"),
                Optional.of("1:2"));
    }

    @Test
    void aSpamReportIsReadAsItWasWritten() {
        var report = (XarfReport) XarfReader.read(spam().json());
        assertThat(report.version()).isEqualTo(XarfSpam.VERSION);
        assertThat(report.category() + "/" + report.type()).isEqualTo("messaging/spam");
        assertThat(report.reporter()).isEqualTo(CONTACT);
        assertThat(report.smtpFrom()).contains("bounce@sender.example");
        assertThat(report.smtpTo()).isEmpty();
        assertThat(report.messageId()).contains("<7@sender.example>");
        // RFC 9477 §3.5
        assertThat(new String(report.evidence().getFirst().content(), UTF_8))
                .isEqualTo("Message-ID: <7@sender.example>\r\nCFBL-Feedback-ID: 1:2\r\n");
    }

    @Test
    void everyMemberThatTheSchemasRequireIsWritten() {
        var core = Suite.of("xarf").json("schemas/v4/xarf-core.json");
        String written = new String(spam().json(), UTF_8);
        core.get("required")
                .forEach(member -> assertThat(written).contains("\"" + member.asString() + "\""));
    }

    @Test
    void limits() {
        assertThat(XarfReader.read(new byte[XarfReader.MAX_OCTETS + 1]))
                .isInstanceOf(Invalid.class);
        assertThat(read("[".repeat(XarfReader.MAX_DEPTH + 1))).isInstanceOf(Invalid.class);
        assertThat(read("{\"xarf_version\":" + "1".repeat(XarfReader.MAX_NUMBER_DIGITS + 1) + "}"))
                .isInstanceOf(Invalid.class);
        String piece = "{\"content_type\":\"a/b\",\"payload\":\"eA==\"},";
        String many = piece.repeat(XarfReader.MAX_EVIDENCE + 1);
        String json = new String(spam().json(), UTF_8);
        int evidence = json.indexOf("\"evidence\":[") + "\"evidence\":[".length();
        assertThat(read(json.substring(0, evidence) + many + json.substring(evidence)))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void whatIsNoReportSaysWhatIsMissing() {
        assertThat(read("{\"xarf_version\":\"4.2.0\"}"))
                .isEqualTo(new Invalid("category is missing or no text"));
        assertThat(read("{\"xarf_version\":\"5.0.0\"}"))
                .isEqualTo(new Invalid("xarf_version is not 4"));
        assertThat(read("{\"a\":1,\"a\":2}")).isInstanceOf(Invalid.class);
        assertThat(read("")).isInstanceOf(Invalid.class);
    }

    @Test
    void aPortIsAPort() {
        var good = spam();
        assertThatThrownBy(() ->
                        new XarfSpam(
                                good.reportId(),
                                good.timestamp(),
                                CONTACT,
                                CONTACT,
                                "192.0.2.1",
                                0,
                                "a@b",
                                Optional.empty(),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static XarfReading read(String json) {
        return XarfReader.read(json.getBytes(UTF_8));
    }
}
