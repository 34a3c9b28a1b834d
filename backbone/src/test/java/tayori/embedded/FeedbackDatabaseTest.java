package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DomainName;
import tayori.feedback.Complaint;
import tayori.feedback.ComplaintKind;
import tayori.feedback.FeedbackStore.Kept;
import tayori.feedback.SenderMarks;
import tayori.feedback.Submission.Channel;
import tayori.reputation.Identity;

class FeedbackDatabaseTest {
    static final Instant NOW = Instant.parse("2026-11-22T23:00:00Z");
    private static final Duration MONTHS = Duration.ofDays(90);

    private final Path directory;

    FeedbackDatabaseTest(@TempDir Path directory) {
        this.directory = directory.resolve("feedback");
    }

    private FeedbackDatabase open() throws IOException {
        return open(NOW);
    }

    private FeedbackDatabase open(Instant now) throws IOException {
        return FeedbackDatabase.open(directory, MONTHS, () -> now);
    }

    static Complaint complaint(String id, ComplaintKind kind, String delivery, long reporter) {
        return new Complaint(
                id,
                kind,
                delivery,
                reporter,
                Channel.IMAP,
                NOW,
                NOW.minusSeconds(4_000),
                List.of(
                        Identity.author(DomainName.of("shop.example")),
                        Identity.dkim(DomainName.of("platform.example"))),
                new SenderMarks("<1@shop.example>", "fbl@shop.example", "f", "g", "h"));
    }

    @Test
    void whatIsKeptComesBackWhole() throws IOException {
        var complaint = complaint("A", ComplaintKind.PHISHING, "d1", -5);
        try (var database = open()) {
            assertThat(database.keep(complaint)).isEqualTo(new Kept("A", false, true));
        }
        try (var database = open()) {
            assertThat(database.notHandedOn(10)).containsExactly(complaint);
            database.handedOn(List.of("A"));
            assertThat(database.notHandedOn(10)).isEmpty();
        }
    }

    @Test
    void theSameOfOneDeliveryIsARepetition() throws IOException {
        try (var database = open()) {
            database.keep(complaint("A", ComplaintKind.SPAM, "d1", 1));
            assertThat(database.keep(complaint("B", ComplaintKind.VIRUS, "d1", 1)))
                    .isEqualTo(new Kept("A", true, false));
            assertThat(database.keep(complaint("C", ComplaintKind.UNSUBSCRIBE, "d1", 1)))
                    .as("another wish")
                    .isEqualTo(new Kept("C", false, true));
        }
    }

    /// One for each reader, sender and day; all are kept, as each may have to be told to the sender.
    @Test
    void aReaderCountsOnceADayForOneSender() throws IOException {
        try (var database = open()) {
            database.keep(complaint("A", ComplaintKind.SPAM, "d1", 1));
            assertThat(database.keep(complaint("B", ComplaintKind.SPAM, "d2", 1)))
                    .isEqualTo(new Kept("B", false, false));
            assertThat(database.keep(complaint("C", ComplaintKind.SPAM, "d3", 2)))
                    .isEqualTo(new Kept("C", false, true));
            assertThat(database.notHandedOn(10))
                    .extracting(Complaint::id)
                    .containsExactly("A", "C");
        }
    }

    @Test
    void complaintsBeyondTheirTimeAreDeleted() throws IOException {
        try (var database = open()) {
            database.keep(complaint("A", ComplaintKind.SPAM, "d1", 1));
            database.keep(complaint("B", ComplaintKind.SPAM, "d2", 2));
            database.handedOn(List.of("A"));
        }
        try (var database = open(NOW.plus(MONTHS).plusSeconds(1))) {
            assertThat(database.keep(complaint("C", ComplaintKind.SPAM, "d1", 3)))
                    .as("the first transaction purges after it has written")
                    .isEqualTo(new Kept("A", true, false));
            assertThat(database.keep(complaint("D", ComplaintKind.SPAM, "d1", 3)))
                    .as("the delivery is forgotten")
                    .isEqualTo(new Kept("D", false, true));
            assertThat(database.notHandedOn(10))
                    .as("what has not been handed on stays")
                    .extracting(Complaint::id)
                    .containsExactly("B", "D");
        }
    }

    @Test
    void manyCallersAtOnceLoseNothing() throws Exception {
        try (var database = open();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Kept>>();
            for (int i = 0; i < 2_000; i++) {
                int number = i % 1_000; // each delivery twice
                answers.add(
                        callers.submit(() ->
                                database.keep(
                                        complaint(
                                                "%06d-%s"
                                                        .formatted(
                                                                number,
                                                                Thread.currentThread().threadId()),
                                                ComplaintKind.SPAM,
                                                "d" + number,
                                                number))));
            }
            int repeated = 0;
            Set<String> ids = new HashSet<>();
            for (var answer : answers) {
                repeated += answer.get().repeated() ? 1 : 0;
                ids.add(answer.get().id());
            }
            assertThat(repeated).isEqualTo(1_000);
            assertThat(ids).hasSize(1_000);
            assertThat(database.notHandedOn(5_000))
                    .extracting(Complaint::id)
                    .hasSize(1_000)
                    .isSorted();
        }
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        try (var database = open()) {
            database.keep(complaint("A", ComplaintKind.SPAM, "d1", 1));
            try (var files = Files.list(directory)) {
                assertThat(files)
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aClosedStoreRefuses() throws IOException {
        var database = open();
        database.close();
        assertThatThrownBy(() -> database.keep(complaint("A", ComplaintKind.SPAM, "d1", 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    /// `kill -9` at any moment: every complaint that was answered is there, and none twice.
    @ParameterizedTest(name = "killed after {0} answers")
    @ValueSource(ints = {1, 40, 300})
    void whatWasAnsweredSurvivesAKill(int answers) throws Exception {
        var said = directory.resolveSibling("said-" + answers);
        var process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ComplainingProcess.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || answered(said).size() >= answers);
            assertThat(process.isAlive()).as("the process ended by itself").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (var database = open()) {
            var kept = database.notHandedOn(1_000_000).stream().map(Complaint::id).toList();
            assertThat(kept).containsAll(answered(said)).doesNotHaveDuplicates();
        }
    }

    /// The last line may be cut off.
    private static List<String> answered(Path said) throws IOException {
        return Files.readAllLines(said).stream()
                .filter(line -> line.endsWith(";"))
                .map(line -> line.substring(0, line.length() - 1))
                .toList();
    }
}
