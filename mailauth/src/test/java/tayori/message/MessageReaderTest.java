package tayori.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.message.HeadLimits.Limit;
import tayori.message.HeadReading.End;
import tayori.message.HeadReading.Read;
import tayori.message.HeadReading.TooLarge;

class MessageReaderTest {
    @ParameterizedTest(name = "line ends {0}")
    @ValueSource(strings = {"\n", "\r\n"})
    void lineEndsBecomeThoseOfSmtp(String lineEnd) throws IOException {
        String text =
                "Subject: a\n folded\nFrom: b@example.com\n\none\n\ntwo\n".replace("\n", lineEnd);
        var message = read(text, HeadLimits.DEFAULTS);
        assertThat(message.fields())
                .containsExactly("Subject: a\r\n folded", "From: b@example.com");
        assertThat(message.end()).isEqualTo(End.EMPTY_LINE);
        assertThat(message.body()).isEqualTo("one\r\n\r\ntwo\r\n");
    }

    @Test
    void theLastLineGetsItsLineEnd() throws IOException {
        assertThat(read("A: b\n\nlast", HeadLimits.DEFAULTS).body()).isEqualTo("last\r\n");
        assertThat(read("A: b\n\nlast\r", HeadLimits.DEFAULTS).body()).isEqualTo("last\r\n");
        assertThat(read("A: b\n\n", HeadLimits.DEFAULTS).body()).isEmpty();
        assertThat(read("A: b", HeadLimits.DEFAULTS).fields()).containsExactly("A: b");
    }

    @Test
    void aLoneCarriageReturnIsNoLineEnd() throws IOException {
        assertThat(read("A: b\rc\n\nx\ry\n", HeadLimits.DEFAULTS).fields())
                .containsExactly("A: b\rc");
        assertThat(read("A: b\n\nx\ry\n", HeadLimits.DEFAULTS).body()).isEqualTo("x\ry\r\n");
    }

    @Test
    void theMboxLineOnTopIsNoPartOfTheMessage() throws IOException {
        var message =
                read(
                        "From a@example.com Thu Jan  1 00:00:00 1970\nA: b\n\nFrom x\n",
                        HeadLimits.DEFAULTS);
        assertThat(message.fields()).containsExactly("A: b");
        assertThat(message.body()).isEqualTo("From x\r\n");
    }

    @Test
    void aFromFieldWithObsoleteSpaceIsNoMboxLine() throws IOException {
        assertThat(read("From : a@example.com\n\nx\n", HeadLimits.DEFAULTS).fields())
                .containsExactly("From : a@example.com");
    }

    @ParameterizedTest(name = "as in Postfix, the body begins with «{0}»")
    @ValueSource(
            strings = {
                "no colon here",
                ": no name",
                "a b: c",
                "Na\u00efve: 8 bit",
                "From x@example.com Thu"
            })
    void theFirstLineThatIsNoFieldEndsTheHead(String line) throws IOException {
        var message = read("A: b\n" + line + "\nC: d\n\nbody\n", HeadLimits.DEFAULTS);
        assertThat(message.fields()).containsExactly("A: b");
        assertThat(message.end()).isEqualTo(End.NO_FIELD);
        assertThat(message.body()).isEqualTo(line + "\r\nC: d\r\n\r\nbody\r\n");
    }

    @Test
    void obsoleteSyntaxOfRfc5322Section4() throws IOException {
        var message = read("Subject \t: a\n   \n b\n\nx\n", HeadLimits.DEFAULTS);
        assertThat(message.fields()).containsExactly("Subject \t: a\r\n   \r\n b");
    }

    @Test
    void everyLimitIsAValueThatSaysWhichOne() throws IOException {
        assertThat(head("A: b\nC: d\n\n", new HeadLimits(100, 100, 1)))
                .isEqualTo(new TooLarge(Limit.FIELDS, 1));
        assertThat(head("A: b\nC: d\n\n", new HeadLimits(9, 100, 9)))
                .isEqualTo(new TooLarge(Limit.HEAD_OCTETS, 9));
        assertThat(head("A: b\n " + "c".repeat(20), new HeadLimits(100, 20, 9)))
                .isEqualTo(new TooLarge(Limit.FIELD_OCTETS, 20));
        assertThat(head("A: b\nC: d\n\n", new HeadLimits(11, 6, 2))).isInstanceOf(Read.class);
    }

    @Test
    void aHeadWithoutEndIsNotHeldInMemory() throws IOException {
        var endless = new EndlessLine();
        assertThat(new MessageReader(endless, HeadLimits.DEFAULTS).head())
                .isEqualTo(new TooLarge(Limit.FIELD_OCTETS, HeadLimits.DEFAULT_MAX_FIELD_OCTETS));
        assertThat(endless.octets).isLessThan(2L * HeadLimits.DEFAULT_MAX_FIELD_OCTETS);
    }

