package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import tayori.message.HeadReading.Read;
import tayori.message.HeadReading.TooLarge;

class MessageReaderFuzzTest {
    private static final HeadLimits LIMITS = new HeadLimits(4_096, 512, 32);

    @FuzzTest
    void anyOctetsAreAMessageOrTooMuch(byte[] octets) throws IOException {
        var reader = new MessageReader(new ByteArrayInputStream(octets), LIMITS);
        switch (reader.head()) {
            case TooLarge(var limit, int allowed) ->
                    assertThat(allowed).isEqualTo(LIMITS.valueOf(limit));
            case Read(var head, _) -> {
                assertThat(LIMITS.brokenBy(head))
                        .isNotEqualTo(java.util.Optional.of(HeadLimits.Limit.FIELDS));
                var body = new ByteArrayOutputStream();
                long length = reader.body(body::write);
                assertThat(body.size()).isEqualTo(length);
                canonical(body.toByteArray());
                readsAgainAlike(head, body.toByteArray());
            }
        }
    }

    private static void canonical(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            assertThat(body[i] != '\n' || (i > 0 && body[i - 1] == '\r')).isTrue();
        }
        assertThat(body.length == 0 || body[body.length - 1] == '\n').isTrue();
    }

    /// Head and body written out as SMTP would carry them are read to the same head and body.
    private static void readsAgainAlike(MessageHead head, byte[] body) throws IOException {
        var again = new ByteArrayOutputStream();
        for (var field : head.fields()) {
            again.writeBytes(field.raw());
            again.write('\r');
            again.write('\n');
        }
        again.write('\r');
        again.write('\n');
        again.writeBytes(body);
        var reader =
                new MessageReader(
                        new ByteArrayInputStream(again.toByteArray()), HeadLimits.DEFAULTS);
        if (!(reader.head() instanceof Read(var readAgain, _))) {
            throw new AssertionError("a head that was read before is too large");
        }
        assertThat(readAgain.fields()).hasSameSizeAs(head.fields());
        for (int i = 0; i < head.fields().size(); i++) {
            assertThat(readAgain.fields().get(i).raw()).isEqualTo(head.fields().get(i).raw());
        }
        var bodyAgain = new ByteArrayOutputStream();
        reader.body(bodyAgain::write);
        assertThat(bodyAgain.toByteArray()).isEqualTo(body);
    }

    @FuzzTest
    void anyOctetsAreAnMboxOrNot(byte[] octets) throws IOException {
        var reader = new MboxReader(new ByteArrayInputStream(octets));
        int messages = 0;
        long total = 0;
        try {
            for (var part = reader.next(); part.isPresent(); part = reader.next()) {
                messages++;
                total += part.get().readAllBytes().length;
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("not an mbox");
        }
        assertThat(messages).isLessThanOrEqualTo(octets.length / 5);
        assertThat(total).isLessThanOrEqualTo(octets.length);
    }
}
