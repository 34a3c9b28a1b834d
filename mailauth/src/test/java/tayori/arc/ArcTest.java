package tayori.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.authres.AuthenticationResults;
import tayori.authres.MethodResult;
import tayori.authres.Property;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;

class ArcTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final KeyPair RSA = keys("RSA", 2048);
    private static final KeyPair ED25519 = keys("Ed25519", 255);
    private static final ArcMail MAIL =
            ArcMail.ofLf(
                    """
                    DKIM-Signature: v=1; a=rsa-sha256; d=author.example
                    From: Author <author@author.example>
                    To: list@list.example
                    Subject: Hello

                    A body.
                    """);
    private static final ZoneDns ZONE =
            ZoneDns.builder()
                    .txt("s._domainkey.list.example", "k=rsa; p=" + base64(RSA))
                    .txt("s._domainkey.next.example", "k=rsa; p=" + base64(RSA))
                    .txt("ed._domainkey.next.example", "k=ed25519; p=" + rawEd25519())
                    .txt("t._domainkey.list.example", "k=rsa; h=sha1; p=" + base64(RSA))
                    .txt("r._domainkey.list.example", "p=")
                    .broken("slow._domainkey.list.example", Trouble.TIMEOUT)
                    .build();

    private final ArcVerifier verifier = verifier(ZONE, ArcOptions.DEFAULTS);

    @Test
    void nobodySealedIt() {
        assertThat(MAIL.verify(verifier)).isEqualTo(new ArcResult.None());
    }

    @Test
    void aChainTellsWhatEachHopSaw() {
        var once = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        var twice = add(once, "next.example", ChainStatus.PASS, "spf");
        var pass = (ArcResult.Pass) twice.verify(verifier);
        assertThat(pass.instances()).isEqualTo(2);
        assertThat(pass.oldestPass()).isZero();
        assertThat(pass.hops().stream().map(h -> h.domain().orElseThrow().toString()))
                .containsExactly("next.example", "list.example");
        assertThat(pass.hops().getFirst().results().orElseThrow().of("spf")).hasSize(1);
        assertThat(pass.hops().getLast().results().orElseThrow().of("dkim")).hasSize(1);
    }

    @Test
    void ed25519SealsToo() {
        var sealer = sealer("next.example", "ed", ED25519);
        var mail = add(MAIL, sealer, ChainStatus.NONE);
        assertThat(mail.verify(verifier)).isInstanceOf(ArcResult.Pass.class);
    }

    @Test
    void rfc8617Section52Step5OldestPass() {
        var once = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        var footer = once.withBody("A body.\r\n-- a footer\r\n");
        var twice = add(footer, "next.example", ChainStatus.PASS, "dkim");
        var thrice = add(twice, "list.example", ChainStatus.PASS, "dkim");
        assertThat(((ArcResult.Pass) thrice.verify(verifier)).oldestPass()).isEqualTo(2);
        var shallow = verifier(ZONE, new ArcOptions(0, 1024, 4096, Duration.ZERO));
        assertThat(((ArcResult.Pass) thrice.verify(shallow)).oldestPass()).isEqualTo(3);
    }

    @Test
    void aChangedBodyFails() {
        var sealed = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        assertThat(sealed.withBody("Another.\r\n").verify(verifier).reason())
                .isEqualTo(ArcReason.BODY_HASH_MISMATCH);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "slow, KEY_LOOKUP_FAILED",
        "gone, KEY_UNUSABLE",
        "r, KEY_UNUSABLE",
        "t, KEY_UNUSABLE",
        "ed, KEY_UNUSABLE"
    })
    void rfc8617Section521EveryFailureIsFinal(String selector, ArcReason reason) {
        var mail = add(MAIL, sealer("list.example", selector, RSA), ChainStatus.NONE);
        var result = mail.verify(verifier);
        assertThat(result).isInstanceOf(ArcResult.Fail.class);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @Test
    void rfc8617Section512AFailedChainIsSealedOnceMore() {
        var once = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        var broken = once.withBody("Another.\r\n");
        var marked = add(broken, "next.example", ChainStatus.FAIL, "dkim");
        assertThat(marked.verify(verifier).reason()).isEqualTo(ArcReason.SEALED_AS_FAILED);
        assertThat(
                        marked.seal(
                                sealer("list.example", "s", RSA),
                                results("list.example", "dkim"),
                                ChainStatus.FAIL))
                .isInstanceOf(ArcSeal.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASS", "FAIL"})
    void aStatusThatDoesNotFitIsRefused(ChainStatus status) {
        var sealer = sealer("list.example", "s", RSA);
        assertThat(MAIL.seal(sealer, results("list.example", "dkim"), status))
                .isInstanceOf(ArcSeal.Refused.class);
    }

    @Test
    void rfc8617Section421FiftyInstancesAndNoMore() {
        var mail = MAIL;
        for (int i = 1; i <= ArcChain.MAX_INSTANCES; i++) {
            var status = i == 1 ? ChainStatus.NONE : ChainStatus.PASS;
            mail = add(mail, "list.example", status, "dkim");
        }
        assertThat(((ArcResult.Pass) mail.verify(verifier)).instances())
                .isEqualTo(ArcChain.MAX_INSTANCES);
        var sealer = sealer("list.example", "s", RSA);
        assertThat(mail.seal(sealer, results("list.example", "dkim"), ChainStatus.PASS))
                .isInstanceOf(ArcSeal.Refused.class);
        var over =
                ArcMail.ofLf("ARC-Seal: i=51; cv=pass\nFrom: a@b.example\n\nx\n").verify(verifier);
        assertThat(over.reason()).isEqualTo(ArcReason.TOO_LARGE);
    }

    @Test
    void tooManyOctetsAreNotLookedAt() {
        var queries = new AtomicInteger();
        Dns counting =
                (name, type) -> {
                    queries.incrementAndGet();
                    return new DnsAnswer.NoData(Duration.ofMinutes(1), false);
                };
        String padding = " ".repeat(ArcChain.MAX_OCTETS);
        var mail = ArcMail.ofLf("ARC-Seal: i=1; cv=none;" + padding + "\nFrom: a@b.example\n\nx\n");
        assertThat(mail.verify(verifier(counting, ArcOptions.DEFAULTS)).reason())
                .isEqualTo(ArcReason.TOO_LARGE);
        assertThat(queries).hasValue(0);
    }

    @ParameterizedTest(name = "RFC 8617 §4.1.1 instance of \"{0}\": {1}")
    @CsvSource({
        "'i=1; a; none', 1",
        "' (c(d)) i (x) = 12 ; a; none', 12",
        "'i=1 2; a; none', 0",
        "'i=0; a', 0",
        "'i=; a', 0",
        "'a; i=1', 0",
        "'i=1', 0",
        "'I=1; a', 0",
        "'i=(1; a', 0"
    })
    void instanceOfResults(String value, int instance) {
        var chain =
                ArcChain.read(ArcMail.ofLf("ARC-Authentication-Results: " + value + "\n\n").head());
        assertThat(chain.instances()).isEqualTo(instance);
    }

    @Test
    void anExpiredMessageSignatureFails() {
        String seal = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=list.example; s=s; b=AAAA\n";
        String results = "ARC-Authentication-Results: i=1; list.example; none\n";
        String signature =
                "ARC-Message-Signature: i=1; a=rsa-sha256; d=list.example; s=s; h=from;"
                        + " bh=AAAA; b=AAAA; x=";
        long limit = NOW.minus(ArcOptions.DEFAULTS.clockSkew()).getEpochSecond();
        assertThat(ArcMail.ofLf(seal + signature + limit + "\n" + results + "\n").verify(verifier))
                .extracting(ArcResult::reason)
                .isEqualTo(ArcReason.BODY_HASH_MISMATCH);
        assertThat(
                        ArcMail.ofLf(seal + signature + (limit - 1) + "\n" + results + "\n")
                                .verify(verifier))
                .extracting(ArcResult::reason)
                .isEqualTo(ArcReason.EXPIRED);
    }

    @ParameterizedTest(name = "the sealer''s key is record number {0}: {1}")
    @CsvSource({"1, PASS", "4, PASS", "5, FAIL"})
    void onlySoManyRecordsOfOneNameAreTried(int place, ChainStatus status) {
        assertThat(ArcVerification.MAX_KEY_RECORDS).isEqualTo(4);
        var zone = ZoneDns.builder();
        for (int i = 1; i < place; i++) {
            zone.txt("s._domainkey.list.example", "p=");
        }
        zone.txt("s._domainkey.list.example", "k=rsa; p=" + base64(RSA));
        var mail = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        assertThat(mail.verify(verifier(zone.build(), ArcOptions.DEFAULTS)).status())
                .isEqualTo(status);
    }

    @ParameterizedTest(name = "keys of 2048 bits where {0} to {1} count: {2}")
    @CsvSource({
        "1024, 2048, VERIFIED",
        "2048, 4096, VERIFIED",
        "1024, 2047, KEY_UNUSABLE",
        "2049, 4096, KEY_UNUSABLE"
    })
    void keysOutsideTheSizesAskedForDoNotCount(int least, int most, ArcReason reason) {
        var options = new ArcOptions(10, least, most, Duration.ZERO);
        var mail = add(MAIL, "list.example", ChainStatus.NONE, "dkim");
        assertThat(mail.verify(verifier(ZONE, options)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "h= with {0} names: {1}")
    @CsvSource({"1024, BODY_HASH_MISMATCH", "1025, SIGNATURE_SYNTAX"})
    void onlySoManyNamesAreSigned(int names, ArcReason reason) {
        assertThat(ArcSignature.MAX_SIGNED_NAMES).isEqualTo(1024);
        String mail =
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=list.example; s=s; b=AAAA\n"
                        + "ARC-Message-Signature: i=1; a=rsa-sha256; d=list.example; s=s; bh=AAAA;"
                        + " b=AAAA; h=from"
                        + ":x".repeat(names - 1)
                        + "\nARC-Authentication-Results: i=1; list.example; none\n\n";
        assertThat(ArcMail.ofLf(mail).verify(verifier).reason()).isEqualTo(reason);
    }

    @Test
    void nobodySealsWithAKeyThatVerifiersNeedNotKnow() throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("RSA");
        var most = BigInteger.ONE.shiftLeft(ArcSealer.MAX_RSA_BITS - 1).setBit(0);
        var good = factory.generatePrivate(new RSAPrivateKeySpec(most, BigInteger.TEN));
        var bad =
                factory.generatePrivate(
                        new RSAPrivateKeySpec(most.shiftLeft(1).setBit(0), BigInteger.TEN));
        assertThat(sealer("a.example", "s", new KeyPair(RSA.getPublic(), good))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer("a.example", "s", new KeyPair(RSA.getPublic(), bad)))
                .withMessageContaining("more than 4096 bits");
    }

    @Test
    void sealsAreFoldedAndNeverSigned() {
        var sealed =
                (ArcSeal.Sealed)
                        MAIL.seal(
                                sealer("list.example", "s", RSA),
                                results("list.example", "dkim"),
                                ChainStatus.NONE);
        for (var field : sealed.fields()) {
            assertThat(field.toString()).contains(" i=1;"); // dkimpy looks for it like this
            for (var line : field.toString().split("\r\n", -1)) {
                // only b= may be long: inside it no fold is wanted
                int margin = line.startsWith(" b=") ? 998 : 78;
                assertThat(line.length()).isLessThanOrEqualTo(margin);
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ArcSealer(
                                DomainName.of("a.example"),
                                DomainName.of("s"),
                                RSA.getPrivate(),
                                List.of("From", "ARC-Seal"),
                                InstantSource.fixed(NOW)));
    }

    private static ArcMail add(ArcMail mail, String domain, ChainStatus status, String method) {
        var sealed = mail.seal(sealer(domain, "s", RSA), results(domain, method), status);
        return mail.withOnTop(((ArcSeal.Sealed) sealed).fields());
    }

    private static ArcMail add(ArcMail mail, ArcSealer sealer, ChainStatus status) {
        var sealed = mail.seal(sealer, results("list.example", "dkim"), status);
        return mail.withOnTop(((ArcSeal.Sealed) sealed).fields());
    }

    private static AuthenticationResults results(String id, String method) {
        return new AuthenticationResults(
                id,
                List.of(
                        MethodResult.of(
                                method, "pass", new Property("header", "d", "author.example"))));
    }

    private static ArcSealer sealer(String domain, String selector, KeyPair keys) {
        return new ArcSealer(
                DomainName.of(domain),
                DomainName.of(selector),
                keys.getPrivate(),
                ArcSealer.DEFAULT_HEADERS,
                InstantSource.fixed(NOW));
    }

    private static ArcVerifier verifier(Dns dns, ArcOptions options) {
        return new ArcVerifier(dns, InstantSource.fixed(NOW), options);
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /// The last 32 octets of the encoded key are the key.
    private static String rawEd25519() {
        byte[] encoded = ED25519.getPublic().getEncoded();
        byte[] octets = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return Base64.getEncoder().encodeToString(octets);
    }
}
