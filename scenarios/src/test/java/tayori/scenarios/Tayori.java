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

/// The program under test as its own process: `tayori serve --config FILE`, as an operator starts it.
final class Tayori implements AutoCloseable {
    private static final Path JAR = Path.of("..", "program", "target", "tayori.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final Thread lastRites;

    private Tayori(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.lastRites = new Thread(process::destroyForcibly);
        try {
            Runtime.getRuntime().addShutdownHook(lastRites);
        } catch (IllegalStateException e) { // the tests are being ended at this very moment
            process.destroyForcibly();
            throw e;
        }
    }

    /// Starts it and waits until it says that it is ready.
    ///
    /// @param folder where the configuration file and what the process says are kept
    static Tayori serve(Path folder, String name, String configuration) {
        if (!Files.isRegularFile(JAR)) {
            throw new AssertionError(
                    "the program is not built: " + JAR + " is missing; start with ./test");
        }
        try {
            var file = folder.resolve(name + ".yaml");
            var log = folder.resolve(name + ".log");
            Files.writeString(file, configuration);
            var process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseSerialGC",
                                    "-Xmx384m",
                                    "-jar",
                                    JAR.toString(),
                                    "serve",
                                    "--config",
                                    file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            var tayori = new Tayori(process, log);
            tayori.awaitReady();
            return tayori;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        await("tayori serve is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> said("tayori: ready") || !process.isAlive());
        if (!process.isAlive()) {
            close();
            throw new AssertionError("tayori serve ended at once:\n" + log());
        }
    }

    boolean said(String text) {
        return log().contains(text);
    }

    /// All that it has written.
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGTERM: end in good order.
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits for the end.
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("tayori serve does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// SIGKILL: gone in the middle of whatever it does.
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /// SIGSTOP: there, but without an answer to anybody. Ends with [#kill].
    void freeze() {
        try {
            var kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("cannot freeze process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(lastRites);
        } catch (IllegalStateException e) {
            // the shutdown is what called us
        }
    }

    /// How a YAML list of addresses is written.
    static String list(List<String> addresses) {
        return "[\"" + String.join("\", \"", addresses) + "\"]";
    }
}
