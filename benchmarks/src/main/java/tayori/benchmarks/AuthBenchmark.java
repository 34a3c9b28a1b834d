package tayori.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tayori.benchmarks.Filters.Running;

/// Inbound authentication as a milter, filter against filter: verdicts first, then each size in turns.
final class AuthBenchmark {
    /// @param peers filters beside ours
    /// @param warmUp of each filter, with the mix, before anything counts
    /// @param seconds of one run
    /// @param rounds runs of each filter and size; medians are shown
    record Options(
            List<String> peers,
            List<String> sizes,
            int connections,
            int warmUp,
            int seconds,
            int rounds) {}

    /// One run.
    private record Run(MilterLoad.Outcome load, double cpuSeconds) {
        double mailsPerCpuSecond() {
            return load.mails() / cpuSeconds;
        }
    }

    private final Options options;
    private final PrintStream out;
    private final Corpus corpus = new Corpus();

    AuthBenchmark(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    void run(Path home, Path folder, boolean privateNetwork) throws IOException {
        var filters = new ArrayList<Running>();
        try (var dns = DnsServer.start(corpus, folder, privateNetwork)) {
            var starter = new Filters(home, folder, dns.address());
            filters.add(starter.start("tayori"));
            for (var peer : options.peers()) {
                if (!Filters.isInstalled(peer) || !dns.onPort53()) {
                    out.printf("%s: not measured, %s%n", peer, whyNot(peer));
                } else {
                    filters.add(starter.start(peer));
                }
            }
            out.printf(
                    "%d cores, %d connections, one mail each; %d s to warm up, then medians of %d × %d s; DNS: %s%n%n",
                    Runtime.getRuntime().availableProcessors(),
                    options.connections(),
                    options.warmUp(),
                    options.rounds(),
                    options.seconds(),
                    dns.name());
            for (var filter : filters) {
                check(filter);
            }
            measure(filters);
        } finally {
            filters.forEach(Running::close);
        }
    }

    private static String whyNot(String peer) {
        return Filters.isInstalled(peer)
                ? "as it needs root and unbound (a network of its own, DNS on port 53)"
                : "as it is not installed";
    }

    /// @throws IOException where a filter is wrong: its speed is of no interest then
    private void check(Running filter) throws IOException {
        for (var check : corpus.checks()) {
            for (var expected : check.results().entrySet()) {
                String said = filter.said(check.mail(), expected.getKey());
                if (!said.equals(expected.getValue())) {
                    throw new IOException(
                            "%s says %s=%s for the mail \"%s\", not %s"
                                    .formatted(
                                            filter.name(),
                                            expected.getKey(),
                                            said,
                                            check.name(),
                                            expected.getValue()));
                }
            }
        }
        out.printf("%s: all verdicts right%n", filter.name());
    }

    private void measure(List<Running> filters) throws IOException {
        var mix = corpus.mails("mix");
        for (var filter : filters) {
            new MilterLoad(filter.chain(), mix)
                    .run(options.connections(), 0, Duration.ofSeconds(options.warmUp()));
        }
        Map<String, Map<Running, List<Run>>> all = new LinkedHashMap<>();
        for (var size : options.sizes()) {
            all.put(size, rounds(filters, corpus.mails(size), 0));
        }
        if (filters.size() > 1 && all.containsKey("mix")) {
            double slowest =
                    all.get("mix").values().stream()
                            .mapToDouble(runs -> median(runs, AuthBenchmark::mailsPerSecond))
                            .min()
                            .orElseThrow();
            double rate = Math.max(10, Math.floor(slowest / 2 / 10) * 10);
            all.put("mix at %.0f/s".formatted(rate), rounds(filters, mix, rate));
        }
        out.printf("%n%s%n", table(filters, all));
        for (var filter : filters) {
            out.printf("%s: %.0f MiB of memory at the end%n", filter.name(), filter.memoryMib());
        }
    }

    private Map<Running, List<Run>> rounds(
            List<Running> filters, List<Corpus.Mail> mails, double perSecond) throws IOException {
        Map<Running, List<Run>> runs = new HashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var filter : filters) {
                var load = new MilterLoad(filter.chain(), mails);
                load.run(options.connections(), perSecond, Duration.ofSeconds(1));
                double before = filter.cpuSeconds();
                var outcome =
                        load.run(
                                options.connections(),
                                perSecond,
                                Duration.ofSeconds(options.seconds()));
                runs.computeIfAbsent(filter, _ -> new ArrayList<>())
                        .add(new Run(outcome, filter.cpuSeconds() - before));
            }
        }
        return runs;
    }

    private static double mailsPerSecond(Run run) {
        return run.load().mails() / run.load().seconds();
    }

    private static Table table(List<Running> filters, Map<String, Map<Running, List<Run>>> all) {
        var table =
                new Table(
                        "mails",
                        "filter",
                        "mails per CPU-second",
                        "least–most",
                        "ours is × this",
                        "CPU ms a mail",
                        "mails/s",
                        "p50 ms",
                        "p99 ms");
        all.forEach((size, byFilter) -> {
            double ours =
                    median(
                            byFilter.getOrDefault(filters.getFirst(), List.of()),
                            Run::mailsPerCpuSecond);
            for (var filter : filters) {
                var runs = byFilter.getOrDefault(filter, List.of());
                double perCpuSecond = median(runs, Run::mailsPerCpuSecond);
                var span = runs.stream().mapToDouble(Run::mailsPerCpuSecond).summaryStatistics();
                table.row(
                        size,
                        filter.name(),
                        Table.number(perCpuSecond),
                        Table.number(span.getMin()) + "–" + Table.number(span.getMax()),
                        Table.number(ours / perCpuSecond),
                        Table.number(1000 / perCpuSecond),
                        Table.number(median(runs, AuthBenchmark::mailsPerSecond)),
                        Table.number(median(runs, run -> run.load().p50())),
                        Table.number(median(runs, run -> run.load().p99())));
            }
        });
        return table;
    }

    static <T> double median(List<T> values, ToDoubleFunction<T> of) {
        var sorted =
                values.stream().mapToDouble(of).boxed().sorted(Comparator.naturalOrder()).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