    @Test
    void theDefaultLimits() {
        assertThat(HeadLimits.DEFAULTS).isEqualTo(new HeadLimits(1_048_576, 102_400, 1_000));
    }

    @Test
    void aHeadFromElsewhereIsMeasuredAlike() {
        var head = new MessageHead(List.of(HeaderField.of("A", "b"), HeaderField.of("C", "d")));
        assertThat(new HeadLimits(12, 6, 2).brokenBy(head)).isEmpty();
        assertThat(new HeadLimits(11, 6, 2).brokenBy(head)).contains(Limit.HEAD_OCTETS);
        assertThat(new HeadLimits(12, 5, 2).brokenBy(head)).contains(Limit.FIELD_OCTETS);
        assertThat(new HeadLimits(12, 6, 1).brokenBy(head)).contains(Limit.FIELDS);
    }

    @Test
    void theBodyComesOnce() throws IOException {
        var reader = reader("A: b\n\nc\n", HeadLimits.DEFAULTS);
        BodySink nowhere = (_, _, _) -> {};
        assertThatIllegalStateException().isThrownBy(() -> reader.body(nowhere));
        assertThat(reader.head()).isInstanceOf(Read.class);
        assertThat(reader.body(nowhere)).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> reader.body(nowhere));
    }

    /// The body is the same wherever the reader's buffer happens to end.
    @Test
    void lineEndsOnTheEdgeOfTheBuffer() throws IOException {
        for (int length = 16_370; length < 16_390; length++) {
            String body = "x".repeat(length) + "\n\r\ny\r\n\n";
            assertThat(read("A: b\n\n" + body, HeadLimits.DEFAULTS).body())
                    .isEqualTo("x".repeat(length) + "\r\n\r\ny\r\n\r\n");
        }
    }

    @Test
    void anMboxComesApart() throws IOException {
        String mbox =
                """
                From a@example.com Thu Jan  1 00:00:00 1970
                Subject: one

                first
                From here on it is text
                >From a quoted line
                >>From twice

                From b@example.com Thu Jan  1 00:00:00 1970
                Subject: two

                second

                """;
        var reader = new MboxReader(in(mbox));
        var first = read(reader.next().orElseThrow());
        assertThat(first.fields()).containsExactly("Subject: one");
        assertThat(first.body())
                .isEqualTo(
                        "first\r\nFrom here on it is text\r\nFrom a quoted line\r\n>From twice\r\n");
        var second = read(reader.next().orElseThrow());
        assertThat(second.fields()).containsExactly("Subject: two");
        assertThat(second.body()).isEqualTo("second\r\n");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void quotesOfAnMboxAreTakenOffUpToALimit() throws IOException {
        String most = ">".repeat(MboxReader.MAX_QUOTES) + "From a\n";
        var reader = new MboxReader(in("From x\nA: 1\n\n" + most + ">" + most));
        assertThat(new String(reader.next().orElseThrow().readAllBytes(), ISO_8859_1))
                .isEqualTo("A: 1\n\n" + most.substring(1) + ">" + most);
    }

    @Test
    void aMessageOfAnMboxNeedNotBeReadToItsEnd() throws IOException {
        var reader = new MboxReader(in("From a\nA: 1\n\nx\n\nFrom b\nA: 2\n\ny\n"));
        reader.next();
        assertThat(read(reader.next().orElseThrow()).fields()).containsExactly("A: 2");
        assertThat(new MboxReader(in("")).next()).isEmpty();
    }

    private static final class EndlessLine extends InputStream {
        private long octets;

        @Override
        public int read() {
            octets++;
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) 'x');
            octets += length;
            return length;
        }
    }

    record Message(List<String> fields, End end, String body) {}

    private static Message read(String text, HeadLimits limits) throws IOException {
        return read(reader(text, limits));
    }

    private static Message read(InputStream in) throws IOException {
        return read(new MessageReader(in, HeadLimits.DEFAULTS));
    }

    private static Message read(MessageReader reader) throws IOException {
        if (!(reader.head() instanceof Read(var head, var end))) {
            throw new AssertionError("a limit broke");
        }
        var body = new ByteArrayOutputStream();
        reader.body(body::write);
        var fields =
                head.fields().stream().map(field -> new String(field.raw(), ISO_8859_1)).toList();
        return new Message(fields, end, body.toString(ISO_8859_1));
    }

    private static HeadReading head(String text, HeadLimits limits) throws IOException {
        return reader(text, limits).head();
    }

    private static MessageReader reader(String text, HeadLimits limits) {
        return new MessageReader(in(text), limits);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }
}
