package tayori.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program itself; it does nothing without a command.
@Command(
        name = "tayori",
        description = "Authenticates mail and says what it found.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        commandListHeading = "%nCommands:%n")
final class RootCommand implements Callable<ExitCode> {
    @Spec @Nullable CommandSpec spec;

    @Override
    public ExitCode call() {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        throw new ParameterException(spec.commandLine(), "say what to do: a command is missing");
    }

    static final class Version implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {BuildInfo.read().sentence()};
        }
    }
}
