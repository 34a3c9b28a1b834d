package tayori.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.mime.MimeLimits.Limit;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;

class MimeReaderTest {
    /// Small, so that each can be broken alone.
    private static final MimeLimits LIMITS = new MimeLimits(2_000, 3, 4, 5, 400);

    private static MimeReading read(String text) {
        return MimeReader.read(text.getBytes(ISO_8859_1), LIMITS);
    }

    private static MimePart message(String text) {
        return ((Read) MimeReader.read(text.getBytes(UTF_8), MimeLimits.DEFAULTS)).message();
    }

    private static String multipart(String boundary, String... parts) {
        return "Content-Type: multipart/mixed; boundary=\"%s\"\n\n".formatted(boundary)
                + java.util.Arrays.stream(parts)
                        .map(part -> "--" + boundary + "\n" + part + "\n")
                        .collect(Collectors.joining())
                + "--"
                + boundary
                + "--\n";
    }

    private static String nested(int levels) {
        var text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        return text.append("\nx\n").toString();
    }

    @Test
    void eachLimitRefusesTheWholeMessage() {
        assertThat(read("a: b\n\n" + "x".repeat(2_000))).isEqualTo(refused(Limit.OCTETS));
        var shallow = new MimeLimits(2_000, 2, 4, 5, 400);
        assertThat(MimeReader.read(nested(3).getBytes(ISO_8859_1), shallow))
                .isEqualTo(new Refused(Limit.DEPTH, 2));
        assertThat(MimeReader.read(nested(2).getBytes(ISO_8859_1), shallow))
                .isInstanceOf(Read.class);
        assertThat(read(multipart("b", "\n1", "\n2", "\n3", "\n4")))
                .isEqualTo(refused(Limit.PARTS));
        assertThat(read(multipart("b", "\n1", "\n2", "\n3"))).isInstanceOf(Read.class);
        assertThat(read("a: 1\n".repeat(6))).isEqualTo(refused(Limit.FIELDS));
        assertThat(read("a: 1\n".repeat(5))).isInstanceOf(Read.class);
        assertThat(read("a: " + "x".repeat(400))).isEqualTo(refused(Limit.HEAD_OCTETS));
    }

    private static Refused refused(Limit limit) {
        return new Refused(limit, LIMITS.valueOf(limit));
    }

