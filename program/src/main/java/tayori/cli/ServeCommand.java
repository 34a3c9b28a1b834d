package tayori.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tayori.config.Configuration;
import tayori.config.ConfigurationFile;
import tayori.config.Loaded;
import tayori.serve.Logging;
import tayori.serve.Tayori;

/// Runs until it is told to stop.
@Command(
        name = "serve",
        description =
                "Runs the mail filter, and whatever else the configuration turns on, until SIGTERM or SIGINT; "
                        + "then lets mails in progress end.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<ExitCode> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file; without it the defaults are in force.")
    @Nullable Path file;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() throws InterruptedException {
        var configuration = Configuration.DEFAULTS;
        if (file != null) {
            if (!java.nio.file.Files.isReadable(file)) {
                terminal.err().println("tayori: cannot read " + file);
                return ExitCode.NO_INPUT;
            }
            switch (new ConfigurationFile().read(file)) {
                case Loaded.Accepted(var accepted) -> configuration = accepted;
                case Loaded.Refused(var problems) -> {
                    problems.forEach(problem -> terminal.err().println(problem.sentence()));
                    return ExitCode.CONFIGURATION;
                }
            }
        }
        Logging.set(configuration.log());
        try (var tayori = Tayori.start(configuration, InstantSource.system())) {
            return untilTold(tayori);
        } catch (IOException e) {
            terminal.err().println("tayori: " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        }
    }

    /// Waits for SIGTERM or SIGINT, which start the hook; the hook waits in turn, so that the exit code is ours.
    private ExitCode untilTold(Tayori tayori) throws InterruptedException {
        var told = new CountDownLatch(1);
        var main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    told.countDown();
                                    await(main);
                                },
                                "stop"));
        for (var address : tayori.addresses()) {
            terminal.out().println("tayori: listening on " + address);
        }
        terminal.out().println("tayori: ready");
        terminal.out().flush();
        told.await();
        terminal.out()
                .println(
                        tayori.drain()
                                ? "tayori: stopped"
                                : "tayori: stopped; some mails were cut off");
        return ExitCode.OK;
    }

    private static void await(Thread main) {
        try {
            main.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
