package tayori.domainkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tayori.dkim.BodyHasher;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dns.ZoneDns;
import tayori.domainkeys.DomainKeyResult.Outcome;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class DomainKeySignatureFuzzTest {
    private static final DomainKeyVerifier VERIFIER =
            new DomainKeyVerifier(
                    ZoneDns.builder().build(), new KeyRecords(SignatureCrypto.standard()));

    /// No signature passes where the DNS has no key, whatever stands in it and in the address it speaks for.
    @FuzzTest(maxDuration = "10s")
    void reads(byte[] octets) {
        var signature =
                HeaderField.of("DomainKey-Signature".getBytes(StandardCharsets.US_ASCII), octets);
        var from = HeaderField.of("From".getBytes(StandardCharsets.US_ASCII), octets);
        for (var author : List.of(from, HeaderField.of("From", "a@example.com"))) {
            var body = new BodyHasher();
            var verification = VERIFIER.begin(new MessageHead(List.of(signature, author)), body);
            body.update(octets, 0, octets.length);
            var results = verification.finish();
            assertThat(results).hasSize(1);
            assertThat(results.getFirst().outcome()).isIn(Outcome.NEUTRAL, Outcome.PERMERROR);
        }
    }
}
