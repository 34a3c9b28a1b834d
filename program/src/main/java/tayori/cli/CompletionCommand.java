package tayori.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// Prints a script that teaches bash and zsh the commands.
@Command(
        name = "generate-completion",
        description = "Prints a completion script for bash and zsh.",
        mixinStandardHelpOptions = true,
        footer = {"", "In bash: source <(./tayori generate-completion)"})
final class CompletionCommand implements Callable<ExitCode> {
    private final Terminal terminal;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        terminal.out()
                .print(AutoComplete.bash("tayori", CommandLineInterface.everything(terminal)));
        return ExitCode.OK;
    }
}
