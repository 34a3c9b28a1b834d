package tayori.receiver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.Identity;
import tayori.reputation.Observation;

/// Sums by identity and hour, until they are taken away. Thread-safe: identities are spread over stripes, each with a lock
/// of its own, held for one addition.
final class EvidenceTable {
    /// Most reporters named for one identity and hour at a time; further complaints are counted, their reporters are not.
    /// Fewer distinct reporters can only be to the sender's advantage. Unit: reporters.
    static final int MAX_REPORTERS = 1_000;

    private static final int STRIPES = 64;

    private record Key(Identity identity, long hour) {}

    private static final class Sum {
        Counts counts = Counts.NONE;
        Set<Long> reporters = Set.of();
    }

    private static final class Stripe {
        Map<Key, Sum> sums = new HashMap<>();
    }

    private final int maxKeys;
    private final AtomicInteger keys = new AtomicInteger();
    private final Stripe[] stripes = new Stripe[STRIPES];

    EvidenceTable(int maxKeys) {
        this.maxKeys = maxKeys;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// @return whether there was room for it
    boolean add(Identity identity, long hour, Observation observation, OptionalLong reporter) {
        var key = new Key(identity, hour);
        var stripe = stripes[Math.floorMod(key.hashCode() * 31, STRIPES)];
        synchronized (stripe) {
            var sum = stripe.sums.get(key);
            if (sum == null) {
                if (keys.incrementAndGet() > maxKeys) {
                    keys.decrementAndGet();
                    return false;
                }
                sum = new Sum();
                stripe.sums.put(key, sum);
            }
            sum.counts = sum.counts.plus(observation, 1);
            if (reporter.isPresent()) {
                sum.reporters = sum.reporters.isEmpty() ? new LinkedHashSet<>() : sum.reporters;
                if (sum.reporters.size() < MAX_REPORTERS) {
                    sum.reporters.add(reporter.getAsLong());
                }
            }
            return true;
        }
    }

    boolean isFull() {
        return keys.get() >= maxKeys;
    }

    /// Takes all sums away.
    List<Evidence> take() {
        var evidence = new ArrayList<Evidence>();
        for (var stripe : stripes) {
            Map<Key, Sum> taken;
            synchronized (stripe) {
                taken = stripe.sums;
                stripe.sums = new HashMap<>();
                keys.addAndGet(-taken.size());
            }
            taken.forEach((key, sum) ->
                    evidence.add(
                            new Evidence(
                                    key.identity(),
                                    key.hour(),
                                    sum.counts,
                                    List.copyOf(sum.reporters))));
        }
        return evidence;
    }
}
