package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyHasherTest {
    @ParameterizedTest(name = "RFC 6376 §3.4.3, §3.4.4: the empty body, {0} {1}")
    @CsvSource({
        "SIMPLE,  SHA1,   uoq1oCgLlTqpdDX/iUbLy7J1Wic=",
        "SIMPLE,  SHA256, frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=",
        "RELAXED, SHA1,   2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
        "RELAXED, SHA256, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    })
    void emptyBody(Canonicalization canonicalization, HashAlgorithm algorithm, String base64) {
        var hasher = new BodyHasher();
        var hash = hasher.want(canonicalization, algorithm);
        hasher.finish();
        assertThat(Base64.getEncoder().encodeToString(hash.digest())).isEqualTo(base64);
    }

    @ParameterizedTest(name = "RFC 6376 §3.4.5: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SIMPLE  | ~C~~~~~~~D~~~~T~~~~E~~CRLFCRLF | ~C~~~~~~~D~~~~T~~~~E~~CRLF",
                "SIMPLE  |  | CRLF",
                "RELAXED | ~C~~CRLFD~TAB~ECRLFCRLFCRLF | ~CCRLFD~ECRLF",
                "RELAXED |  | ",
                "RELAXED | CRLFCRLF~TABCRLF |",
                "RELAXED | aLFb~LFCR | aCRLFbCRLFCRCRLF",
                "SIMPLE  | aLFbCRLF~LF | aCRLFbCRLF~CRLF",
                "SIMPLE  | aCRCRLFCRb | aCRCRLFCRbCRLF",
                "RELAXED | end | endCRLF",
                "RELAXED | end~ | endCRLF",
            })
    void canonicalForms(Canonicalization canonicalization, String body, String expected) {
        byte[] octets = octets(body);
        assertThat(ReferenceBody.canonical(octets, canonicalization)).isEqualTo(octets(expected));
        var hasher = new BodyHasher();
        var hash = hasher.want(canonicalization, HashAlgorithm.SHA256);
        hasher.update(octets, 0, octets.length);
        hasher.finish();
        assertThat(hash.bodyLength()).isEqualTo(octets(expected).length);
        assertThat(hash.digest()).isEqualTo(HashAlgorithm.SHA256.digest().digest(octets(expected)));
    }

    private static byte[] octets(@org.jspecify.annotations.Nullable String notation) {
        return (notation == null ? "" : notation)
                .replace("CRLF", "\r\n")
                .replace("CR", "\r")
                .replace("LF", "\n")
                .replace("TAB", "\t")
                .replace('~', ' ')
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "bodies of seed {0}: however they are cut, as the reference has it")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void chunksDoNotCount(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            assertAsReference(randomBody(random), random);
        }
    }

    static void assertAsReference(byte[] body, Random random) {
        var hasher = new BodyHasher();
        long limit = random.nextInt(body.length + 4);
        var simple = hasher.want(Canonicalization.SIMPLE, HashAlgorithm.SHA256);
        var relaxed = hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA256);
        var old = hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA1);
        var part =
                hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA256, OptionalLong.of(limit));
        var cut = hasher.want(Canonicalization.SIMPLE, HashAlgorithm.SHA1, OptionalLong.of(limit));
        int at = 0;
        while (at < body.length) {
            int step = Math.min(body.length - at, random.nextInt(1 + random.nextInt(60)));
            hasher.update(body, at, step);
            at += step;
        }
        hasher.finish();
        for (var hash : java.util.List.of(simple, relaxed, old, part, cut)) {
            byte[] canonical = ReferenceBody.canonical(body, hash.canonicalization());
            assertThat(hash.bodyLength()).isEqualTo(canonical.length);
            assertThat(hash.digest())
                    .isEqualTo(
                            ReferenceBody.hash(
                                    body, hash.canonicalization(), hash.algorithm(), hash.limit()));
        }
        assertThat(part.bodyTooShort()).isEqualTo(limit > part.bodyLength());
        assertThat(hasher.octets()).isEqualTo(body.length);
    }

    private static byte[] randomBody(Random random) {
        String[] pieces = {
            "\r\n",
            "\r\n",
            "\n",
            "\r",
            " ",
            "  ",
            "\t",
            "word",
            "a longer run of words",
            "\r\n\r\n",
            " \r\n",
            "\u0000",
            "\u00ff",
            "x".repeat(300),
            "\r\n ",
            "."
        };
        var text = new StringBuilder();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void sameWishIsOneHash() {
        var hasher = new BodyHasher();
        var first = hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA256);
        assertThat(hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA256)).isSameAs(first);
        assertThat(hasher.want(Canonicalization.RELAXED, HashAlgorithm.SHA256, OptionalLong.of(5)))
                .isNotSameAs(first);
        hasher.update(new byte[0], 0, 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> hasher.want(Canonicalization.SIMPLE, HashAlgorithm.SHA256));
        assertThatIllegalStateException().isThrownBy(first::digest);
    }
}
