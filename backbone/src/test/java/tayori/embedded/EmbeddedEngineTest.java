package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tayori.embedded.Sample.NOW;
import static tayori.embedded.Sample.OPTIONS;
import static tayori.embedded.Sample.RULES;
import static tayori.embedded.Sample.batch;
import static tayori.embedded.Sample.batchOf;
import static tayori.embedded.Sample.complaints;
import static tayori.embedded.Sample.dkim;
import static tayori.embedded.Sample.messages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.Observation;
import tayori.reputation.Published;

class EmbeddedEngineTest {
    private final Path directory;
    private final Sample.Clock clock = new Sample.Clock();

    EmbeddedEngineTest(@TempDir Path directory) {
        this.directory = directory.resolve("reputation");
    }

    private EmbeddedEngine open() throws IOException {
        return Sample.open(directory, clock);
    }

    /// What a crash leaves: the folder as it is while an engine is at work.
    private Path crashed() throws IOException {
        var copy = directory.resolveSibling("crashed");
        Files.createDirectories(copy);
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static long messagesIn(Path directory, String domain) throws IOException {
        try (var engine = Sample.open(directory, new Sample.Clock())) {
            return messages(engine, domain);
        }
    }

    @Test
    void whatWasAcceptedIsReadAtOnce() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 7, NOW)));
            assertThat(messages(engine, "a.example")).isEqualTo(7);
            assertThat(engine.state(dkim("a.example"))).isPresent();
            assertThat(engine.state(new Identity(IdentityKind.SPF, "a.example"))).isEmpty();
            assertThat(engine.statesOf("b.example")).isEmpty();
        }
    }

    @Test
    void aStateHandedOutIsACopy() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 7, NOW)));
            var before = engine.state(dkim("a.example")).orElseThrow();
            byte[] octets = before.encode();
            engine.accept(batch("2", messages("a.example", 7, NOW)));
            assertThat(before.encode()).isEqualTo(octets);
            assertThat(engine.state(dkim("a.example")).orElseThrow().encode()).isNotEqualTo(octets);
        }
    }

    @Test
    void aBatchCountsOnceHoweverOftenItComes() throws IOException {
        try (var engine = open()) {
            for (int i = 0; i < 3; i++) {
                engine.accept(batch("1", messages("a.example", 7, NOW)));
            }
            engine.accept(batchOf("other.example", "1", messages("a.example", 1, NOW)));
            assertThat(messages(engine, "a.example")).isEqualTo(8);
            assertThat(engine.statistics().batches()).isEqualTo(2);
            assertThat(engine.statistics().duplicates()).isEqualTo(2);
        }
    }

    @Test
    void aBatchCountsOnceAcrossARestart() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (var engine = open()) {
                engine.accept(batch("1", messages("a.example", 7, NOW)));
                assertThat(messages(engine, "a.example")).isEqualTo(7);
            }
        }
    }

    @Test
    void anIdIsForgottenAfterItsTime() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 7, NOW)));
            clock.pass(OPTIONS.batchIdTime().plusMinutes(1));
            engine.checkpoint();
            assertThat(engine.statistics().batchIds()).isZero();
            engine.accept(batch("1", messages("a.example", 7, NOW)));
            var explanation = engine.explain("a.example", clock.instant()).getFirst();
            assertThat(explanation.standing().messages()).isEqualTo(14);
        }
    }

    @Test
    void afterACrashTheRestIsFoldedFromTheLog() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            engine.checkpoint();
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            engine.accept(batch("3", messages("a.example", 100, NOW)));
            assertThat(messagesIn(crashed(), "a.example")).isEqualTo(111);
        }
        assertThat(messagesIn(directory, "a.example")).isEqualTo(111);
    }

    /// Folding again as of another hour would date the undated otherwise, and make people seem slower to complain.
    @Test
    void afterACrashEvidenceIsFoldedAsOfTheHourItCameIn() throws IOException {
        try (var engine = open()) {
            engine.accept(
                    batch(
                            "1",
                            complaints("a.example", NOW.minus(Duration.ofHours(3)), 1L),
                            new Evidence(
                                    dkim("b.example"),
                                    Evidence.UNKNOWN_HOUR,
                                    Counts.of(Observation.COMPLAINTS, 1),
                                    List.of(1L))));
            var before = engine.state(dkim("b.example")).orElseThrow();
            var curve = engine.delayCurve();
            var crashed = crashed();
            clock.pass(Duration.ofHours(5));
            try (var again = Sample.open(crashed, clock)) {
                assertThat(again.state(dkim("b.example"))).contains(before);
                assertThat(again.delayCurve()).isEqualTo(curve);
                assertThat(curve.complaints()).isEqualTo(1);
            }
            try (var third = Sample.open(crashed, clock)) {
                assertThat(third.delayCurve()).isEqualTo(curve);
            }
        }
    }

    /// What comes in while a checkpoint is being written belongs to the next one.
    @Test
    void evidenceDuringCheckpointsCountsOnceAfterACrash() throws Exception {
        try (var engine =
                        EmbeddedEngine.open(
                                directory, Sample.options(50, Duration.ofMillis(1)), RULES, clock);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                int number = caller;
                done.add(
                        callers.submit(() -> {
                            for (int i = 0; i < 100; i++) {
                                var evidence = new Evidence[20];
                                for (int k = 0; k < 20; k++) {
                                    evidence[k] = messages((i + k) % 70 + ".example", 1, NOW);
                                }
                                engine.accept(batch(number + "-" + i, evidence));
                            }
                            return 0;
                        }));
            }
            for (var future : done) {
                future.get();
            }
            assertThat(engine.statistics().checkpoints()).isGreaterThan(1);
            engine.checkpoint();
            try (var again = Sample.open(crashed(), clock)) {
                long sum = 0;
                for (int i = 0; i < 70; i++) {
                    sum += messages(again, i + ".example");
                }
                assertThat(sum).isEqualTo(8 * 100 * 20);
            }
        }
    }

    @Test
    void evidenceIsPublishedWithoutBeingAskedFor() throws IOException {
        var table = new Sample.Table();
        try (var engine = open()) {
            assertThat(engine.publishTo(table)).isZero();
            engine.accept(batch("1", messages("a.example", 1_000, NOW)));
            await().until(() -> table.find("a.example").isPresent());
            assertThat(table.find("a.example").orElseThrow().withSubdomains()).isTrue();
            for (int provider = 0; provider < 4; provider++) {
                engine.accept(
                        batchOf(
                                "provider" + provider,
                                "2",
                                messages("a.example", 1_000, NOW),
                                complaints(
                                        "a.example",
                                        NOW,
                                        provider * 10L,
                                        provider * 10L + 1,
                                        provider * 10L + 2,
                                        provider * 10L + 3,
                                        provider * 10L + 4,
                                        provider * 10L + 5)));
            }
            clock.pass(Duration.ofHours(6));
            engine.accept(batch("3", messages("a.example", 1, NOW)));
            await().until(() -> table.find("a.example").flatMap(Published::listed).isPresent());
            assertThat(engine.published("a.example")).isEqualTo(table.find("a.example"));
        }
    }

    @Test
    void aRestartHandsOutWhatWasPublished() throws IOException {
        var before = new Sample.Table();
        try (var engine = open()) {
            engine.publishTo(before);
            for (int i = 0; i < 300; i++) {
                engine.accept(batch("" + i, messages(i + ".example", i + 1, NOW)));
            }
            await().until(() -> before.heard.size() == 300 && engine.statistics().unscored() == 0);
        }
        var after = new Sample.Table();
        try (var engine = open()) {
            assertThat(engine.publishTo(after)).isEqualTo(300);
            assertThat(after.heard).isEqualTo(before.heard);
        }
    }

    /// A crash between checkpoint and scoring: the database knows that something is left to do.
    @Test
    void whatWasNotScoredBeforeACrashIsScoredAfterIt() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            engine.checkpoint();
            var crashed = crashed();
            var table = new Sample.Table();
            try (var again = Sample.open(crashed, clock)) {
                assertThat(again.publishTo(table)).isZero();
                await().until(() -> table.find("a.example").isPresent());
            }
        }
    }

    @Test
    void timeAloneChangesWhatIsPublished() throws IOException {
        var table = new Sample.Table();
        try (var engine = open()) {
            engine.publishTo(table);
            engine.accept(batch("1", messages("a.example", 1_000, NOW)));
            await().until(() -> table.find("a.example").isPresent());
            var first = table.find("a.example").orElseThrow();
            engine.checkpoint();
            clock.pass(Duration.ofHours(30));
            await().until(() -> !table.find("a.example").equals(Optional.of(first)));
        }
    }

    @Test
    void whatIsIdleForLongIsForgottenAndWithdrawn() throws IOException {
        var table = new Sample.Table();
        try (var engine = open()) {
            engine.publishTo(table);
            engine.accept(batch("1", messages("a.example", 5, NOW), messages("b.example", 5, NOW)));
            await().until(() ->
                    table.find("a.example").isPresent() && table.find("b.example").isPresent());
            engine.checkpoint();
            clock.pass(Duration.ofDays(40));
            engine.accept(batch("2", messages("b.example", 5, clock.instant())));
            engine.checkpoint();
            clock.pass(Duration.ofDays(21));
            engine.checkpoint();
            await().until(() -> table.find("a.example").isEmpty());
            assertThat(engine.statesOf("a.example")).isEmpty();
            assertThat(engine.statesOf("b.example")).hasSize(1);
            engine.checkpoint();
        }
        try (var reader = EmbeddedEngine.openReadOnly(directory, RULES)) {
            assertThat(reader.list(PublishedFilter.ALL, "", 10))
                    .extracting(Published::subject)
                    .containsExactly("b.example");
        }
    }

    @Test
    void pagesAreSortedAndFiltered() throws IOException {
        try (var engine = open()) {
            engine.publishTo(new Sample.Table());
            for (var domain : List.of("c.example", "a.example", "b.example")) {
                engine.accept(batch(domain, messages(domain, 1, NOW)));
            }
            await().until(() ->
                    engine.statistics().unscored() == 0 && engine.statistics().scored() >= 3);
            engine.checkpoint();
            assertThat(engine.list(PublishedFilter.ALL, "", 2))
                    .extracting(Published::subject)
                    .containsExactly("a.example", "b.example");
            assertThat(engine.list(PublishedFilter.ALL, "b.example", 2))
                    .extracting(Published::subject)
                    .containsExactly("c.example");
            assertThat(engine.list(PublishedFilter.LISTED, "", 2)).isEmpty();
            assertThat(engine.list(PublishedFilter.WHITE, "", 2)).isEmpty();
        }
    }

    @Test
    void anotherProcessReadsWhatTheLastCheckpointWrote() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            engine.checkpoint();
            engine.accept(batch("2", messages("a.example", 10, NOW)));
            try (var reader = EmbeddedEngine.openReadOnly(directory, RULES)) {
                assertThat(messages(reader, "a.example")).isEqualTo(1);
                engine.checkpoint();
                assertThat(messages(reader, "a.example")).isEqualTo(11);
            }
        }
        try (var reader = EmbeddedEngine.openReadOnly(directory, RULES)) {
            assertThat(messages(reader, "a.example")).isEqualTo(11);
        }
        assertThatThrownBy(() -> EmbeddedEngine.openReadOnly(directory.resolve("no"), RULES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no reputation.sqlite in");
    }

    @Test
    void aSecondEngineIsToldThatTheFolderIsInUse() throws IOException {
        try (var engine = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another engine");
            assertThat(engine.statistics().batches()).isZero();
        }
        open().close();
    }

    @Test
    void nobodyElseMayRead() throws IOException {
        try (var engine = open()) {
            engine.accept(batch("1", messages("a.example", 1, NOW)));
            engine.checkpoint();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(directory)) {
                assertThat(files)
                        .hasSizeGreaterThan(3)
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aBatchBeyondTheLimitsIsABug() throws IOException {
        var options =
                new EmbeddedOptions(
                        200,
                        3,
                        1 << 20,
                        0,
                        Duration.ofDays(7),
                        100,
                        100,
                        100,
                        Duration.ofDays(1),
                        Duration.ofDays(60));
        try (var engine = EmbeddedEngine.open(directory, options, RULES, clock)) {
            var one = messages("a.example", 1, NOW);
            engine.accept(batch("1", one, one, one));
            assertThatThrownBy(() -> engine.accept(batch("2", one, one, one, one)))
                    .hasMessage("a batch of 4 pieces of evidence; 3 are taken");
            assertThatThrownBy(() -> engine.accept(batch("3", messages("a".repeat(250), 1, NOW))))
                    .hasMessageContaining("octets; 200 are taken");
            assertThatThrownBy(() -> engine.accept(batch("a".repeat(256), one)))
                    .hasMessage("the id has not 1 to 255 octets");
            assertThatThrownBy(() -> engine.accept(batch("", one))).hasMessageContaining("the id");
            assertThatThrownBy(() -> engine.accept(batchOf("あ".repeat(86), "4", one)))
                    .hasMessageContaining("the provider");
            assertThatThrownBy(() -> engine.accept(batch("5", messages("", 1, NOW))))
                    .hasMessageContaining("the subject");
            assertThat(messages(engine, "a.example")).isEqualTo(3);
        }
    }

    @Test
    void afterItsEndItRefuses() throws IOException {
        var engine = open();
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.accept(batch("1", messages("a.example", 1, NOW))))
                .isInstanceOf(IOException.class)
                .hasMessage("the engine is closed");
    }

    @Test
    void aListenerThatFailsHearsTheNextAllTheSame() throws IOException {
        var table = new Sample.Table();
        try (var engine = open()) {
            engine.publishTo(
                    new PublicationListener() {
                        @Override
                        public void published(Published published) {
                            if (published.subject().equals("a.example")) {
                                throw new IllegalStateException("a table of nothing");
                            }
                            table.published(published);
                        }

                        @Override
                        public void withdrawn(String subject) {
                            table.withdrawn(subject);
                        }
                    });
            engine.accept(batch("1", messages("a.example", 1, NOW), messages("b.example", 1, NOW)));
            await().until(() -> table.find("b.example").isPresent());
        }
    }
}
