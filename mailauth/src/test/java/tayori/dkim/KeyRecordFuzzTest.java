package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

class KeyRecordFuzzTest {
    private static final SignatureCrypto CRYPTO = SignatureCrypto.standard();

    @FuzzTest(maxDuration = "10s")
    void reads(byte[] octets) {
        switch (KeyRecord.parse(new String(octets, StandardCharsets.ISO_8859_1), CRYPTO)) {
            case KeyRecord.Usable usable -> {
                assertThat(usable.key().bits()).isPositive();
                for (var algorithm : SignatureAlgorithm.values()) {
                    assertThat(CRYPTO.verify(algorithm, usable.key(), octets, new byte[64]))
                            .isFalse();
                }
            }
            case KeyRecord.Unusable unusable ->
                    assertThat(unusable.reason())
                            .isIn(
                                    EnumSet.of(
                                            DkimReason.KEY_REVOKED,
                                            DkimReason.KEY_SYNTAX,
                                            DkimReason.KEY_TYPE_MISMATCH));
        }
    }
}
