package tayori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class CommandLineInterfaceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ExitCode run(String... arguments) {
        return new CommandLineInterface(Terminal.plain(new PrintWriter(out), new PrintWriter(err)))
                .run(arguments);
    }

    @Test
    void versionNamesTheBuildAndTheJava() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).matches("tayori \\S+ \\(commit \\S+\\), Java 2\\d.*\\R");
    }

    @Test
    void helpNamesEveryCommandAndEveryExitCode() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("config", "generate-completion", "help", "78", "69")
                .doesNotContain("train", "\u001b");
    }

    @Test
    void coloursOnlyWhenTheTerminalShowsThem() {
        new CommandLineInterface(
                        new Terminal(new PrintWriter(out), new PrintWriter(err), true, true))
                .run("--help");
        assertThat(out.toString()).contains("\u001b[");
    }

    @Test
    void mistakesAreToldWithTheNearestWord() {
        assertThat(run("confg")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("confg", "Did you mean", "config");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("say what to do", "--help");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(run("generate-completion")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("complete -F", "config", "reference");
    }

    @Test
    void everyEntryCarriesTheNameOfItsClass() {
        var terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        assertThat(Commands.ALL)
                .allSatisfy(entry ->
                        assertThat(
                                        entry.maker()
                                                .apply(terminal)
                                                .getClass()
                                                .getAnnotation(Command.class)
                                                .name())
                                .isEqualTo(entry.name()));
    }

    @Test
    void whatTheLauncherTrainsRuns() {
        assertThat(run("train")).isEqualTo(ExitCode.OK);
    }

    @Test
    void configCheckSaysAcceptedOrEveryProblem(@TempDir Path folder) throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), "dns: {tries: 3}\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "dns: {tries: 30}\nlgo: 1\n");
        assertThat(run("config", "check", good.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo(good + ": accepted" + System.lineSeparator());
        assertThat(run("config", "check", bad.toString())).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(bad + ":1:14: dns.tries: found '30'"),
                        line -> assertThat(line).contains("did you mean log?"));
        assertThat(run("config", "check", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.NO_INPUT);
    }

    @Test
    void configCheckAnswersAsJson(@TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "dns: {tries: 30}\n");
        assertThat(run("config", "check", "--json", bad.toString()))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(out.toString())
                .contains(
                        "\"accepted\":false",
                        "\"line\":1,\"column\":14,\"key\":\"dns.tries\",\"found\":\"'30'\"");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void configShowMarksNothingSecretAndAllDefaults() {
        assertThat(run("config", "show", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"cacheBytes\":\"64MiB\"", "\"seal\":null");
    }
}
