package tayori.dkim;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// The key look-ups of one message: each name is asked for once. What is not known already is asked on a virtual thread
/// of its own, so that the answers come while the body streams. Not thread-safe.
public final class KeyLookups {
    private final Dns dns;
    private final Map<DomainName, Future<DnsAnswer>> answers = new HashMap<>();

    public KeyLookups(Dns dns) {
        this.dns = dns;
    }

    /// Starts to ask for the key record of a name, unless that is under way already.
    public void start(DomainName keyName) {
        if (!answers.containsKey(keyName)) {
            var known = dns.known(keyName, RecordType.TXT);
            answers.put(
                    keyName,
                    known.isPresent()
                            ? CompletableFuture.completedFuture(known.get())
                            : ask(keyName));
        }
    }

    private Future<DnsAnswer> ask(DomainName keyName) {
        var question = new FutureTask<>(() -> dns.query(keyName, RecordType.TXT));
        Thread.startVirtualThread(question);
        return question;
    }

    /// Waits for an answer.
    ///
    /// @throws IllegalArgumentException if the name was not asked for
    public DnsAnswer await(DomainName keyName) {
        var question = answers.get(keyName);
        if (question == null) {
            throw new IllegalArgumentException("not asked for: " + keyName);
        }
        try {
            return question.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DnsAnswer.Failed(Trouble.TIMEOUT, "interrupted while waiting for the key");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a Dns must not throw", e.getCause());
        }
    }
}
