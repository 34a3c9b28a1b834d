package tayori.cli;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Does many pieces of work at a time, each on a virtual thread, and hands their outcomes on one by one in the order in
/// which the pieces came. Whoever submits waits while too much is under way.
///
/// @param <T> what comes of a piece
final class InOrder<T> implements AutoCloseable {
    /// Most pieces under way. They wait for the DNS most of their time.
    static final int MAX_PIECES = 64;

    /// Most memory that the pieces under way hold on to, as their submitters say; a single larger piece goes alone.
    /// Unit: KiB.
    static final int MAX_KIBIBYTES = 256 * 1024;

    private final BlockingQueue<Optional<Piece>> pieces = new ArrayBlockingQueue<>(MAX_PIECES);
    private final Semaphore kibibytes = new Semaphore(MAX_KIBIBYTES);
    private final Consumer<T> taker;
    private final FutureTask<Void> taking = new FutureTask<>(this::take, null);

    private final class Piece {
        final FutureTask<T> task;
        final int weight;

        Piece(Supplier<T> work, int weight) {
            this.task = new FutureTask<>(work::get);
            this.weight = weight;
        }
    }

    /// @param taker gets the outcomes, always on the same thread
    InOrder(Consumer<T> taker) {
        this.taker = taker;
        Thread.ofVirtual().name("in-order").start(taking);
    }

    /// @param octets about how much memory the work holds on to
    void submit(long octets, Supplier<T> work) {
        int weight = Math.clamp(octets / 1024, 0, MAX_KIBIBYTES);
        var piece = new Piece(work, weight);
        try {
            kibibytes.acquire(weight);
            pieces.put(Optional.of(piece));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Thread.startVirtualThread(piece.task);
    }

    /// Goes on to the end whatever happens, so that nobody waits for room in vain; the first bug is thrown at last.
    private void take() {
        Optional<RuntimeException> bug = Optional.empty();
        try {
            for (var piece = pieces.take(); piece.isPresent(); piece = pieces.take()) {
                try {
                    taker.accept(piece.get().task.get());
                } catch (ExecutionException | RuntimeException e) {
                    bug = bug.or(() -> Optional.of(new IllegalStateException(e)));
                }
                kibibytes.release(piece.get().weight);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        if (bug.isPresent()) {
            throw bug.get();
        }
    }

    /// Waits until everything submitted has been handed on.
    ///
    /// @throws IllegalStateException if work or taker threw, which is a bug
    @Override
    public void close() {
        try {
            pieces.put(Optional.empty());
            taking.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
