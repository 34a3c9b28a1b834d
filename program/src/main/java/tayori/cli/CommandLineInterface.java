package tayori.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/// Reads a command line, runs the command, says how it ended.
///
/// A command is a `Callable<ExitCode>` with picocli's annotations.
public final class CommandLineInterface {
    private final Terminal terminal;

    public CommandLineInterface(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Runs one command line. Never throws: what a command did not catch is [ExitCode#BUG].
    public ExitCode run(String... arguments) {
        int code = commandLine(arguments).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        if (terminal.out().checkError()) {
            return ExitCode.CANNOT_WRITE;
        }
        for (var exitCode : ExitCode.values()) {
            if (exitCode.code() == code) {
                return exitCode;
            }
        }
        return ExitCode.BUG;
    }

    /// The command asked for, or all of them where the answer depends on what there is (help, completion, mistakes).
    private CommandLine commandLine(String... arguments) {
        var line = new CommandLine(new RootCommand());
        boolean found = false;
        for (var entry : Commands.ALL) {
            if (arguments.length > 0 && arguments[0].equals(entry.name())) {
                line.addSubcommand(entry.name(), entry.maker().apply(terminal));
                found = true;
            }
        }
        boolean versionOnly = arguments.length == 1 && arguments[0].equals("--version");
        if (!found && !versionOnly) {
            addAll(line);
        }
        return configured(line);
    }

    /// Every command, for help and completion.
    static CommandLine everything(Terminal terminal) {
        var line = new CommandLine(new RootCommand());
        addAll(line, terminal);
        return line;
    }

    private void addAll(CommandLine line) {
        addAll(line, terminal);
    }

    private static void addAll(CommandLine line, Terminal terminal) {
        line.addSubcommand("help", new HelpCommand());
        for (var entry : Commands.ALL) {
            line.addSubcommand(entry.name(), entry.maker().apply(terminal));
        }
    }

    private CommandLine configured(CommandLine line) {
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (var exitCode : ExitCode.values()) {
            exitCodes.put(Integer.toString(exitCode.code()), exitCode.meaning());
        }
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(thrown -> ExitCode.BUG.code())
                .setParameterExceptionHandler((thrown, given) -> {
                    var err = thrown.getCommandLine().getErr();
                    err.println("tayori: " + thrown.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(thrown, err);
                    err.println(
                            "Try '"
                                    + thrown.getCommandLine().getCommandSpec().qualifiedName()
                                    + " --help'.");
                    return ExitCode.USAGE.code();
                })
                .setExecutionExceptionHandler(this::failed)
                .setExecutionStrategy(parsed -> {
                    int code = new CommandLine.RunLast().execute(parsed);
                    return last(parsed) instanceof ExitCode exitCode ? exitCode.code() : code;
                });
    }

    private static @org.jspecify.annotations.Nullable Object last(CommandLine.ParseResult parsed) {
        var deepest = parsed.asCommandLineList().getLast();
        return deepest.getExecutionResult();
    }

    private int failed(Exception thrown, CommandLine line, CommandLine.ParseResult parsed)
            throws ExecutionException {
        if (thrown instanceof DnsChoice.RefusedConfiguration) {
            line.getErr().println(thrown.getMessage());
            return ExitCode.CONFIGURATION.code();
        }
        line.getErr().println("tayori: this is a bug in Tayori, please report it:");
        thrown.printStackTrace(line.getErr());
        return ExitCode.BUG.code();
    }
}
