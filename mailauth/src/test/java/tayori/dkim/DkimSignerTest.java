package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class DkimSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final DkimKeys.Pair RSA = DkimKeys.generateRsa(2048);
    private static final DkimKeys.Pair ED25519 = DkimKeys.generateEd25519();
    private static final Dns DNS =
            ZoneDns.builder()
                    .txt("rsa._domainkey.example.com", RSA.txt())
                    .txt("ed._domainkey.example.com", ED25519.txt())
                    .build();
    private static final List<DkimSigner.Key> KEYS =
            List.of(
                    new DkimSigner.Key("example.com", "rsa", RSA.privateKey()),
                    new DkimSigner.Key("example.com", "ed", ED25519.privateKey()));
    private static final TestMessage MESSAGE =
            TestMessage.of(
                    """
                    From: Joe <joe@example.com>
                    To: a@example.net
                    Subject:  two
                    \t lines
                    X-Own: 1

                    Hi  there. \t

                    Bye.


                    """);

    @ParameterizedTest(name = "RFC 8463 §3: signed with two keys, {0}/{1}, both verify")
    @CsvSource({"SIMPLE,SIMPLE", "SIMPLE,RELAXED", "RELAXED,SIMPLE", "RELAXED,RELAXED"})
    void roundTrip(Canonicalization header, Canonicalization body) {
        var signed = MESSAGE.with(sign(MESSAGE, options(new Canonicalization.Pair(header, body))));
        var results = verify(signed);
        assertThat(results).hasSize(2).allMatch(result -> result instanceof DkimResult.Pass);
        var facts = results.getFirst().facts().orElseThrow();
        assertThat(facts.domain()).isEqualTo("example.com");
        assertThat(facts.identity()).isEqualTo("@example.com");
        assertThat(facts.selector()).isEqualTo("rsa");
        assertThat(facts.algorithm()).isEqualTo("rsa-sha256");
        assertThat(facts.signatureStart()).hasSize(8);
        assertThat(facts.keyBits()).hasValue(2048);
        assertThat(facts.signedAt()).contains(NOW);
        assertThat(facts.expiresAt()).contains(NOW.plus(Duration.ofDays(7)));
        assertThat(facts.covers("Subject")).isTrue();
        assertThat(facts.covers("X-Own")).isFalse();
    }

    @Test
    void linesAreShortAndLengthIsNeverLimited() {
        for (var field : sign(MESSAGE, SigningOptions.DEFAULTS)) {
            assertThat(field.toString().split("\r\n")).allMatch(line -> line.length() <= 78);
            var tags = TagList.parse(field.raw(), field.colon() + 1);
            assertThat(tags.fault()).isEmpty();
            assertThat(tags.has("l")).isFalse();
            assertThat(tags.has("x")).isFalse();
        }
    }

    @ParameterizedTest(name = "RFC 6376 §8.15: a second {0} breaks the signature")
    @CsvSource({"From", "Subject", "Reply-To", "Content-Type"})
    void overSigning(String name) {
        var signed = MESSAGE.with(sign(MESSAGE, SigningOptions.DEFAULTS));
        var forged = signed.with(List.of(HeaderField.of(name, "forged")));
        assertThat(verify(forged))
                .allMatch(result -> result.reason() == DkimReason.SIGNATURE_MISMATCH);
    }

    @Test
    void listsMayAddTheirFields() {
        var signed = MESSAGE.with(sign(MESSAGE, SigningOptions.DEFAULTS));
        var viaList = signed.with(List.of(HeaderField.of("List-Id", "<list.example.net>")));
        assertThat(verify(viaList)).allMatch(result -> result instanceof DkimResult.Pass);
    }

    @Test
    void weakKeysDoNotSign() throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(768);
        var weak = generator.generateKeyPair().getPrivate();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DkimSigner.Key("example.com", "s", weak))
                .withMessageContaining("RFC 8301 §3.2");
        assertThatIllegalArgumentException().isThrownBy(() -> DkimKeys.generateRsa(1024));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SignatureCrypto.standard()
                                .sign(SignatureAlgorithm.RSA_SHA1, RSA.privateKey(), new byte[0]));
    }

    @Test
    void keyFiles() {
        for (var pair : List.of(RSA, ED25519)) {
            var read = DkimKeys.readPem("# ours\n" + pair.pem()).orElseThrow();
            assertThat(DkimKeys.pairOf(read).txt()).isEqualTo(pair.txt());
        }
        assertThat(DkimKeys.readPem("nothing")).isEmpty();
        assertThat(DkimKeys.readPem(ED25519.pem().replace("PRIVATE", "PUBLIC"))).isEmpty();
    }

    @Test
    void keyFilesOfOlderTools() {
        // PKCS#1 is what a PKCS#8 RSA key holds behind its first 26 octets.
        byte[] pkcs8 = RSA.privateKey().getEncoded();
        byte[] pkcs1 = java.util.Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        String pem =
                "-----BEGIN RSA PRIVATE KEY-----\n"
                        + java.util.Base64.getMimeEncoder().encodeToString(pkcs1)
                        + "\n-----END RSA PRIVATE KEY-----\n";
        var read = DkimKeys.readPem(pem).orElseThrow();
        assertThat(DkimKeys.pairOf(read).txt()).isEqualTo(RSA.txt());
    }

    @Test
    void recordsFitTheDns() {
        assertThat(RSA.txtStrings()).hasSize(2).allMatch(part -> part.length() <= 255);
        assertThat(String.join("", RSA.txtStrings())).isEqualTo(RSA.txt());
        assertThat(ED25519.txt()).startsWith("v=DKIM1; k=ed25519; p=").hasSize(66);
    }

    private static SigningOptions options(Canonicalization.Pair canonicalization) {
        var defaults = SigningOptions.DEFAULTS;
        return new SigningOptions(
                canonicalization,
                defaults.signedNames(),
                defaults.overSignedNames(),
                Optional.of(Duration.ofDays(7)));
    }

    private static List<HeaderField> sign(TestMessage message, SigningOptions options) {
        var body = new BodyHasher();
        var signing = new DkimSigner(KEYS, options, CLOCK).begin(message.head(), body);
        body.update(message.body(), 0, message.body().length);
        return signing.finish();
    }

    private static List<DkimResult> verify(TestMessage message) {
        var body = new BodyHasher();
        var verification =
                new DkimVerifier(DNS, CLOCK, DkimOptions.DEFAULTS)
                        .begin(new MessageHead(message.head().fields()), body);
        body.update(message.body(), 0, message.body().length);
        return verification.finish();
    }
}
