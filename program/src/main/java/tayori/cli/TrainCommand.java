package tayori.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Walks through what short commands do, so that the virtual machine can write down which classes they need (JEP 514).
/// The launcher calls it once after a build. A command that shall start fast adds a line to [#WALK].
@Command(name = "train", hidden = true, description = "Used by the launcher after a build.")
final class TrainCommand implements Callable<ExitCode> {
    private static final String[][] WALK = {
        {"--version"},
        {"--help"},
        {"help", "config"},
        {"config", "reference"},
        {"config", "reference", "--sample"},
        {"config", "show", "--json"},
        {"config", "show"},
        {"config", "check", "--no-such-option"},
        {"generate-completion"},
    };

    TrainCommand(Terminal terminal) {}

    @Override
    public ExitCode call() {
        for (var arguments : WALK) {
            var nowhere = new PrintWriter(Writer.nullWriter());
            ExitCode code =
                    new CommandLineInterface(Terminal.plain(nowhere, nowhere)).run(arguments);
            if (code == ExitCode.BUG) {
                return code;
            }
        }
        return ExitCode.OK;
    }
}
