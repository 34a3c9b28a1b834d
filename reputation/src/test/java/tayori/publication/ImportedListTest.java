package tayori.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedListTest {
    private static final String DNSET =
            """
            # a comment
            ; another
            $SOA 3600 ns.example h.example 1 600 300 86400 300
            $NS 3600 ns.example
            $TTL 10m
            $TIMESTAMP 2026:09:21:14:13:20 +2d
            $1 https://list.example/
            plain.example
            :127.0.0.4:see $1$
            default.example
            short.example :5:five
            whole.example :127.0.1.9:nine
            text.example only words
            .wide.example :6:
            *.below.example :7:seven
            !good.wide.example
            dotted.example. :8:eight
              indented.example :9:nine
            """;

    private static ImportedList dnset(String text) throws IOException {
        return ListFiles.dnset(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String find(ImportedList list, String name) {
        var wire = new WireName();
        var entry = new ImportedEntry();
        wire.set(name);
        wire.hash(0, wire.labels());
        if (list.find(wire, wire.labels(), entry)) {
            return "127.%d.%d.%d %s"
                    .formatted(
                            entry.address() >>> 16 & 0xff,
                            entry.address() >>> 8 & 0xff,
                            entry.address() & 0xff,
                            entry.textForPeople());
        }
        return list.anyBelow(wire, wire.labels()) ? "something below" : "nothing";
    }

    @ParameterizedTest(name = "rbldnsd(8) dnset: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    plain.example        | '127.0.0.2 '
                    sub.plain.example    | nothing
                    default.example      | 127.0.0.4 see https://list.example/$
                    short.example        | 127.0.0.5 five
                    whole.example        | 127.0.1.9 nine
                    text.example         | 127.0.0.4 only words
                    wide.example         | 127.0.0.6 see https://list.example/$
                    a.b.wide.example     | 127.0.0.6 see https://list.example/$
                    good.wide.example    | nothing
                    x.good.wide.example  | nothing
                    below.example        | something below
                    x.below.example      | 127.0.0.7 seven
                    dotted.example       | 127.0.0.8 eight
                    indented.example     | 127.0.0.9 nine
                    example              | something below
                    other.example        | nothing
                    """)
    void dnsetFiles(String name, String expected) throws IOException {
        assertThat(find(dnset(DNSET), name)).isEqualTo(expected);
    }

    @Test
    void whatADnsetSaysOfItself() throws IOException {
        var list = dnset(DNSET);
        assertThat(list.size()).isEqualTo(10);
        assertThat(list.skipped()).isZero();
        assertThat(list.ttl()).contains(Duration.ofMinutes(10));
        assertThat(list.expires()).contains(Instant.ofEpochSecond(1_790_000_000L + 172_800));
    }

    @ParameterizedTest(name = "left out: {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bad..example
                    a.example :1.2.3.4:elsewhere
                    a.example :256:too much
                    a.example :x:no number
                    $UNKNOWN directive
                    $TTL soon
                    """)
    void linesThatAreNone(String line) throws IOException {
        var list = dnset(line + "\ngood.example :2:x\n");
        assertThat(list.skipped()).isEqualTo(1);
        assertThat(list.size()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.example  | 127.0.0.2 score=10; $x
                    B.example  | '127.0.1.3 '
                    c.example  | nothing
                    d.example  | nothing
                    """)
    void tsvFiles(String name, String expected) throws IOException {
        var list =
                ListFiles.tsv(
                        "a.example\t127.0.0.2\tscore=10; $x\r\nb.example\t127.0.1.3\nc.example\nd.example\t10.0.0.1\tx"
                                .getBytes(StandardCharsets.US_ASCII));
        assertThat(find(list, name)).isEqualTo(expected);
        assertThat(list.skipped()).isEqualTo(2);
    }

    @Test
    void aLineBeyondTheLimitIsLeftOutAndTheNextOneRead() throws IOException {
        for (int length : new int[] {ListReader.MAX_LINE + 1, 300_000, 600_000}) {
            var list = dnset("x".repeat(length) + "\nafter.example\n");
            assertThat(list.size()).isEqualTo(1);
            assertThat(find(list, "after.example")).startsWith("127.0.0.2");
        }
    }

    @Test
    void aTextBeyondOneStringIsCut() throws IOException {
        assertThat(find(dnset("a.example :2:" + "y".repeat(400)), "a.example"))
                .hasSize("127.0.0.2 ".length() + ListReader.MAX_TEXT);
    }

    /// rbldnsd needs 62 octets.
    @Test
    void manyNamesTakeFewOctets() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            text.append("some-domain").append(i).append(".com :2:listed\n");
        }
        var list = dnset(text.toString());
        assertThat(list.size()).isEqualTo(300_000);
        assertThat((double) list.bytes() / list.size()).isLessThanOrEqualTo(62);
    }

    @ParameterizedTest(name = "rbldnsd(8) $TIMESTAMP {0} ends at {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2026:11:22:21:00:00 +1d12h | 2026-11-24T09:00:00Z
                    20261122 +30               | 2026-11-22T00:00:30Z
                    2026-11-22:21 2026:11:23   | 2026-11-23T00:00:00Z
                    0 2026:11:23               | 2026-11-23T00:00:00Z
                    2026:11:22 -               | never
                    2026:11:22                 | never
                    2026:02:31                 | a wrong line
                    0 +1d                      | a wrong line
                    2026:11:22 +1y             | a wrong line
                    2026:11:22 2026:11:23 more | a wrong line
                    """)
    void timestamps(String line, String end) throws IOException {
        var list = dnset("$TIMESTAMP " + line + "\na.example\n");
        assertThat(
                        list.skipped() > 0
                                ? "a wrong line"
                                : list.expires().map(Object::toString).orElse("never"))
                .isEqualTo(end);
    }
}
