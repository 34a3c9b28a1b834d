package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {
    @Test
    void theReportReplacesWhatTheLastOneWroteAndNothingElse(@TempDir Path folder) throws Exception {
        Path out =
                Files.writeString(
                        folder.resolve("report.md"),
                        "# Ours\n\n" + SimulateCommand.BELOW + "\n\nold\n");
        var called =
                CalledCommand.of(
                        "simulate",
                        "reputation",
                        "--fast",
                        "--seeds",
                        "11",
                        "--out",
                        out.toString());
        assertThat(called.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(called.out()).isEmpty();
        assertThat(Files.readString(out))
                .startsWith("# Ours\n\n" + SimulateCommand.BELOW + "\n\nWritten by")
                .contains("--seeds 11 --fast", "**Tayori**")
                .doesNotContain("old\n");
    }

    @Test
    void whatToSimulateMustBeSaid() {
        assertThat(CalledCommand.of("simulate").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest(name = "--seeds {0}")
    @ValueSource(strings = {"", "x", "5-3", "1-", "-1", "1-1001", "1,,2", "1-5-9"})
    void seedsThatAreNoneAreRefused(String seeds) {
        var called = CalledCommand.of("simulate", "reputation", "--seeds=" + seeds);
        assertThat(called.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(called.err()).contains("--seeds");
    }

    @Test
    void seedsAreRangesAndNumbers() {
        assertThat(Seeds.parse("301-303,7")).contains(List.of(301L, 302L, 303L, 7L));
        assertThat(Seeds.parse("1-1000").orElseThrow()).hasSize(Seeds.MOST);
    }
}
