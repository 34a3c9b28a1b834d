package tayori.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tayori.simulation.ReputationSimulation;
import tayori.simulation.ReputationSimulation.Plan;

/// Judges models in made-up worlds, where the truth is known.
@Command(
        name = "simulate",
        description = "Judges the reputation model in simulated worlds, where the truth is known.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class SimulateCommand implements Callable<ExitCode> {
    /// What stands above this line in the file of `--out` is somebody's own words, and stays.
    static final String BELOW = "<!-- below: written by tayori simulate reputation -->";

    private static final String FAST_SEEDS = "11-12";

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        throw wrong("simulate: say what: reputation");
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    @Command(
            name = "reputation",
            description = {
                "Lets the reputation model and others judge the same simulated senders, and reports in Markdown who was caught, how "
                        + "fast, who was hit wrongly, and what liars can do.",
                "The same seeds give the same report, octet by octet."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: tayori simulate reputation --fast"})
    ExitCode reputation(
            @Option(
                            names = "--seeds",
                            paramLabel = "SEEDS",
                            description =
                                    "Worlds to draw, as 301-312 or 11,12,20-23. Default: those of the published report; with --fast 11-12.")
                    @Nullable String seeds,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Seeds that are run at a time, 1 to 64; 1 if not given.")
                    int threads,
            @Option(
                            names = "--fast",
                            description =
                                    "A twentieth of the senders, fewer worlds: seconds instead of minutes, and nothing to conclude from.")
                    boolean fast,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description =
                                    "Write the report there instead of to standard output. In a file that has a line '"
                                            + BELOW
                                            + "', what stands above it stays.")
                    @Nullable Path out) {
        var chosen = Seeds.parse(seeds != null ? seeds : fast ? FAST_SEEDS : Seeds.PUBLISHED);
        if (chosen.isEmpty()) {
            throw wrong("--seeds: expected up to 1000 numbers, as 301-312 or 11,12");
        }
        if (threads < 1 || threads > 64) {
            throw wrong("--threads: expected 1 to 64");
        }
        var plan = new Plan(chosen.get(), threads, fast);
        String report;
        try (var progress = new Progress(terminal, plan.steps())) {
            report =
                    ReputationSimulation.report(
                            plan,
                            () -> {
                                progress.octets(1);
                                progress.finished();
                            });
        }
        return out == null ? print(report) : write(out, report);
    }

    private ExitCode print(String report) {
        terminal.out().print(report);
        return ExitCode.OK;
    }

    private ExitCode write(Path out, String report) {
        try {
            String before = Files.exists(out) ? Files.readString(out) : "";
            int end = before.indexOf(BELOW);
            String kept = end < 0 ? "" : before.substring(0, end) + BELOW + "\n\n";
            Files.writeString(out, kept + report);
            return ExitCode.OK;
        } catch (IOException e) {
            terminal.err().println(Shown.safe("tayori: cannot write " + out + ": " + e));
            return ExitCode.CANNOT_WRITE;
        }
    }
}
