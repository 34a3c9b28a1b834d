package tayori.spf;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tayori.spf.SpfRecord.Parsed;

/// Parsed records by their text. Two generations: when the young one is full it becomes the old one, and the old one is
/// forgotten; what is still used moves back. Reading takes no lock, and no list of last uses is kept.
final class RecordCache {
    /// Longest text that is kept, in characters; longer records are rare, and strangers fill this cache.
    static final int MAX_TEXT = 1024;

    private final int generation;
    private volatile Map<String, Parsed> young = new ConcurrentHashMap<>();
    private volatile Map<String, Parsed> old = Map.of();

    /// @param capacity most records kept, rounded up to an even number; 0 for none
    RecordCache(int capacity) {
        this.generation = (capacity + 1) / 2;
    }

    Parsed parse(String text) {
        var parsed = young.get(text);
        if (parsed != null) {
            return parsed;
        }
        parsed = old.get(text);
        if (parsed == null) {
            parsed = SpfRecord.parse(text);
        }
        if (generation > 0 && text.length() <= MAX_TEXT) {
            keep(text, parsed);
        }
        return parsed;
    }

    int size() {
        return young.size() + old.size();
    }

    private synchronized void keep(String text, Parsed parsed) {
        if (young.size() >= generation) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(text, parsed);
    }
}
