package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tayori.embedded.Sample.NOW;
import static tayori.embedded.Sample.RULES;
import static tayori.embedded.Sample.batch;
import static tayori.embedded.Sample.messages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.reputation.Evidence;

/// The engine on a disk that fails: it refuses clearly, goes on reading, and nothing counts twice.
class EngineFaultsTest {
    private final Path directory;
    private final FaultyDisk disk = new FaultyDisk();
    private final Sample.Clock clock = new Sample.Clock();

    EngineFaultsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private EmbeddedEngine open(EmbeddedOptions options) throws IOException {
        return EmbeddedEngine.open(directory, options, RULES, clock, disk);
    }

    private void sql(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve(Database.REPUTATION));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aFullLogRefusesAndReadsGoOn() throws IOException {
        try (var engine = open(Sample.OPTIONS)) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            disk.room.set(20);
            assertThatThrownBy(() -> engine.accept(batch("2", messages("a.example", 10, NOW))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left");
            assertThat(countOfA(engine)).isEqualTo(1);
            assertThat(engine.statistics().refused()).isEqualTo(1);
            engine.accept(
                    batch("1", messages("a.example", 1, NOW))); // known: nothing need be written
            disk.room.set(Long.MAX_VALUE);
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            assertThat(countOfA(engine)).isEqualTo(11);
        }
        try (var engine = open(Sample.OPTIONS)) {
            assertThat(countOfA(engine)).isEqualTo(11);
        }
    }

    /// The refused batch may be on the disk all the same; handed in again it counts once.
    @Test
    void aBatchRefusedByAFailingForceCountsOnceWhenItComesAgain() throws IOException {
        try (var engine = open(Sample.OPTIONS)) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            disk.forceFails = true;
            assertThatThrownBy(() -> engine.accept(batch("2", messages("a.example", 10, NOW))))
                    .isInstanceOf(IOException.class);
            disk.forceFails = false;
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            assertThat(countOfA(engine)).isEqualTo(11);
        }
        try (var engine = open(Sample.OPTIONS)) {
            assertThat(countOfA(engine)).isEqualTo(11);
        }
    }

    @Test
    void aDiskThatIsNearlyFullRefusesBeforeItIs() throws IOException {
        try (var engine = open(EmbeddedOptions.DEFAULTS)) {
            disk.usable = EmbeddedOptions.DEFAULTS.minFreeOctets() - 1;
            assertThatThrownBy(() -> engine.accept(batch("1", messages("a.example", 1, NOW))))
                    .hasMessage(
                            "only 134217727 octets are free on the disk; 134217728 are kept for what was accepted");
            disk.usable = EmbeddedOptions.DEFAULTS.minFreeOctets();
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            assertThat(countOfA(engine)).isEqualTo(1);
        }
    }

    /// Another process holds the database: checkpoints fail, evidence is accepted as long as there is room for it, and the next
    /// checkpoint brings everything.
    @Test
    void whatAFailedCheckpointShouldHaveBroughtTheNextOneBrings() throws Exception {
        try (var engine = open(Sample.OPTIONS)) {
            var table = new Sample.Table();
            engine.publishTo(table);
            engine.accept(batch("1", messages("a.example", 1, NOW), messages("b.example", 3, NOW)));
            engine.checkpoint();
            sql(
                    "CREATE TRIGGER full BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'database is full'); END");
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            await().until(() -> engine.statistics().unscored() == 0);
            assertThatThrownBy(engine::checkpoint)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("database is full");
            engine.accept(batch("3", messages("a.example", 100, NOW)));
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            assertThat(countOfA(engine)).isEqualTo(111);
            assertThatThrownBy(engine::checkpoint).isInstanceOf(IOException.class);
            assertThat(engine.statistics().failedCheckpoints()).isEqualTo(2);
            sql("DROP TRIGGER full");
            engine.checkpoint();
            try (var reader = EmbeddedEngine.openReadOnly(directory, RULES)) {
                assertThat(countOfA(reader)).isEqualTo(111);
                assertThat(Sample.messages(reader, "b.example")).isEqualTo(3);
            }
        }
        try (var engine = open(Sample.OPTIONS)) {
            engine.accept(batch("3", messages("a.example", 100, NOW)));
            assertThat(countOfA(engine)).isEqualTo(111);
        }
    }

    @Test
    void withoutCheckpointsTheMemoryIsBounded() throws Exception {
        open(Sample.OPTIONS).close();
        sql(
                "CREATE TRIGGER full BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'database is full'); END");
        try (var engine = open(Sample.options(3, Duration.ofDays(1)))) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 1_000; i++) {
                                    engine.accept(batch("" + i, messages(i + ".example", 1, NOW)));
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("too much waits for the database")
                    .hasMessageContaining("database is full");
            assertThat(engine.statistics().dirtySubjects()).isLessThan(10);
            sql("DROP TRIGGER full");
            await().ignoreExceptions()
                    .until(() -> {
                        engine.accept(batch("last", messages("a.example", 1, NOW)));
                        return true;
                    });
            assertThat(countOfA(engine)).isEqualTo(1);
        }
    }

    /// Evidence that cannot be added to what is stored is skipped, and nothing is written over that.
    @Test
    void aDamagedStateHurtsNobodyElse() throws Exception {
        try (var engine = open(Sample.OPTIONS)) {
            engine.accept(batch("1", messages("a.example", 1, NOW), messages("b.example", 1, NOW)));
        }
        sql("UPDATE state SET dkim = x'77' WHERE subject = 'a.example'");
        try (var engine = open(Sample.OPTIONS)) {
            engine.publishTo(new Sample.Table());
            engine.accept(batch("2", messages("a.example", 1, NOW), messages("b.example", 1, NOW)));
            assertThat(Sample.messages(engine, "b.example")).isEqualTo(2);
            assertThat(engine.statistics().skipped()).isEqualTo(1);
            assertThatThrownBy(() -> engine.statesOf("a.example"))
                    .hasMessageContaining("what is stored of a.example cannot be read");
            await().until(() -> engine.statistics().unscored() == 0);
            engine.checkpoint();
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        open(Sample.OPTIONS).close();
        sql("INSERT INTO schema_version VALUES (2)");
        assertThatThrownBy(() -> open(Sample.OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the database has schema version 2, this program knows versions up to 1: use a newer program");
        assertThatThrownBy(() -> EmbeddedEngine.openReadOnly(directory, RULES))
                .hasMessageContaining("schema version 2");
    }

    @Test
    void whatIsDeletedIsGivenBackToTheFileSystem() throws IOException {
        try (var engine = open(Sample.OPTIONS)) {
            for (int i = 0; i < 50; i++) {
                var evidence = new Evidence[100];
                for (int k = 0; k < 100; k++) {
                    evidence[k] = messages(i + "-" + k + ".example", 1, NOW);
                }
                engine.accept(batch("" + i, evidence));
            }
        }
        long full = Files.size(directory.resolve(Database.REPUTATION));
        clock.pass(Duration.ofDays(61));
        try (var engine = open(Sample.OPTIONS)) {
            engine.checkpoint();
        }
        assertThat(Files.size(directory.resolve(Database.REPUTATION))).isLessThan(full / 2);
    }

    private static long countOfA(ReputationReader reader) throws IOException {
        return Sample.messages(reader, "a.example");
    }
}
