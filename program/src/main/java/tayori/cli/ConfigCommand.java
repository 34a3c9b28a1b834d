package tayori.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.config.Configuration;
import tayori.config.ConfigurationFile;
import tayori.config.ConfigurationPrinter;
import tayori.config.ConfigurationReference;
import tayori.config.Loaded;

/// Questions about the configuration file.
@Command(
        name = "config",
        description = "Checks, shows and explains the configuration.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class ConfigCommand implements Callable<ExitCode> {
    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        throw new ParameterException(
                spec.commandLine(), "config: say which: check, show or reference");
    }

    @Command(
            name = "check",
            description =
                    "Says whether a configuration file is accepted, and if not, what is wrong.",
            mixinStandardHelpOptions = true)
    ExitCode check(
            @Option(names = "--json", description = "Answer as one JSON object.") boolean json,
            @Parameters(paramLabel = "FILE", description = "The configuration file.") Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return unreadable(file);
        }
        Loaded loaded = new ConfigurationFile().read(file);
        if (json) {
            terminal.out().println(ConfigurationPrinter.checkedAsJson(file, loaded));
        } else {
            switch (loaded) {
                case Loaded.Accepted _ -> terminal.out().println(file + ": accepted");
                case Loaded.Refused(var problems) ->
                        problems.forEach(problem -> terminal.err().println(problem.sentence()));
            }
        }
        return loaded instanceof Loaded.Accepted ? ExitCode.OK : ExitCode.CONFIGURATION;
    }

    @Command(
            name = "show",
            description =
                    "Shows every setting in force: the file's, and the defaults for the rest. "
                            + "Keys appear as the names of their files, never as what is in them.",
            mixinStandardHelpOptions = true)
    ExitCode show(
            @Option(names = "--json", description = "Answer as one JSON object.") boolean json,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = "The configuration file; none shows the defaults.")
                    @Nullable Path file) {
        Configuration configuration = Configuration.DEFAULTS;
        if (file != null) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                return unreadable(file);
            }
            switch (new ConfigurationFile().read(file)) {
                case Loaded.Accepted(var accepted) -> configuration = accepted;
                case Loaded.Refused(var problems) -> {
                    problems.forEach(problem -> terminal.err().println(problem.sentence()));
                    return ExitCode.CONFIGURATION;
                }
            }
        }
        if (json) {
            terminal.out().println(ConfigurationPrinter.asJson(configuration));
        } else {
            terminal.out().print(ConfigurationPrinter.asYaml(configuration));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "reference",
            description =
                    "Prints what every setting means, with its default and limits (Markdown).",
            mixinStandardHelpOptions = true)
    ExitCode reference(
            @Option(
                            names = "--sample",
                            description = "Print a commented sample file instead (YAML).")
                    boolean sample,
            @Option(names = "--json", description = "Answer as one JSON object.") boolean json) {
        terminal.out()
                .print(
                        json
                                ? ConfigurationReference.json()
                                : sample
                                        ? ConfigurationReference.sampleYaml()
                                        : ConfigurationReference.markdown());
        return ExitCode.OK;
    }

    private ExitCode unreadable(Path file) {
        terminal.err().println("tayori: cannot read " + file + reason(file));
        return ExitCode.NO_INPUT;
    }

    private static String reason(Path file) {
        return Optional.of(file).filter(Files::exists).isPresent()
                ? (Files.isDirectory(file) ? ": it is a folder" : ": no permission")
                : ": no such file";
    }
}
