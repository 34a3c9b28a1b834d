package tayori.authentication;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Something that was asked early, on a virtual thread of its own, and is waited for late.
final class Answer<T> {
    private final FutureTask<T> task;

    private Answer(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Answer<T> begin(Supplier<T> question) {
        var task = new FutureTask<>(question::get);
        Thread.startVirtualThread(task);
        return new Answer<>(task);
    }

    /// Waits. The methods bound their own time, so this ends; their outcomes are values, so what they throw is a bug
    /// and is thrown on.
    ///
    /// @throws IllegalStateException if this thread is interrupted, as the MTA's server does with work that takes too
    ///     long
    T await() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the DNS", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
