package tayori.domainkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dkim.BodyHasher;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dns.Dns;
import tayori.dns.ZoneDns;
import tayori.domainkeys.DomainKeyResult.Outcome;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class DomainKeyLimitsTest {
    private static List<DomainKeyResult> verify(Dns dns, int signatures) {
        var fields = new ArrayList<HeaderField>();
        for (int i = 0; i < signatures; i++) {
            fields.add(
                    HeaderField.of(
                            "DomainKey-Signature",
                            "a=rsa-sha1; d=example.com; s=s; q=dns; b=YWJj"));
        }
        fields.add(HeaderField.of("From", "a@example.com"));
        return new DomainKeyVerifier(dns, new KeyRecords(SignatureCrypto.standard()))
                .begin(new MessageHead(fields), new BodyHasher())
                .finish();
    }

    @Test
    void onlyTheTopmostSignaturesAreLookedAt() {
        assertThat(verify(ZoneDns.builder().build(), 1_000))
                .hasSize(DomainKeyVerification.MAX_SIGNATURES)
                .allMatch(result -> result.outcome() == Outcome.PERMERROR);
    }

    @ParameterizedTest(name = "a key of {0} bits: {1}")
    @CsvSource({"4096, signature did not verify", "4097, no RSA key in the key record"})
    void aKeyThatCostsTooMuchIsNoKey(int bits, String text) throws GeneralSecurityException {
        assertThat(DomainKeyVerification.MAX_RSA_BITS).isEqualTo(4096);
        var modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        var key =
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        String record = "k=rsa; p=" + Base64.getEncoder().encodeToString(key.getEncoded());
        var zone = ZoneDns.builder().txt("s._domainkey.example.com", record).build();
        assertThat(verify(zone, 1).getFirst().text()).isEqualTo(text);
    }
}
