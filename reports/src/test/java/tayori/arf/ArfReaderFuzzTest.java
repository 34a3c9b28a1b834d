package tayori.arf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import tayori.redaction.Redaction;

class ArfReaderFuzzTest {
    private static final ReportHead HEAD =
            new ReportHead("fbl@example.net", "a@b.example", Instant.EPOCH, "<1@example.net>", "b");

    @FuzzTest
    void anyOctetsAreAReportOrNone(byte[] octets) {
        if (ArfReader.read(octets) instanceof ArfReport report) {
            assertThat(report.incidents()).isPositive();
            assertThat(report.toString()).doesNotContain("@");
            passedOn(report);
        }
    }

    /// Whatever a stranger wrote, a report that passes his head on is read as one report with three parts.
    private static void passedOn(ArfReport report) {
        var writer =
                new ArfWriter(FeedbackType.ABUSE, "Test/1", Redaction.plain())
                        .original(report.originalHead());
        report.originalRecipients().forEach(r -> writer.originalRecipient(r.value()));
        report.originalMailFrom().ifPresent(from -> writer.originalMailFrom(from.value()));
        byte[] written = writer.write(HEAD);
        assertThat(ArfReader.read(written)).isInstanceOf(ArfReport.class);
        var again = (ArfReport) ArfReader.read(written);
        assertThat(again.type().value()).isEqualTo(FeedbackType.ABUSE);
        assertThat(again.originalHead().size()).isLessThanOrEqualTo(report.originalHead().size());
    }
}
