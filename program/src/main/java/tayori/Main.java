package tayori;

import tayori.cli.CommandLineInterface;
import tayori.cli.Terminal;

/// Starts the program and ends the process with the code that came out.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = new CommandLineInterface(Terminal.ofProcess()).run(arguments).code();
        if (isStopping()) {
            // SIGTERM began the end; exit would wait for the hook that waits for us.
            Runtime.getRuntime().halt(code);
        }
        System.exit(code); // the only way to hand the shell a code
    }

    /// Whether the virtual machine is shutting down already: it takes no hooks any more.
    private static boolean isStopping() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }
}
