package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files for rbldnsd: what is written, and what is read.
class DnsetTest {
    private static final DnsetOptions OPTIONS = new DnsetOptions(300, Duration.ofHours(6));

    private final Clock clock = new Clock();
    private final ListZone zone = new ListZone(clock, 1, 10_000);

    private final Path folder;

    DnsetTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static DnsetReader.Contents read(String text, List<DnsetReader.Entry> entries)
            throws IOException {
        return DnsetReader.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), entries::add);
    }

    private String export() throws IOException {
        DnsetExport.write(folder.resolve("dbl"), zone.snapshot(), OPTIONS, clock.instant());
        return Files.readString(folder.resolve("dbl"));
    }

    @Test
    void aWholeFile() throws IOException {
        zone.list("one.example", 2, "reported: see https://rep.example/?q=1");
        zone.listWithSubdomains("org.example", 4, "phishing");
        zone.list("test", 2, "costs $5");
        zone.put("bare.example", List.of(ListZone.a("bare.example", 5)));
        assertThat(export())
                .isEqualTo(
                        """
                        $SOA 3600 ns.rep.example postmaster.rep.example 1795381200 600 300 86400 300
                        $NS 3600 ns.rep.example
                        $TTL 300
                        $TIMESTAMP 2026:11:22:21:00:00 2026:11:23:03:00:00
                        bare.example :127.0.1.5:
                        one.example :127.0.1.2:reported: see https://rep.example/?q=1
                        .org.example :127.0.1.4:phishing
                        test :127.0.1.2:costs $$5
                        """);
    }

    @Test
    void theSameZoneGivesTheSameOctets() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            zone.list("n" + i + ".example", 2, "text");
        }
        String first = export();
        assertThat(export()).isEqualTo(first);
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing but the file is left").hasSize(1);
        }
    }

    @Test
    void aWildcardThatSaysOtherThingsStandsAlone() throws IOException {
        zone.put(
                "a.example",
                List.of(
                        ListZone.a("a.example", 2),
                        ListZone.a("a.example", 4),
                        ListZone.a("*.a.example", 5)));
        zone.put("*.b.example", List.of(ListZone.a("*.b.example", 2)));
        assertThat(export().lines().skip(4))
                .containsExactly(
                        "*.b.example :127.0.1.2:",
                        "a.example :127.0.1.2:",
                        "a.example :127.0.1.4:",
                        "*.a.example :127.0.1.5:");
    }

    @Test
    void whatCannotBeSaidIsCounted() throws IOException {
        zone.put("a._vouch", List.of(ZoneRecord.txt("a._vouch", 300, "all")));
        zone.put("a b.example", List.of(ListZone.a("a b.example", 2)));
        zone.put("#.example", List.of(ListZone.a("#.example", 2)));
        zone.list("good.example", 2, "two\nlines é");
        var written =
                DnsetExport.write(folder.resolve("dbl"), zone.snapshot(), OPTIONS, clock.instant());
        assertThat(written.entries()).isEqualTo(1);
        assertThat(written.leftOut()).isEqualTo(3);
        assertThat(written.octets()).isEqualTo(Files.size(folder.resolve("dbl")));
        assertThat(Files.readString(folder.resolve("dbl")))
                .endsWith("\ngood.example :127.0.1.2:two lines ?\n");
    }

    @Test
    void aFailureLeavesTheFormerFile() throws IOException {
        zone.list("one.example", 2, "one");
        String before = export();
        var whole = zone.snapshot();
        var breaking =
                new ZoneSource.Snapshot() {
                    @Override
                    public Soa soa() {
                        return whole.soa();
                    }

                    @Override
                    public void forEach(ZoneSource.RecordSink sink) throws IOException {
                        whole.forEach(sink);
                        throw new IOException("disk");
                    }
                };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        DnsetExport.write(
                                folder.resolve("dbl"), breaking, OPTIONS, clock.instant()));
        assertThat(Files.readString(folder.resolve("dbl"))).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        zone.list("one.example", 2, "one $ and $$");
        zone.listWithSubdomains("org.example", 4, "all: of it");
        var entries = new ArrayList<DnsetReader.Entry>();
        var contents = read(export(), entries);
        assertThat(contents.soa()).contains(zone.soa());
        assertThat(contents.nameServers()).hasToString("[ns.rep.example]");
        assertThat(contents.ttl()).isEqualTo(300);
        assertThat(contents.timestamp()).contains(clock.instant());
        assertThat(contents.problems()).isEmpty();
        assertThat(contents.whole()).isTrue();
        assertThat(contents.isStale(clock.instant())).isFalse();
        assertThat(contents.isStale(clock.instant().plus(Duration.ofHours(7)))).isTrue();
        assertThat(contents.isStale(clock.instant().minusSeconds(1))).as("future").isTrue();
        assertThat(entries.stream().map(Object::toString))
                .containsExactly(
                        "Entry[name=one.example, itself=true, below=false, excluded=false,"
                                + " address=2130706690, text=one $ and $$]",
                        "Entry[name=org.example, itself=true, below=true, excluded=false,"
                                + " address=2130706692, text=all: of it]");
    }

    @ParameterizedTest(name = "rbldnsd(8): {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.example                    | a.example itself 127.0.0.9 default a.example
                    *.a.example                  | a.example below 127.0.0.9 default a.example
                    .a.example                   | a.example itself below 127.0.0.9 default a.example
                    !b.a.example                 | b.a.example itself excluded 127.0.0.9 default b.a.example
                    a.example :5                 | a.example itself 127.0.0.5 default a.example
                    a.example :6:                | a.example itself 127.0.0.6
                    a.example :127.0.1.4:x:y $$1 | a.example itself 127.0.1.4 x:y $1
                    a.example ::text             | a.example itself 127.0.0.9 text
                    a.example text $             | a.example itself 127.0.0.9 text a.example
                    a.example # comment          | a.example itself 127.0.0.9 default a.example
                    A.Example.                   | a.example itself 127.0.0.9 default a.example
                    """)
    void entries(String line, String expected) throws IOException {
        var entries = new ArrayList<DnsetReader.Entry>();
        assertThat(read("# list\n:9:default $\n\n" + line, entries).problems()).isEmpty();
        var entry = entries.getFirst();
        assertThat(
                        (entry.name()
                                        + (entry.itself() ? " itself" : "")
                                        + (entry.below() ? " below" : "")
                                        + (entry.excluded() ? " excluded" : "")
                                        + " "
                                        + Dnset.address(entry.address())
                                        + " "
                                        + entry.text())
                                .strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a..example           | 'a..example'; a domain name expected
                    a.example :300:x     | '300'; an address such as 127.0.0.2 or 2 expected
                    a.example :1.2.3:x   | '1.2.3'; an address such as 127.0.0.2 or 2 expected
                    a.example :1.2.3.4.:x | '1.2.3.4.'; an address such as 127.0.0.2 or 2 expected
                    :x:                  | 'x'; an address such as 127.0.0.2 or 2 expected
                    $TTL                 | $TTL; a time such as 300 or 5m expected
                    $TTL 5y              | $TTL; a time such as 300 or 5m expected
                    $TTL 9999999999      | $TTL; a time such as 300 or 5m expected
                    $NS 300              | $NS; a ttl and names of servers expected
                    $SOA 1 a b 1 2 3 4   | $SOA; ttl, server, mailbox, serial, refresh, retry, expire, minimum expected
                    $TIMESTAMP 2026:02:30 | $TIMESTAMP; yyyy:mm:dd:hh:mi:ss twice, the second one may be +time, expected
                    $TIMESTAMP 0 +6h     | $TIMESTAMP; yyyy:mm:dd:hh:mi:ss twice, the second one may be +time, expected
                    $MAXRANGE4 /24       | $'MAXRANGE4'; $SOA, $NS, $TTL or $TIMESTAMP expected
                    """)
    void aWrongLineIsNamedAndPassedOver(String line, String wrong) throws IOException {
        var entries = new ArrayList<DnsetReader.Entry>();
        var contents = read("one.example\n" + line + "\ntwo.example\n", entries);
        assertThat(contents.problems()).containsExactly(new DnsetReader.Problem(2, wrong));
        assertThat(entries).hasSize(2);
    }

    @ParameterizedTest(name = "$TIMESTAMP {0} {1} ends at {2}")
    @CsvSource({
        "2026:11:22:21:00:00, +1d12h, 2026-11-24T09:00:00Z",
        "20261122, +30, 2026-11-22T00:00:30Z",
        "2026-11-22:21, 2026:11:23, 2026-11-23T00:00:00Z",
        "0, 2026:11:23, 2026-11-23T00:00:00Z",
        "2026:11:22, -, ",
        "2026:11:22, '', ",
    })
    void timestamps(String from, String to, String end) throws IOException {
        var contents = read("$TIMESTAMP " + from + " " + to, new ArrayList<>());
        assertThat(contents.problems()).isEmpty();
        assertThat(contents.expires().map(Object::toString).orElse(null)).isEqualTo(end);
    }

    @Test
    void limits() throws IOException {
        var tooLong = read("a".repeat(5_000) + "\nb.example\n", new ArrayList<>());
        assertThat(tooLong.problems())
                .containsExactly(
                        new DnsetReader.Problem(1, "a line of 5000 octets; at most 1024 are read"));
        assertThat(tooLong.entries()).isEqualTo(1);
        var many = read("..\n".repeat(1_000), new ArrayList<>());
        assertThat(many.problems()).hasSize(100);
        assertThat(many.wrong()).isEqualTo(1_000);
        var cut =
                DnsetReader.read(
                        new ByteArrayInputStream(
                                "a.example\n".repeat(10).getBytes(StandardCharsets.US_ASCII)),
                        _ -> {},
                        3);
        assertThat(cut.entries()).isEqualTo(3);
        assertThat(cut.whole()).isFalse();
    }
}
