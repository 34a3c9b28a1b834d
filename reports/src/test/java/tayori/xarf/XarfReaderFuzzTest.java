package tayori.xarf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class XarfReaderFuzzTest {
    @FuzzTest
    void anyOctetsAreAReportOrInvalid(byte[] octets) {
        if (XarfReader.read(octets) instanceof XarfReport report) {
            assertThat(report.category()).isNotBlank();
            assertThat(report.evidence()).hasSizeLessThanOrEqualTo(XarfReader.MAX_EVIDENCE);
            report.evidence().forEach(piece -> assertThat(piece.content()).isNotNull());
        }
    }
}