    @Test
    void fiveThousandNestedMultipartsAreRefusedAtTheHundredth() {
        byte[] octets = nested(5_000).getBytes(ISO_8859_1);
        // A bound against loops, not a measurement.
        var reading =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> MimeReader.read(octets, MimeLimits.DEFAULTS));
        assertThat(reading).isEqualTo(new Refused(Limit.DEPTH, MimeLimits.DEFAULT_MAX_DEPTH));
    }

    /// What a stranger packed into the mail that is complained of must not hide the complaint.
    @Test
    void aQuotedMailIsOnlyReadWhenAskedFor() {
        var message =
                message(
                        multipart(
                                "r", "\nhello", "Content-Type: message/rfc822\n\n" + nested(500)));
        assertThat(message.parts()).hasSize(2);
        assertThat(message.parts().get(1).contentAsFields().size()).isEqualTo(1);
        assertThat(message.parts().get(1).message())
                .contains(new Refused(Limit.DEPTH, MimeLimits.DEFAULT_MAX_DEPTH));
    }

    @ParameterizedTest(name = "RFC 2046 §5.1.1  boundary {0}, line {1}: {2} parts")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    b     | --b          | 2
                    b     | --b \t       | 2
                    b     | --bb         | 1
                    b     | --b--x       | 1
                    b     | '- -b'       | 1
                    b:c   | --b:c        | 2
                    'a b' | --a b        | 2
                    """)
    void delimiters(String boundary, String line, int parts) {
        String text =
                "Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\nx: y\n%s\nz: 1\n\n"
                        .formatted(boundary, boundary, line);
        assertThat(message(text).parts()).hasSize(parts);
    }

    @Test
    void theLineEndBeforeADelimiterIsNotContent() {
        var part =
                message(multipart("b", "Content-Type: text/plain\n\nHello.\n")).parts().getFirst();
        assertThat(part.text()).isEqualTo("Hello.\n");
        var crlf = message(multipart("b", "\nHello.").replace("\n", "\r\n")).parts().getFirst();
        assertThat(crlf.text()).isEqualTo("Hello.");
    }

    @ParameterizedTest(name = "RFC 2045 §6  {0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    base64           | SGVs bG8u        | Hello.
                    base64           | SGVs*bG8u=trash  | Hello.
                    base64           | SGU=             | He
                    quoted-printable | H=65llo=2E       | Hello.
                    quoted-printable | a=ZZb=           | a=ZZb
                    QUOTED-PRINTABLE | caf=C3=A9        | café
                    x-unknown        | SGVsbG8u         | SGVsbG8u
                    """)
    void transferEncodings(String encoding, String encoded, String text) {
        var part = message("Content-Transfer-Encoding: " + encoding + "\n\n" + encoded);
        assertThat(part.text()).isEqualTo(text);
    }

    @ParameterizedTest(name = "RFC 2045 §5.1  {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text/plain                                    | text/plain       | ''
                    Multipart/Mixed; boundary="a;b"               | multipart/mixed  | a;b
                    multipart/mixed;; boundary=a=b_c              | multipart/mixed  | a=b_c
                    multipart/mixed (x(y)); (z) boundary = "q\\"r" | multipart/mixed  | q"r
                    multipart/mixed; boundary=one; boundary=two   | multipart/mixed  | one
                    multipart/mixed; boundary="open               | multipart/mixed  | open
                    text                                          | text/plain       | ''
                    /plain                                        | text/plain       | ''
                    """)
    void mediaTypes(String value, String type, String boundary) {
        var read = MediaType.parse(value).orElse(MediaType.TEXT_PLAIN);
        assertThat(read.type() + "/" + read.subtype()).isEqualTo(type);
        assertThat(read.parameter("boundary").orElse("")).isEqualTo(boundary);
    }

    @Test
    void manyParametersAreNotTaken() {
        String value =
                "a/b"
                        + java.util.stream.IntStream.range(0, 1_000)
                                .mapToObj(i -> "; p" + i + "=v")
                                .collect(Collectors.joining());
        assertThat(MediaType.parse(value).orElseThrow().parameters())
                .hasSize(MediaType.MAX_PARAMETERS);
    }

    @Test
    void aBoundaryLongerThanALineIsNone() {
        String boundary = "b".repeat(MimeReader.MAX_BOUNDARY_OCTETS + 1);
        assertThat(message(multipart(boundary, "\nx")).parts()).isEmpty();
        assertThat(message(multipart(boundary.substring(1), "\nx")).parts()).hasSize(1);
    }

    @ParameterizedTest(name = "RFC 5322 §3.3  {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Fri, 21 Nov 1997 09:55:06 -0600         | 1997-11-21T15:55:06Z
                    21 Nov 97 09:55:06 GMT                  | 1997-11-21T09:55:06Z
                    Thu,    13  Feb 1969 23:32 -0330 (NST)  | 1969-02-14T03:02:00Z
                    Tue, 4 Aug 2026 10:00:00 +0900          | 2026-08-04T01:00:00Z
                    Wed, 14 Apr 2010 12:15:31 PDT           | 2010-04-14T19:15:31Z
                    31 Feb 2020 00:00:00 +0000              | none
                    1 Jan 2020 00:00:60 +0000               | 2020-01-01T00:00:59Z
                    yesterday                               | none
                    ''                                      | none
                    """)
    void dates(String text, String instant) {
        assertThat(MailDate.parse(text).map(Object::toString).orElse("none")).isEqualTo(instant);
    }

    @Test
    void aDateIsReadAsItIsWritten() {
        var date = java.time.Instant.parse("2026-11-02T03:04:05Z");
        assertThat(MailDate.write(date)).isEqualTo("Mon, 2 Nov 2026 03:04:05 +0000");
        assertThat(MailDate.parse(MailDate.write(date))).contains(date);
        assertThat(MailDate.parse("1".repeat(MailDate.MAX_LENGTH + 1))).isEmpty();
    }

    @ParameterizedTest(name = "RFC 2047  {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    =?UTF-8?B?5L6/44KK?=                     | 便り
                    =?iso-8859-1?q?caf=E9_au?= lait          | café au lait
                    =?utf-8?q?a?= =?utf-8?q?b?=              | ab
                    =?utf-8*en?q?a?= b                       | a b
                    =?utf-8?x                                | =?utf-8?x
                    =?utf-8?zz?a?=                           | =?utf-8?zz?a?=
                    """)
    void encodedWords(String value, String text) {
        assertThat(EncodedWords.decode(value)).isEqualTo(text);
    }

    @Test
    void moreEncodedWordsThanALineHoldsStayAsTheyAre() {
        String many = "=?utf-8?q?a?=".repeat(EncodedWords.MAX_WORDS + 1);
        assertThat(EncodedWords.decode(many))
                .isEqualTo("a".repeat(EncodedWords.MAX_WORDS) + "=?utf-8?q?a?=");
    }

    @Test
    void nothingOfAMailStandsInItsDescription() {
        var message = message("To: reader@example.com\n\nsecret");
        assertThat(message + " " + message.head()).doesNotContain("reader", "secret");
    }

    @Test
    void mailboxLinesOnTopAreNoPartOfTheMessage() {
        var message = message("From a@b Mon Nov 2\n>From c@d Mon Nov 2\nSubject: x\n\n.");
        assertThat(message.head().first("Subject")).contains("x");
    }
}
