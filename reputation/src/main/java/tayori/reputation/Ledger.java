package tayori.reputation;

import java.util.Comparator;

/// What one node folded of one provider.
///
/// @param dated by the time the mails arrived
/// @param undated where that is unknown: by the time the evidence came
record Ledger(String provider, String node, Timeline dated, Timeline undated) {
    /// Ledgers of one provider stand together.
    static final Comparator<Ledger> ORDER =
            Comparator.comparing(Ledger::provider).thenComparing(Ledger::node);

    Ledger(String provider, String node) {
        this(provider, node, new Timeline(), new Timeline());
    }

    static Ledger merge(Ledger a, Ledger b) {
        return new Ledger(
                a.provider,
                a.node,
                Timeline.merge(a.dated, b.dated),
                Timeline.merge(a.undated, b.undated));
    }

    void compact(long nowHour) {
        dated.compact(nowHour);
        undated.compact(nowHour);
    }

    boolean isEmpty() {
        return dated.isEmpty() && undated.isEmpty();
    }
}
