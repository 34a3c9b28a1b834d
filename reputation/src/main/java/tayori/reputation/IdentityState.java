package tayori.reputation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// All evidence about one identity: grow-only counters for each provider, folding node, and hour or day of arrival, and
/// beside them when it was seen and how many people complained. Nothing in here decays: time weighs only when a
/// [Scorer] reads.
///
/// Merging takes for each node and bucket the larger counter, so it commutes, associates and may be repeated; what
/// several nodes counted is added up only when reading. Forgetting ([#compact]) drops whole buckets by their time, so it
/// commutes with merging.
///
/// Mutable while folding, by one thread at a time.
public final class IdentityState {
    /// The first octet of stored state; another layout gets another.
    private static final int VERSION = 1;

    /// Not seen yet.
    static final long NEVER = -1;

    private final Identity identity;
    private final List<Ledger> ledgers = new ArrayList<>();
    private ActiveDays activeDays = new ActiveDays();
    private Reporters reporters = new Reporters();
    private long firstSeenHour = NEVER;
    private long lastSeenHour = NEVER;
    private int latestLedger;

    private IdentityState(Identity identity) {
        this.identity = identity;
    }

    public static IdentityState of(Identity identity) {
        return new IdentityState(identity);
    }

    public Identity identity() {
        return identity;
    }

    /// Adds evidence to the counters of the node that folds it.
    ///
    /// Evidence of an unknown hour, or of one that is yet to come by more than an hour, goes to counters of its own, by
    /// the hour in which it was received, and decays from there. Evidence older than what is kept is ignored.
    ///
    /// @param foldingNode who folds; no two machines may use one name at a time
    /// @param evidence about this identity; that is not checked again
    /// @param receivedHour the hour in which the evidence was handed in, in hours since 1970-01-01T00:00Z. It belongs to
    ///     the evidence: folding anew from a log must give the same hour again.
    public void fold(String foldingNode, String provider, Evidence evidence, long receivedHour) {
        boolean dated =
                evidence.hour() != Evidence.UNKNOWN_HOUR
                        && evidence.hour() <= receivedHour + Timeline.CLOCK_GRACE;
        long hour = dated ? evidence.hour() : receivedHour;
        if (hour < 0 || Timeline.dayOf(hour) < Timeline.firstDay(receivedHour)) {
            return;
        }
        if (!evidence.counts().isEmpty()) {
            var ledger = ledger(foldingNode, provider);
            (dated ? ledger.dated() : ledger.undated()).add(hour, evidence.counts(), receivedHour);
        }
        if (evidence.counts().get(Observation.MESSAGES) > 0) {
            seen(hour);
        }
        if (!evidence.reporters().isEmpty()) {
            reporters.add(hour, evidence.reporters());
        }
    }

    private void seen(long hour) {
        activeDays.add(Timeline.dayOf(hour));
        firstSeenHour = firstSeenHour == NEVER ? hour : Math.min(firstSeenHour, hour);
        lastSeenHour = Math.max(lastSeenHour, hour);
    }

