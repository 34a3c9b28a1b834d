package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class DkimVerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Dns DNS =
            ZoneDns.builder()
                    .broken("slow._domainkey.example.com", Trouble.TIMEOUT)
                    .txt("gone._domainkey.example.com", "v=DKIM1; t=y; p=")
                    .txt("odd._domainkey.example.com", "k=rsa; v=DKIM1; p=YWJj")
                    .txt("xn--4ca._domainkey.xn--4ca.example", "v=DKIM1; p=")
                    .build();

    @ParameterizedTest(name = "RFC 6376 §6.1, RFC 8601 §2.7.1: «{0}» is {1}, {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | permerror | KEY_NOT_FOUND",
                "v=1; a=rsa-sha256; d=example.com; s=slow; h=from; bh=YWJj; b=YWJj | temperror | KEY_LOOKUP_FAILED",
                "v=1; a=rsa-sha256; d=example.com; s=gone; h=from; bh=YWJj; b=YWJj | permerror | KEY_REVOKED",
                "v=1; a=rsa-sha256; d=example.com; s=odd; h=from; bh=YWJj; b=YWJj | permerror | KEY_SYNTAX",
                "v=1; a=rsa-sha256; d=ä.example; s=ä; h=from; bh=YWJj; b=YWJj | permerror | KEY_REVOKED",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=to; bh=YWJj; b=YWJj | permerror | FROM_NOT_SIGNED",
                "v=1; a=rsa-sha1; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | permerror | HISTORIC_ALGORITHM",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj; i=a@example.net | permerror | IDENTITY_OUTSIDE_DOMAIN",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj; x=999699 | permerror | EXPIRED",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj; x=999700 | permerror | KEY_NOT_FOUND",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj; t=5; x=5 | neutral | TAG_INVALID",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj; l=-1 | neutral | TAG_INVALID",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=*** | neutral | TAG_INVALID",
                "v=1; a=rsa-sha256; d=example.com; s=no; h=from; b=YWJj | neutral | TAG_MISSING",
                "v=2; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | neutral | UNKNOWN_VERSION",
                "v=1; a=rsa-md5; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | neutral | UNKNOWN_ALGORITHM",
                "v=1; a=rsa-sha256; c=nofws; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | neutral | UNKNOWN_CANONICALIZATION",
                "v=1; a=rsa-sha256; q=http; d=example.com; s=no; h=from; bh=YWJj; b=YWJj | neutral | UNKNOWN_QUERY",
                "v=1; v=1; d=example.com | neutral | SIGNATURE_SYNTAX",
            })
    void results(String value, String keyword, DkimReason reason) {
        var results = verify(List.of(HeaderField.of("DKIM-Signature", value)));
        assertThat(results).hasSize(1);
        assertThat(results.getFirst().keyword()).isEqualTo(keyword);
        assertThat(results.getFirst().reason()).isEqualTo(reason);
    }

    @Test
    void unsigned() {
        assertThat(verify(List.of())).containsExactly(new DkimResult.None());
    }

    @Test
    void onlySoManySignaturesAreVerified() {
        var signature =
                HeaderField.of(
                        "DKIM-Signature",
                        "v=1; a=rsa-sha256; d=example.com; s=no; h=from; bh=YWJj; b=YWJj");
        var results = verify(Collections.nCopies(70, signature));
        assertThat(results).hasSize(70);
        int most = DkimOptions.DEFAULTS.maxSignatures();
        assertThat(results.subList(0, most))
                .allMatch(result -> result.reason() == DkimReason.KEY_NOT_FOUND);
        assertThat(results.subList(most, 70))
                .allMatch(result -> result.reason() == DkimReason.TOO_MANY_SIGNATURES)
                .allMatch(result -> result.keyword().equals("policy"));
        assertThat(results.get(DkimVerification.MAX_SIGNATURE_FIELDS - 1).facts().orElseThrow())
                .extracting(SignatureFacts::domain)
                .isEqualTo("example.com");
        assertThat(results.get(DkimVerification.MAX_SIGNATURE_FIELDS).facts())
                .contains(SignatureFacts.UNKNOWN);
    }

    @Test
    void rememberedKeysAreBounded() {
        var keys = new KeyRecords(SignatureCrypto.standard());
        for (int i = 0; i < KeyRecords.MAX_RECORDS + 10; i++) {
            keys.read("v=DKIM1; n=" + i + "; p=");
        }
        assertThat(keys.size()).isEqualTo(KeyRecords.MAX_RECORDS);
        String filler = "n=" + "x".repeat(KeyRecord.MAX_LENGTH - 20);
        for (int i = 0; i < 600; i++) {
            keys.read("v=DKIM1; p=; " + i + filler.substring(5));
        }
        assertThat(keys.size()).isLessThanOrEqualTo(KeyRecords.MAX_OCTETS / 8000);
        assertThat(keys.read("n=" + "x".repeat(KeyRecord.MAX_LENGTH)))
                .isInstanceOf(KeyRecord.Unusable.class);
    }

    private static List<DkimResult> verify(List<HeaderField> fields) {
        var verifier = new DkimVerifier(DNS, InstantSource.fixed(NOW), DkimOptions.DEFAULTS);
        return verifier.begin(new MessageHead(fields), new BodyHasher()).finish();
    }
}
