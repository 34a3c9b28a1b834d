package tayori.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Somebody who may ask with a key.
///
/// @param name what metrics and logs call it; two clients never have the same
/// @param keyHashes [AccessKeys#hash] of each key that is his: two while he changes from one to the next
/// @param zones the zones he may ask, as in [AccessKeys#AccessKeys]; all others refuse him
/// @param queriesPerSecond mean number of queries a second; a second's worth may come at once. 1 to 1,000,000
/// @param queriesPerDay number of queries from midnight to midnight UTC. 1 to 10^12
public record Client(
        String name,
        List<String> keyHashes,
        Set<String> zones,
        long queriesPerSecond,
        long queriesPerDay) {
    /// Highest [#queriesPerSecond]. Unit: queries a second; far above what one machine answers.
    public static final long MAX_QUERIES_PER_SECOND = 1_000_000;

    /// Highest [#queriesPerDay]. Unit: queries; ten times what the highest rate makes in a day.
    public static final long MAX_QUERIES_PER_DAY = 1_000_000_000_000L;

    private static final int HASH_DIGITS = 64;

    public Client {
        keyHashes =
                keyHashes.stream().map(hash -> hash.toLowerCase(Locale.ROOT)).distinct().toList();
        zones = Set.copyOf(zones);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a client needs a name");
        }
        for (String hash : keyHashes) {
            if (hash.length() != HASH_DIGITS
                    || !hash.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
                throw new IllegalArgumentException(
                        "client "
                                + name
                                + ": a key's hash is 64 hexadecimal digits (SHA-256), not "
                                + hash.length()
                                + " characters of another kind");
            }
        }
        requireWithin(name, "queriesPerSecond", queriesPerSecond, MAX_QUERIES_PER_SECOND);
        requireWithin(name, "queriesPerDay", queriesPerDay, MAX_QUERIES_PER_DAY);
    }

    private static void requireWithin(String client, String what, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "client %s: %s must be 1 to %d, not %d".formatted(client, what, most, value));
        }
    }
}
