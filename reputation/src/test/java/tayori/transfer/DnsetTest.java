package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.publication.ImportedEntry;
import tayori.publication.ImportedList;
import tayori.publication.WireName;

/// Files for rbldnsd: what is written, and what is read.
class DnsetTest {
    private static final DnsetOptions OPTIONS = new DnsetOptions(300, Duration.ofHours(6));

    private final Clock clock = new Clock();
    private final ListZone zone = new ListZone(clock, 1, 10_000);

    private final Path folder;

    DnsetTest(@TempDir Path folder) {
        this.folder = folder;
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
        zone.list("one.example", 2, "reported by many");
        zone.listWithSubdomains("org.example", 4, "all: of it");
        export();
        var list = ImportedList.readDnset(folder.resolve("dbl"));
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.skipped()).isZero();
        assertThat(list.ttl()).contains(Duration.ofMinutes(5));
        assertThat(list.expires()).contains(clock.instant().plus(OPTIONS.goodFor()));
        var entry = new ImportedEntry();
        var name = new WireName();
        assertThat(named(name, "one.example")).isTrue();
        assertThat(list.find(name, name.labels(), entry)).isTrue();
        assertThat(entry.textForPeople()).isEqualTo("reported by many");
        assertThat(named(name, "www.one.example")).isTrue();
        assertThat(list.find(name, name.labels(), entry)).isFalse();
        assertThat(named(name, "mail.org.example")).isTrue();
        assertThat(list.find(name, name.labels(), entry)).isTrue();
        assertThat(entry.textForPeople()).isEqualTo("all: of it");
    }

    private static boolean named(WireName name, String text) {
        boolean set = name.set(text);
        name.hash(0, name.labels());
        return set;
    }
}
