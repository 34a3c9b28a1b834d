package tayori.dns.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import tayori.dns.loopback.ZoneText.Unreadable;
import tayori.dns.loopback.ZoneText.Zone;

class ZoneTextFuzzTest {
    @FuzzTest
    void anyText(byte[] octets) {
        switch (ZoneText.parse(new String(octets, StandardCharsets.UTF_8))) {
            case Zone(var zone) -> assertThat(zone).isNotNull();
            case Unreadable(var errors) -> {
                assertThat(errors).hasSizeBetween(1, ZoneText.MAX_ERRORS);
                assertThat(errors).allMatch(error -> error.startsWith("line "));
            }
        }
    }
}
