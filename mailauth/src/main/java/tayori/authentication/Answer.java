package tayori.authentication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import tayori.dns.BudgetedDns;
import tayori.dns.Dns;

/// Something that is asked early and waited for late.
final class Answer<T> {
    private final Future<T> answer;

    private Answer(Future<T> answer) {
        this.answer = answer;
    }

    /// Works the answer out at once where the DNS already knows all it takes, as it does for most mail: a thread would
    /// cost more than the work. Else a virtual thread of its own asks.
    ///
    /// @param question asks the `Dns` it is given and no other; may be begun twice
    static <T> Answer<T> begin(BudgetedDns dns, Function<Dns, T> question) {
        var known = dns.fromMemory(question);
        if (known.isPresent()) {
            return new Answer<>(CompletableFuture.completedFuture(known.get()));
        }
        var task = new FutureTask<>(() -> question.apply(dns));
        Thread.startVirtualThread(task);
        return new Answer<>(task);
    }

    /// The same for those who do not wait for ever.
    Future<T> future() {
        return answer;
    }

    /// Waits. The methods bound their own time, so this ends; their outcomes are values, so what they throw is a bug
    /// and is thrown on.
    ///
    /// @throws IllegalStateException if this thread is interrupted, as the MTA's server does with work that takes too
    ///     long
    T await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the DNS", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
