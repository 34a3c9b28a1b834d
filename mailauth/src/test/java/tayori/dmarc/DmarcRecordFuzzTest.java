package tayori.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import tayori.dmarc.DmarcRecord.Outcome;

class DmarcRecordFuzzTest {
    @FuzzTest
    void anyTextIsOneOfFourThings(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        switch (DmarcRecord.parse(text)) {
            case Outcome.Usable(var record) -> {
                assertThat(record.aggregateReports())
                        .hasSizeLessThanOrEqualTo(DmarcRecord.MAX_REPORT_URIS);
                assertThat(record.failureReports())
                        .hasSizeLessThanOrEqualTo(DmarcRecord.MAX_REPORT_URIS);
                assertThat(record.flaws()).hasSizeLessThanOrEqualTo(DmarcRecord.MAX_FLAWS);
                assertThat(record.failureOptions()).isNotEmpty();
                for (var uri : record.aggregateReports()) {
                    // A size limit is gone after the first reading, so the rest reads as itself.
                    assertThat(ReportUri.parse(uri.uri())).contains(uri);
                }
                // The same tags in their canonical form mean the same.
                assertThat(DmarcRecord.parse("v=DMARC1;p=" + record.policy()))
                        .isInstanceOf(Outcome.Usable.class);
            }
            case Outcome.NoPolicy(var flaws, _) -> assertThat(flaws).isNotEmpty();
            case Outcome.Malformed(var flaw) -> assertThat(flaw.tag()).isNotEmpty();
            case Outcome.NotDmarc(var reason) -> assertThat(reason).isNotEmpty();
        }
    }
}
