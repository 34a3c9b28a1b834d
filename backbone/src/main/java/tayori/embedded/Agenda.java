package tayori.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which subjects evidence has changed and nobody has scored since, and what came of scoring and is not yet in the
/// database. One thread folds, one scores, one takes checkpoints.
///
/// Bad news goes first: where there is more to do than time, mail that was merely counted waits, and not complaints.
final class Agenda {
    /// Most merely counted subjects that wait in memory; beyond, those already marked in the database are taken up from there.
    /// Unit: subjects.
    static final int MAX_WAITING = 1_000_000;

    /// @param current goes into the next checkpoint
    /// @param previous is being written by the one before
    private record Scored(Map<String, SubjectRow> current, Map<String, SubjectRow> previous) {}

    /// The number by each name says which change it waits for: a change during the scoring is not lost.
    private final Map<String, Long> urgent = new ConcurrentHashMap<>();

    private final Map<String, Long> calm = new ConcurrentHashMap<>();
    private long changes;

    private volatile Scored scored =
            new Scored(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    private Set<String> marked = Set.of();

    /// A subject that waits.
    record Entry(String name, long change, boolean isUrgent) {}

    /// Evidence was folded. For the thread that folds.
    ///
    /// @param isUrgent whether it told more than that mail came
    void changed(String name, boolean isUrgent) {
        (isUrgent ? urgent : calm).put(name, ++changes);
    }

    /// The next to be scored, urgent ones first.
    List<Entry> next(int limit) {
        var entries = new ArrayList<Entry>();
        take(urgent, true, limit, entries);
        take(calm, false, limit, entries);
        return entries;
    }

    private static void take(
            Map<String, Long> waiting, boolean isUrgent, int limit, List<Entry> entries) {
        for (var entry : waiting.entrySet()) {
            if (entries.size() >= limit) {
                return;
            }
            entries.add(new Entry(entry.getKey(), entry.getValue(), isUrgent));
        }
    }

    boolean hasUrgent() {
        return !urgent.isEmpty();
    }

    /// A subject was scored. For the thread that scores.
    void scored(SubjectRow row) {
        scored.current().put(row.name(), row);
    }

    /// What it waited for is done. For the thread that scores, after [#scored].
    void done(Entry entry) {
        (entry.isUrgent() ? urgent : calm).remove(entry.name(), entry.change());
    }

    /// What came of the last scoring, if it is not yet in the database.
    Optional<SubjectRow> find(String name) {
        var now = scored;
        var row = now.current().get(name);
        return Optional.ofNullable(row == null ? now.previous().get(name) : row);
    }

    int waiting() {
        return urgent.size() + calm.size();
    }

    /// Scorings that the next checkpoint will write.
    int scoredWaiting() {
        return scored.current().size();
    }

    /// What a checkpoint must write.
    ///
    /// @param unscored to be marked as due
    record Part(Collection<SubjectRow> scored, Set<String> unscored) {}

    /// From now on scorings belong to the next checkpoint. Those not scored are looked up first: one that is done meanwhile
    /// stands in both parts, and is scored once more after a crash.
    Part begin() {
        var unscored = new HashSet<>(urgent.keySet());
        unscored.addAll(calm.keySet());
        var before = scored;
        scored = new Scored(new ConcurrentHashMap<>(), before.current());
        marked = unscored;
        return new Part(before.current().values(), unscored);
    }

    /// The checkpoint is in the database.
    void committed() {
        scored = new Scored(scored.current(), new ConcurrentHashMap<>());
        if (calm.size() > MAX_WAITING) {
            calm.keySet().removeAll(marked);
        }
        marked = Set.of();
    }

    /// The checkpoint is not in the database: the next one brings it.
    void failed() {
        var now = scored;
        now.previous().forEach(now.current()::putIfAbsent);
        scored = new Scored(now.current(), new ConcurrentHashMap<>());
        marked = Set.of();
    }
}
