package tayori.receiver;

import java.util.LinkedHashMap;

/// How many messages each newcomer sent to us today; of this process alone. Thread-safe.
final class DailyVolume {
    /// Most domains counted at a time; the one not seen for longest makes room. Unit: domains, some 100 bytes each.
    static final int MAX_DOMAINS = 100_000;

    private final LinkedHashMap<String, Long> messages = new LinkedHashMap<>(16, 0.75f, true);
    private long today;

    /// Counts one more.
    ///
    /// @param day in days since 1970-01-01, UTC; another than before forgets everything
    /// @return how many there were today, this one included
    long count(String domain, long day) {
        synchronized (messages) {
            if (day != today) {
                messages.clear();
                today = day;
            }
            long now = messages.merge(domain, 1L, Long::sum);
            if (messages.size() > MAX_DOMAINS) {
                messages.pollFirstEntry();
            }
            return now;
        }
    }
}
