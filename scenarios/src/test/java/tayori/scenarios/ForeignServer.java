package tayori.scenarios;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A server that somebody else wrote, in the foreground, with its files in a folder of the test. Closing it ends it and
/// the processes it started.
final class ForeignServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread lastRites;

    private ForeignServer(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.lastRites = new Thread(this::end);
        try {
            Runtime.getRuntime().addShutdownHook(lastRites);
        } catch (IllegalStateException e) { // the tests are being ended at this very moment
            end();
            throw e;
        }
    }

    /// Starts it and waits until it is of use.
    ///
    /// @param ready asked again and again until it says yes
    static ForeignServer start(Path folder, List<String> command, BooleanSupplier ready) {
        String name = command.getFirst();
        Path log = folder.resolve(name + ".console");
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            var server = new ForeignServer(name, process, log);
            try {
                server.awaitReady(ready);
                return server;
            } catch (RuntimeException | Error e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(BooleanSupplier ready) {
        await(name + " is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || ready.getAsBoolean());
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended at once:\n" + said());
        }
    }

    /// All that it has written.
    String said() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        var children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(lastRites);
        } catch (IllegalStateException e) {
            // the shutdown is what called us
        }
    }
}
