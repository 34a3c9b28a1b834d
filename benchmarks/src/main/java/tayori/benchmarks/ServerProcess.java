package tayori.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server under test: what it and its children have cost so far. Linux only, as it reads `/proc`.
final class ServerProcess implements AutoCloseable {
    /// `USER_HZ`, the same on all Linux machines of today. Unit: ticks a second.
    private static final double TICKS = 100;

    private static final Duration START_TIME = Duration.ofMinutes(2);

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(String name, Path folder, List<String> command) throws IOException {
        var log = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new ServerProcess(name, builder.start(), log);
    }

    /// Waits until it listens.
    ///
    /// @throws IOException with the end of its log where it does not
    ServerProcess awaitPort(int port) throws IOException {
        long end = System.nanoTime() + START_TIME.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(LOOPBACK, port), 1_000);
                return this;
            } catch (IOException notYet) {
                pause();
            }
        }
        close();
        throw new IOException(name + " does not listen on port " + port + "; it said:\n" + said());
    }

    /// Waits until its Unix socket is there.
    ServerProcess awaitFile(Path file) throws IOException {
        long end = System.nanoTime() + START_TIME.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (Files.exists(file)) {
                return this;
            }
            pause();
        }
        close();
        throw new IOException(name + " makes no " + file + "; it said:\n" + said());
    }

    private static void pause() {
        try {
            Thread.sleep(100); // other people's servers do not tell when they listen
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String said() throws IOException {
        var lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /// CPU time of it and its children, those that have ended included. Unit: seconds.
    double cpuSeconds() throws IOException {
        long ticks = 0;
        for (var handle : family()) {
            var stat = Path.of("/proc/" + handle.pid() + "/stat");
            String text = Files.exists(stat) ? Files.readString(stat) : "";
            // proc(5): after the name in parentheses, utime is the 12th word, then stime, cutime,
            // cstime
            var words = text.substring(text.lastIndexOf(')') + 1).strip().split(" +");
            for (int i = 11; i < Math.min(words.length, 15); i++) {
                ticks += Long.parseLong(words[i]);
            }
        }
        return ticks / TICKS;
    }

    /// Memory of it and its children, pages shared among them counted once. Unit: MiB.
    double memoryMib() throws IOException {
        long kib = 0;
        for (var handle : family()) {
            var rollup = Path.of("/proc/" + handle.pid() + "/smaps_rollup");
            if (Files.exists(rollup)) {
                for (var line : Files.readAllLines(rollup)) {
                    if (line.startsWith("Pss:")) {
                        kib += Long.parseLong(line.substring(4).replace("kB", "").strip());
                    }
                }
            }
        }
        return kib / 1024.0;
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    @Override
    public void close() {
        var family = new ArrayList<>(family());
        family.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
