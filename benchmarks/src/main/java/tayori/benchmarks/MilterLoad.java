package tayori.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tayori.benchmarks.Corpus.Mail;
import tayori.listen.ListenAddress;
import tayori.milter.client.MilterClient;
import tayori.milter.client.MilterResult;

/// Mails to a filter, or through a chain of them, from a number of MTA processes at once: one connection for each mail,
/// as an SMTP session with one mail makes it.
final class MilterLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ListenAddress> chain;
    private final List<Mail> mails;

    MilterLoad(List<ListenAddress> chain, List<Mail> mails) {
        this.chain = chain;
        this.mails = mails;
    }

    /// What a run came to.
    ///
    /// @param p50 from the moment a mail was due to the end of its last answer, half were faster. Unit: ms
    /// @param p99 the same of 99 in 100
    record Outcome(int mails, double seconds, double p50, double p99) {}

    /// One mail through the chain: what each filter adds, the next one sees.
    static MilterResult send(List<ListenAddress> chain, Mail mail) throws IOException {
        MilterResult result = null;
        for (var address : chain) {
            try (var milter = MilterClient.connect(address, PATIENCE)) {
                var message = result == null ? mail.message() : result.message();
                result = milter.send(mail.client(), mail.envelope(), message);
            }
        }
        if (result == null) {
            throw new IllegalArgumentException("an empty chain");
        }
        return result;
    }

    /// @param connections mails under way at the same time, at most
    /// @param perSecond mails due in a second, whether earlier ones are through or not; 0 for as many as go through
    Outcome run(int connections, double perSecond, Duration length) throws IOException {
        var next = new AtomicInteger();
        var failures = new ConcurrentLinkedQueue<IOException>();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        var latencies = new long[connections][0];
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            int worker = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    latencies[worker] = work(next, start, end, perSecond);
                                } catch (IOException e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        var failed = failures.peek();
        if (failed != null) {
            throw new IOException("a mail got no answer", failed);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        return new Outcome(all.length, seconds, at(all, 0.50), at(all, 0.99));
    }

    private long[] work(AtomicInteger next, long start, long end, double perSecond)
            throws IOException {
        var latencies = new long[1024];
        int count = 0;
        while (true) {
            int number = next.getAndIncrement();
            long due =
                    perSecond == 0 ? System.nanoTime() : start + (long) (number * 1e9 / perSecond);
            if (due >= end) {
                return Arrays.copyOf(latencies, count);
            }
            sleepUntil(due);
            send(chain, mails.get(number % mails.size()));
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = System.nanoTime() - due;
        }
    }

    private static void sleepUntil(long due) {
        long left = due - System.nanoTime();
        if (left > 0) {
            try {
                Thread.sleep(Duration.ofNanos(left)); // the load is a rate: a mail is due at a time
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }
}
