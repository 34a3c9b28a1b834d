package tayori.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ReportReaderFuzzTest {
    @FuzzTest
    void anyOctetsAreSomethingOrUnknown(byte[] octets) {
        assertThat(ReportReader.read(octets)).isNotNull();
    }
}
