package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class DkimSignatureFuzzTest {
    private static final DkimVerifier VERIFIER =
            new DkimVerifier(
                    ZoneDns.builder().build(),
                    InstantSource.fixed(Instant.EPOCH),
                    DkimOptions.DEFAULTS);

    /// No signature passes where the DNS has no key, whatever stands in it.
    @FuzzTest(maxDuration = "10s")
    void reads(byte[] octets) {
        var field = HeaderField.of("DKIM-Signature".getBytes(StandardCharsets.US_ASCII), octets);
        var results = VERIFIER.begin(new MessageHead(List.of(field)), new BodyHasher()).finish();
        assertThat(results).hasSize(1);
        assertThat(results.getFirst().keyword()).isIn("neutral", "permerror");
        assertThat(results.getFirst().facts().orElseThrow().signatureStart())
                .hasSizeLessThanOrEqualTo(8);
    }
}
