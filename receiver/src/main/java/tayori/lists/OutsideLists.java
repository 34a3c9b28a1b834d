package tayori.lists;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.lists.ListsOptions.Certifier;
import tayori.lists.OutsideList.Subject;

/// The lists of other people: asks those that work, and keeps looking whether they do. Thread-safe; one for a program.
public final class OutsideLists implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideLists.class);

    private final ListsOptions options;
    private final Map<OutsideList, ListWatch> lists = new LinkedHashMap<>();
    private final Map<DomainName, Certifier> certifiers = new LinkedHashMap<>();
    private final Map<DomainName, ListWatch> certifierWatches = new LinkedHashMap<>();
    private final LongAdder failedChecks = new LongAdder();
    private final ScheduledExecutorService checks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("list-checks").daemon().factory());

    private OutsideLists(ListsOptions options, Dns dns, RandomGenerator random) {
        this.options = options;
        for (var list : options.lists()) {
            lists.put(
                    list,
                    new ListWatch(
                            list.name(), () -> ListCheck.of(list, dns, random), failedChecks));
        }
        for (var certifier : options.certifiers()) {
            var domain = certifier.domain();
            certifiers.put(domain, certifier);
            certifierWatches.put(
                    domain,
                    new ListWatch(
                            domain.toString(),
                            () -> ListCheck.ofCertifier(domain, dns, random),
                            failedChecks));
        }
    }

    /// Begins to check the lists; each is asked from its first good check on.
    ///
    /// @param dns asks for the checks; mails ask out of their own budgets
    /// @param random makes up names that nobody can have listed
    public static OutsideLists start(ListsOptions options, Dns dns, RandomGenerator random) {
        var started = new OutsideLists(options, dns, random);
        started.lists.values().forEach(watch -> started.checkIn(Duration.ZERO, watch));
        started.certifierWatches.values().forEach(watch -> started.checkIn(Duration.ZERO, watch));
        return started;
    }

    private void checkIn(Duration delay, ListWatch watch) {
        try {
            var _ = checks.schedule(() -> checkNow(watch), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // closed in the meantime
        }
    }

    private void checkNow(ListWatch watch) {
        boolean works = false;
        try {
            works = watch.check();
        } catch (RuntimeException e) {
            LOG.error("the check of a list failed", e);
        } finally {
            checkIn(works ? options.checkInterval() : options.retryInterval(), watch);
        }
    }

    /// Begins with one mail: asks about its client.
    ///
    /// @param asking out of the mail's own budget
    public ListQuestions begin(InetAddress client, ListQuestions.Asking asking) {
        var questions = new ListQuestions(this, asking);
        questions.client(client);
        return questions;
    }

    List<OutsideList> working(Subject subject) {
        return lists.entrySet().stream()
                .filter(list -> list.getValue().works())
                .map(Map.Entry::getKey)
                .filter(list -> list.subjects().contains(subject))
                .toList();
    }

    boolean hasCertifiers() {
        return !certifiers.isEmpty();
    }

    /// A configured certifier that works.
    Optional<Certifier> certifier(DomainName name) {
        var watch = certifierWatches.get(name);
        return watch == null || !watch.works()
                ? Optional.empty()
                : Optional.ofNullable(certifiers.get(name));
    }

    Duration timeLimit() {
        return options.timeLimit();
    }

    /// For metrics.
    ///
    /// @param working lists and certifiers that are asked
    /// @param switchedOff those that are not: they failed their check, or wait for the first
    /// @param failedChecks since the start
    public record Statistics(int working, int switchedOff, long failedChecks) {}

    public Statistics statistics() {
        int working = 0;
        int all = 0;
        for (var watches : List.of(lists.values(), certifierWatches.values())) {
            for (var watch : watches) {
                all++;
                working += watch.works() ? 1 : 0;
            }
        }
        return new Statistics(working, all - working, failedChecks.sum());
    }

    @Override
    public void close() {
        checks.shutdownNow();
    }
}
