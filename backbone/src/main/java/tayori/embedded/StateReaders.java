package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/// Connections for those who ask: some at a time, the others wait.
final class StateReaders implements Closeable {
    /// Questions answered at the same time; more do not make a disk faster. Unit: connections, each with a cache of 8 MiB.
    private static final int AT_A_TIME = 4;

    private final Path directory;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Deque<StateReader> idle = new ArrayDeque<>();

    StateReaders(Path directory) {
        this.directory = directory;
    }

    /// A question.
    @FunctionalInterface
    interface Question<T> {
        T ask(StateReader reader) throws IOException;
    }

    <T> T ask(Question<T> question) throws IOException {
        try {
            free.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the database");
        }
        try {
            var reader = take();
            try {
                return question.ask(reader);
            } finally {
                giveBack(reader);
            }
        } finally {
            free.release();
        }
    }

    private StateReader take() throws IOException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return StateReader.open(directory);
    }

    private void giveBack(StateReader reader) {
        synchronized (idle) {
            idle.push(reader);
        }
    }

    /// Waits for the questions that are being answered.
    @Override
    public void close() throws IOException {
        free.acquireUninterruptibly(AT_A_TIME);
        synchronized (idle) {
            for (var reader : idle) {
                reader.close();
            }
            idle.clear();
        }
    }
}
