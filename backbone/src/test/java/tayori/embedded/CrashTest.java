package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `kill -9` at any moment: what was acknowledged counts once, what was not counts once or never.
class CrashTest {
    /// One after the other on the same folder, each killed in its turn.
    private static final int RUNS = 2;

    /// Most batches that a process acknowledges before it is killed.
    private static final int MOST = 150;

    private final Path directory;

    CrashTest(@TempDir Path directory) {
        this.directory = directory.resolve("reputation");
    }

    /// Kills a process after it has acknowledged so many batches.
    ///
    /// @return those that it acknowledged, also after that
    private Set<String> killAfter(int batches, String run)
            throws IOException, InterruptedException {
        var said = directory.resolveSibling(directory.getFileName() + "-" + run);
        var process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingProcess.class.getName(),
                                directory.toString(),
                                run)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> !process.isAlive() || acknowledged(said).size() >= batches);
            assertThat(process.isAlive()).as("the process ended by itself").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged(said);
    }

    /// The last line may be cut off.
    private static Set<String> acknowledged(Path said) throws IOException {
        return Files.readAllLines(said).stream()
                .filter(line -> line.endsWith(";"))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyAcknowledgedBatchCountsOnce(long seed) throws Exception {
        var random = new Random(seed);
        Map<String, Set<String>> acknowledged = new HashMap<>();
        for (int i = 0; i < RUNS; i++) {
            String run = seed + "-" + i;
            acknowledged.put(run, killAfter(1 + random.nextInt(MOST), run));
        }
        try (var engine = Sample.open(directory, new Sample.Clock())) {
            Set<String> counted = new HashSet<>();
            acknowledged.values().forEach(counted::addAll);
            long certain = sum(counted);
            assertThat(Sample.messages(engine, "all.example")).isGreaterThanOrEqualTo(certain);
            assertSumsAgree(engine, Sample.messages(engine, "all.example"));

            // The callers ask again for what they had no answer to, and to be sure for everything
            // else as well.
            for (var run : acknowledged.entrySet()) {
                for (String id : withThoseUnderWay(run.getKey(), run.getValue())) {
                    engine.accept(Sample.batch(id, CrashingProcess.evidence(id)));
                    counted.add(id);
                }
            }
            assertThat(Sample.messages(engine, "all.example")).isEqualTo(sum(counted));
            assertSumsAgree(engine, sum(counted));
        }
    }

    /// Each of the four callers had at most one batch under way, the one after its last acknowledged.
    private static List<String> withThoseUnderWay(String run, Set<String> acknowledged) {
        var ids = new ArrayList<String>();
        for (int caller = 0; caller < 4; caller++) {
            int number = 0;
            while (acknowledged.contains(CrashingProcess.id(run, caller, number))) {
                ids.add(CrashingProcess.id(run, caller, number++));
            }
            ids.add(CrashingProcess.id(run, caller, number));
        }
        assertThat(ids).containsAll(acknowledged);
        return ids;
    }

    private static long sum(Set<String> ids) {
        return ids.stream().mapToLong(CrashingProcess::mails).sum();
    }

    /// A batch is folded whole: what one domain has got, the forty have got together.
    private static void assertSumsAgree(ReputationReader reader, long all) throws IOException {
        long sum = 0;
        for (int i = 0; i < 40; i++) {
            sum += Sample.messages(reader, i + ".example");
        }
        assertThat(sum).isEqualTo(all);
    }

    /// The test above would be worth nothing if no crash left work to do.
    @Test
    void aCrashLeavesALogToBeRead() throws Exception {
        killAfter(50, "only");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(LogSegment::isName)).isNotEmpty();
        }
        try (var reader = EmbeddedEngine.openReadOnly(directory, Sample.RULES)) {
            long inTheDatabase = Sample.messages(reader, "all.example");
            try (var engine = Sample.open(directory, new Sample.Clock())) {
                assertThat(Sample.messages(engine, "all.example"))
                        .isGreaterThanOrEqualTo(inTheDatabase)
                        .isPositive();
            }
        }
    }
}
