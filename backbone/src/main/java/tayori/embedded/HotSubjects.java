package tayori.embedded;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The subjects in memory: those that changed since the last checkpoint, all of them, and those used last, as many as
/// there is room for. A subject is never here twice: only the thread that folds brings it in.
final class HotSubjects {
    /// Those that changed.
    ///
    /// @param number of the next checkpoint
    /// @param current will be written by the next checkpoint
    /// @param previous are being written by the one before
    private record Changed(
            long number, Map<String, HotSubject> current, Map<String, HotSubject> previous) {
        @Nullable HotSubject find(String name) {
            var subject = current.get(name);
            return subject == null ? previous.get(name) : subject;
        }
    }

    private final Cache<String, HotSubject> recent;
    private volatile Changed changed =
            new Changed(1, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    HotSubjects(int maxRecent) {
        recent = Caffeine.newBuilder().maximumSize(maxRecent).executor(Runnable::run).build();
    }

    /// The subject, read from the database if need be. For the thread that folds.
    HotSubject bring(String name, StateReader reader) throws IOException {
        var found = changed.find(name);
        if (found == null) {
            found = recent.getIfPresent(name);
        }
        if (found == null) {
            found = HotSubject.of(reader.state(name));
            recent.put(name, found);
        }
        return found;
    }

    /// The subject, if it is in memory. For any thread.
    Optional<HotSubject> find(String name) {
        var found = changed.find(name);
        return Optional.ofNullable(found == null ? recent.getIfPresent(name) : found);
    }

    /// Number of the checkpoint that will write what is folded now.
    long checkpoint() {
        return changed.number();
    }

    void changed(HotSubject subject) {
        changed.current().put(subject.name(), subject);
    }

    /// From now on changes belong to the next checkpoint.
    ///
    /// @return those that this one must write
    Collection<HotSubject> begin() {
        var before = changed;
        changed = new Changed(before.number() + 1, new ConcurrentHashMap<>(), before.current());
        return before.current().values();
    }

    /// The checkpoint is in the database.
    void committed() {
        changed = new Changed(changed.number(), changed.current(), new ConcurrentHashMap<>());
    }

    /// The checkpoint is not in the database: what it should have written, the next one will.
    void failed() {
        for (var subject : changed.previous().values()) {
            subject.changeAgain(changed.number());
            changed.current().put(subject.name(), subject);
        }
        committed();
    }

    long size() {
        return recent.estimatedSize();
    }

    int dirty() {
        var now = changed;
        return now.current().size() + now.previous().size();
    }

    /// Those that the next checkpoint will write.
    int waiting() {
        return changed.current().size();
    }
}
