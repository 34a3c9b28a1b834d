package tayori.dmarc;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Remembers what records say, by their text: the few big senders publish most of what is read.
///
/// A place per hash value, the newest text takes it; so it is bounded, and threads need not wait for each other.
final class RecordCache {
    /// Places. A power of two.
    static final int PLACES = 2_048;

    /// Longest text that is kept, in characters; with [#PLACES] this bounds the memory to a few megabytes.
    static final int MAX_CHARS = 512;

    private record Entry(String text, DmarcRecord.Outcome outcome) {}

    private final AtomicReferenceArray<@Nullable Entry> entries =
            new AtomicReferenceArray<>(PLACES);

    DmarcRecord.Outcome parse(String text) {
        if (text.length() > MAX_CHARS) {
            return DmarcRecord.parse(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        var entry = entries.get(place);
        if (entry != null && entry.text().equals(text)) {
            return entry.outcome();
        }
        var outcome = DmarcRecord.parse(text);
        entries.set(place, new Entry(text, outcome));
        return outcome;
    }
}
