package tayori.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.conformance.Suite;

class ReportReaderTest {
    @ParameterizedTest(name = "{0}/{1} is {2}")
    @CsvSource({
        "arf, sisimai/arf-01.eml, Arf",
        "arf, sisimai/arf-23.eml, Arf",
        "arf, sisimai/arf-26.eml, Arf",
        "xarf, samples/v4/messaging-spam.json, Xarf",
        "xarf, samples/v3/spam_v3_sample.json, Xarf",
        "bounce, sisimai/lhost-postfix-52.eml, Bounced",
        "bounce, sisimai/rfc3834-01.eml, AutoReplied"
    })
    void suites(String suite, String file, String kind) {
        assertThat(ReportReader.read(Suite.of(suite).bytes(file)).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    private static Report read(String text) {
        return ReportReader.read(text.getBytes(UTF_8));
    }

    private static Report attached(String type, String name, String content) {
        return read(
                """
                Subject: Report
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: %s
                Content-Disposition: attachment; filename="%s"

                %s
                --b--
                """
                        .formatted(type, name, content));
    }

    /// RFC 9990 §3.5.2, RFC 8460 §5.
    @Test
    void reportsThatAreOnlyRecognised() {
        String name = "receiver.example!sender.example!1!2.xml.gz";
        assertThat(attached("application/gzip", name, "x"))
                .isInstanceOf(Report.DmarcAggregate.class);
        assertThat(attached("application/tlsrpt+gzip", "a!b!1!2.json.gz", "x"))
                .isInstanceOf(Report.Tls.class);
        assertThat(read("<?xml version=\"1.0\"?>\n<feedback><version/>"))
                .isInstanceOf(Report.DmarcAggregate.class);
        assertThat(read("{\"organization-name\":\"x\",\"policies\":[]}"))
                .isInstanceOf(Report.Tls.class);
    }

    /// RFC 9477 §3.5: the mail asked for it.
    @Test
    void aComplaintThatWasAskedForIsCfbl() {
        var report =
                read(
                        """
                        Content-Type: multipart/report; report-type=feedback-report; boundary=b

                        --b
                        Content-Type: message/feedback-report

                        Feedback-Type: abuse

                        --b
                        Content-Type: text/rfc822-headers

                        Message-ID: <1@example.com>
                        CFBL-Feedback-ID: 1: 2
                        --b--
                        """);
        assertThat(((Report.Cfbl) report).feedbackId().orElseThrow().value()).isEqualTo("1:2");
    }

    @Test
    void aXarfInAMailIsFound() {
        String json = new String(Suite.of("xarf").bytes("samples/v4/messaging-spam.json"), UTF_8);
        assertThat(attached("application/json", "xarf.json", json)).isInstanceOf(Report.Xarf.class);
    }

    @Test
    void whatIsNothingSaysWhy() {
        assertThat(read("Subject: hello\n\nHello.\n")).isInstanceOf(Report.Unknown.class);
        assertThat(read("{}")).isEqualTo(new Report.Unknown("no xarf_version"));
        assertThat(read("")).isInstanceOf(Report.Unknown.class);
    }

    /// A spammer packs his mail so that the complaint about it cannot be read: it still can.
    @Test
    void aHostileMailDoesNotHideTheComplaint() {
        var hostile = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            hostile.append("Content-Type: multipart/mixed; boundary=x")
                    .append(i)
                    .append("\n\n--x")
                    .append(i)
                    .append('\n');
        }
        assertThat(
                        read(
                                """
                                Content-Type: multipart/report; boundary=b

                                --b
                                Content-Type: message/feedback-report

                                Feedback-Type: abuse

                                --b
                                Content-Type: message/rfc822

                                %s
                                --b--
                                """
                                        .formatted(hostile)))
                .isInstanceOf(Report.Arf.class);
    }
}