    private Ledger ledger(String node, String provider) {
        if (latestLedger < ledgers.size()) {
            var latest = ledgers.get(latestLedger);
            if (latest.provider().equals(provider) && latest.node().equals(node)) {
                return latest;
            }
        }
        int low = 0;
        int high = ledgers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            var candidate = ledgers.get(middle);
            int order = candidate.provider().compareTo(provider);
            order = order == 0 ? candidate.node().compareTo(node) : order;
            if (order == 0) {
                latestLedger = middle;
                return candidate;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        var ledger = new Ledger(provider, node);
        ledgers.add(low, ledger);
        latestLedger = low;
        return ledger;
    }

    /// The state that has seen what either has seen. Neither is changed.
    ///
    /// @throws IllegalArgumentException for two different identities
    public static IdentityState merge(IdentityState a, IdentityState b) {
        if (!a.identity.equals(b.identity)) {
            throw new IllegalArgumentException(a.identity + " is not " + b.identity);
        }
        var merged = new IdentityState(a.identity);
        mergeLedgers(a.ledgers, b.ledgers, merged.ledgers);
        merged.activeDays = ActiveDays.merge(a.activeDays, b.activeDays);
        merged.reporters = Reporters.merge(a.reporters, b.reporters);
        merged.firstSeenHour =
                a.firstSeenHour == NEVER || b.firstSeenHour == NEVER
                        ? Math.max(a.firstSeenHour, b.firstSeenHour)
                        : Math.min(a.firstSeenHour, b.firstSeenHour);
        merged.lastSeenHour = Math.max(a.lastSeenHour, b.lastSeenHour);
        return merged;
    }

    private static void mergeLedgers(List<Ledger> a, List<Ledger> b, List<Ledger> merged) {
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int order =
                    i == a.size()
                            ? 1
                            : j == b.size() ? -1 : Ledger.ORDER.compare(a.get(i), b.get(j));
            var first = order <= 0 ? a.get(i) : b.get(j);
            merged.add(Ledger.merge(first, order == 0 ? b.get(j) : first));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    /// Forgets what is no longer read: hours before the day before yesterday, days beyond 60, active days beyond a year,
    /// people who complained before last month.
    public void compact(long nowHour) {
        for (var ledger : ledgers) {
            ledger.compact(nowHour);
        }
        ledgers.removeIf(Ledger::isEmpty);
        latestLedger = 0;
        activeDays.dropBefore(Timeline.dayOf(nowHour - Timeline.CLOCK_GRACE) - ActiveDays.DAYS + 1);
        reporters.compact(nowHour - Timeline.CLOCK_GRACE);
    }

    /// Whether there is nothing left to tell but when it was first seen.
    public boolean isEmpty() {
        return ledgers.isEmpty() && activeDays.count() == 0;
    }

    /// Sorted by provider, then by node.
    List<Ledger> ledgers() {
        return ledgers;
    }

    int activeDays() {
        return activeDays.count();
    }

    long reporters(long nowHour) {
        return reporters.estimate(nowHour);
    }

    long firstSeenHour() {
        return firstSeenHour;
    }

    long lastSeenHour() {
        return lastSeenHour;
    }

    /// The same octets for the same state, whatever way it came about.
    public byte[] encode() {
        var out = new OctetWriter();
        out.octet(VERSION);
        out.unsigned(firstSeenHour + 1);
        out.unsigned(lastSeenHour + 1);
        long base = Math.max(firstSeenHour, 0);
        activeDays.write(out, Timeline.dayOf(base));
        reporters.write(out);
        var names = new TreeSet<String>();
        for (var ledger : ledgers) {
            names.add(ledger.provider());
            names.add(ledger.node());
        }
        var numbered = List.copyOf(names);
        out.unsigned(numbered.size());
        numbered.forEach(out::text);
        out.unsigned(ledgers.size());
        for (var ledger : ledgers) {
            out.unsigned(names.headSet(ledger.provider()).size());
            out.unsigned(names.headSet(ledger.node()).size());
            ledger.dated().write(out, base);
            ledger.undated().write(out, base);
        }
        return out.toOctets();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException that says where, when it is not that
    public static IdentityState decode(Identity identity, byte[] octets) {
        var in = new OctetReader("state of " + identity, octets);
        in.require(in.octet() == VERSION, "an unknown version");
        var state = new IdentityState(identity);
        state.firstSeenHour = in.unsigned(OctetReader.MAX_TIME) - 1;
        state.lastSeenHour = in.unsigned(OctetReader.MAX_TIME) - 1;
        long base = Math.max(state.firstSeenHour, 0);
        state.activeDays = ActiveDays.read(in, Timeline.dayOf(base));
        state.reporters = Reporters.read(in);
        var names = new String[in.count(1)];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.text();
            in.require(i == 0 || names[i - 1].compareTo(names[i]) < 0, "names out of order");
        }
        int ledgers = in.count(OCTETS_PER_LEDGER);
        for (int i = 0; i < ledgers; i++) {
            var ledger =
                    new Ledger(
                            names[(int) in.unsigned(names.length - 1L)],
                            names[(int) in.unsigned(names.length - 1L)],
                            Timeline.read(in, base),
                            Timeline.read(in, base));
            in.require(
                    i == 0 || Ledger.ORDER.compare(state.ledgers.getLast(), ledger) < 0,
                    "ledgers out of order");
            state.ledgers.add(ledger);
        }
        in.end();
        return state;
    }

    /// Fewest octets that a ledger takes: two names, four numbers of buckets.
    private static final int OCTETS_PER_LEDGER = 6;

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityState state
                && identity.equals(state.identity)
                && firstSeenHour == state.firstSeenHour
                && lastSeenHour == state.lastSeenHour
                && activeDays.equals(state.activeDays)
                && reporters.equals(state.reporters)
                && ledgers.equals(state.ledgers);
    }

    @Override
    public int hashCode() {
        return 31 * identity.hashCode() + ledgers.hashCode();
    }

    @Override
    public String toString() {
        return identity + " at " + ledgers.size() + " providers and nodes";
    }
}
