package tayori.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;

class MimeReaderFuzzTest {
    private static final MimeLimits LIMITS = new MimeLimits(8_192, 5, 20, 30, 2_048);

    @FuzzTest
    void anyOctetsAreATreeOrTooMuch(byte[] octets) {
        switch (MimeReader.read(octets, LIMITS)) {
            case Refused(var limit, int allowed) ->
                    assertThat(allowed).isEqualTo(LIMITS.valueOf(limit));
            case Read(var message) -> walk(message, octets.length, 0);
        }
    }

    private static void walk(MimePart part, int length, int depth) {
        assertThat(depth).isLessThanOrEqualTo(LIMITS.maxDepth());
        assertThat(part.contentStart()).isBetween(0, part.contentEnd());
        assertThat(part.contentEnd()).isLessThanOrEqualTo(length);
        assertThat(part.head().size()).isLessThanOrEqualTo(LIMITS.maxFields());
        for (int i = 0; i < part.head().size(); i++) {
            assertThat(part.head().name(i)).isNotEmpty();
            assertThat(part.head().value(i)).doesNotContain("\r\n");
        }
        assertThat(part.text()).isNotNull();
        assertThat(part.contentAsFields()).isNotNull();
        part.parts().forEach(inner -> walk(inner, length, depth + 1));
        part.message()
                .filter(Read.class::isInstance)
                .ifPresent(inner -> walk(((Read) inner).message(), length, depth + 1));
    }

    @FuzzTest
    void anyTextIsAValue(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        MediaType.parse(text)
                .ifPresent(type ->
                        assertThat(type.parameters())
                                .hasSizeLessThanOrEqualTo(MediaType.MAX_PARAMETERS));
        assertThat(EncodedWords.decode(text)).isNotNull();
        assertThat(MailDate.parse(text)).isNotNull();
    }
}
