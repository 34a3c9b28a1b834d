package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;

/// What strangers may make a verifier do, and not a step more.
class DkimLimitsTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochSecond(1_000_000));
    private static final DkimKeys.Pair KEY = DkimKeys.generateRsa(2048);
    private static final TestMessage MAIL = TestMessage.of("From: a@example.com\n\nHello.\n");

    private static TestMessage signed() {
        var key = new DkimSigner.Key("example.com", "s", KEY.privateKey());
        var body = new BodyHasher();
        var signing =
                new DkimSigner(List.of(key), SigningOptions.DEFAULTS, NOW).begin(MAIL.head(), body);
        body.update(MAIL.body(), 0, MAIL.body().length);
        return MAIL.with(signing.finish());
    }

    private static DkimResult verify(TestMessage mail, DkimOptions options, List<String> records) {
        var zone = ZoneDns.builder();
        records.forEach(text -> zone.txt("s._domainkey.example.com", text));
        var body = new BodyHasher();
        var verification = new DkimVerifier(zone.build(), NOW, options).begin(mail.head(), body);
        body.update(mail.body(), 0, mail.body().length);
        return verification.finish().getFirst();
    }

    @ParameterizedTest(name = "RFC 6376 §3.6.2.2: our key is record number {0}: {1}")
    @CsvSource({"1, pass", "4, pass", "5, permerror"})
    void onlySoManyRecordsOfOneNameAreTried(int place, String keyword) {
        var records = new ArrayList<>(Collections.nCopies(place - 1, "v=DKIM1; p="));
        records.add(KEY.txt());
        assertThat(verify(signed(), DkimOptions.DEFAULTS, records).keyword()).isEqualTo(keyword);
    }

    @ParameterizedTest(name = "RFC 8301 §3.2: keys of 2048 bits where {0} to {1} count: {2}")
    @CsvSource({
        "1024, 2048, VERIFIED",
        "2048, 4096, VERIFIED",
        "1024, 2047, KEY_TOO_LARGE",
        "2049, 4096, KEY_TOO_SMALL"
    })
    void keysOutsideTheSizesAskedForDoNotCount(int least, int most, DkimReason reason) {
        var options = new DkimOptions(8, least, most, Duration.ZERO, false);
        assertThat(verify(signed(), options, List.of(KEY.txt())).reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "h= with {0} names: {1}")
    @CsvSource({"1024, KEY_NOT_FOUND", "1025, TAG_INVALID"})
    void onlySoManyNamesAreSigned(int names, DkimReason reason) {
        String list = "from" + ":x".repeat(names - 1);
        var mail =
                MAIL.with(
                        List.of(
                                HeaderField.of(
                                        "DKIM-Signature",
                                        "v=1; a=rsa-sha256; d=example.com; s=s; bh=YWJj; b=YWJj; h="
                                                + list)));
        assertThat(DkimSignature.MAX_SIGNED_NAMES).isEqualTo(1024);
        assertThat(verify(mail, DkimOptions.DEFAULTS, List.of()).reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "a public exponent of {0} bits: {1}")
    @CsvSource({"2, true", "17, true", "64, true", "65, false", "1024, false"})
    void anExponentThatCostsTooMuchIsNoKey(int bits, boolean usable)
            throws GeneralSecurityException {
        assertThat(KeyRecord.MAX_EXPONENT_BITS).isEqualTo(64);
        var exponent = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        var modulus = ((RSAPrivateKey) KEY.privateKey()).getModulus();
        var key =
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, exponent));
        String text = "v=DKIM1; p=" + Base64.getEncoder().encodeToString(key.getEncoded());
        assertThat(KeyRecord.parse(text, SignatureCrypto.standard()) instanceof KeyRecord.Usable)
                .isEqualTo(usable);
    }

    @Test
    void aKeyFileIsReadUpToALimit() {
        String padding = " ".repeat(DkimKeys.MAX_PEM - KEY.pem().length());
        assertThat(DkimKeys.readPem(KEY.pem() + padding)).contains(KEY.privateKey());
        assertThat(DkimKeys.readPem(KEY.pem() + padding + " ")).isEmpty();
    }
}
