package tayori.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tayori.bounce.BounceReading.Bounce;

class BounceReaderFuzzTest {
    @FuzzTest
    void anyOctetsAreABounceOrNone(byte[] octets) {
        if (BounceReader.read(octets) instanceof Bounce bounce) {
            assertThat(bounce.recipients())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(DeliveryStatus.MAX_RECIPIENTS);
            assertThat(bounce.toString()).doesNotContain("@");
        }
    }
}
