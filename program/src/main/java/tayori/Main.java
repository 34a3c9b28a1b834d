package tayori;

import tayori.cli.CommandLineInterface;
import tayori.cli.Terminal;

/// Starts the program and ends the process with the code that came out.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLineInterface(Terminal.ofProcess()).run(arguments).code());
    }
}
