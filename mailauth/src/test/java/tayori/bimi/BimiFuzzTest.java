package tayori.bimi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// What a domain publishes and what a web server hands out: read within bounds, never anything but https.
class BimiFuzzTest {
    @FuzzTest
    void record(byte[] data) {
        var record = BimiRecord.parse(new String(data, StandardCharsets.ISO_8859_1));
        if (record instanceof BimiRecord.Indicator(var location, var evidence)) {
            assertThat(location.getScheme()).isEqualToIgnoringCase("https");
            assertThat(location.getHost()).isNotEmpty();
            evidence.ifPresent(e -> assertThat(e.getScheme()).isEqualToIgnoringCase("https"));
        }
    }

    @FuzzTest
    void svg(byte[] data) {
        if (BimiSvg.check(data) instanceof SvgCheck.Valid(var title)) {
            assertThat(title).isNotBlank();
            assertThat(data.length).isLessThanOrEqualTo(BimiSvg.MAX_OCTETS);
        }
    }
}
