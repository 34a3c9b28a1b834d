package tayori.access;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may ask, and how much: the key is one label left of the zone, so that for a mail server it is only another zone
/// name (`example.jp.KEY.dwl.example`).
///
/// Only SHA-256 of each key is known here. A guess is hashed before it is looked up, so the time a look-up takes tells
/// nothing about any key. Any number of threads may ask while another reloads; nobody waits, nothing is allocated.
public final class AccessKeys {
    /// Answer of [#find] for a label that is nobody's key.
    public static final int NONE = -1;

    /// Shortest label that is looked at. Unit: octets; 16 letters or digits are 82 bits, which nobody guesses, and the
    /// labels of most domains cost nothing.
    public static final int MIN_KEY_OCTETS = 16;

    /// Longest label. Unit: octets. RFC 1035 §2.3.4.
    public static final int MAX_KEY_OCTETS = 63;

    /// Most clients. Unit: clients; a slot has some 300 octets.
    public static final int MAX_CLIENTS = 65_536;

    /// Most zones. Unit: zones; a client's are the bits of one number.
    public static final int MAX_ZONES = 64;

    private static final int WORDS = 4;
    private static final int HASH_OCTETS = 32;
    private static final long DAY_SECONDS = 86_400;

    private static final ThreadLocal<Hasher> HASHERS = ThreadLocal.withInitial(Hasher::new);

    private final List<String> zones;
    private volatile Table table = new Table(new Slot[0]);

    /// Nobody has a key yet.
    ///
    /// @param zones the names of all zones that take keys; a zone's place in this list is its number in [#take]
    public AccessKeys(List<String> zones) {
        this.zones = List.copyOf(zones);
        if (zones.size() > MAX_ZONES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_ZONES + " zones take keys, not " + zones.size());
        }
    }

    /// What a client list keeps of a key: SHA-256 of the label in lower case, in hexadecimal.
    ///
    /// @throws IllegalArgumentException for a key that is too short, too long, or no label of letters, digits, `-` and `_`
    public static String hash(String key) {
        if (key.length() < MIN_KEY_OCTETS || key.length() > MAX_KEY_OCTETS) {
            throw new IllegalArgumentException(
                    "a key has %d to %d characters, not %d"
                            .formatted(MIN_KEY_OCTETS, MAX_KEY_OCTETS, key.length()));
        }
        if (!key.chars().allMatch(AccessKeys::isLabelCharacter)) {
            throw new IllegalArgumentException("a key has letters, digits, '-' and '_' only");
        }
        byte[] octets = key.getBytes(StandardCharsets.US_ASCII);
        long[] words = HASHERS.get().hash(octets, 0, octets.length);
        var hex = new StringBuilder();
        for (long word : words) {
            hex.append(HexFormat.of().toHexDigits(word));
        }
        return hex.toString();
    }

    private static boolean isLabelCharacter(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    /// Puts this list in the place of the former one, at once. Who was there before keeps what he has used.
    ///
    /// @param nanoTime in the time of [System#nanoTime]
    /// @throws IllegalArgumentException for two clients of one name, one key of two clients, or a zone that is not ours;
    ///     the former list then stays
    public synchronized void reload(List<Client> clients, long nanoTime) {
        if (clients.size() > MAX_CLIENTS) {
            throw new IllegalArgumentException(
                    "at most " + MAX_CLIENTS + " clients, not " + clients.size());
        }
        requireDistinctNames(clients);
        table = new Table(slots(clients, nanoTime));
    }

    /// Everybody keeps the slot he had; who is new takes one that was free already, so that a number which [#find] has just
    /// given never becomes another client's.
    private @Nullable Slot[] slots(List<Client> clients, long nanoTime) {
        var former = table.slots;
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < former.length; i++) {
            if (former[i] != null) {
                places.put(former[i].client.name(), i);
            }
        }
        var slots = new ArrayList<@Nullable Slot>(Collections.nCopies(former.length, null));
        int free = 0;
        for (var client : clients) {
            Integer place = places.get(client.name());
            if (place != null) {
                Account account = Objects.requireNonNull(former[place]).account;
                slots.set(place, new Slot(client, zoneBits(client), account));
                continue;
            }
            while (free < former.length && former[free] != null) {
                free++;
            }
            var slot = new Slot(client, zoneBits(client), new Account(client.name(), nanoTime));
            if (free < former.length) {
                slots.set(free++, slot);
            } else {
                slots.add(slot);
            }
        }
        return slots.toArray(Slot[]::new);
    }

    private static void requireDistinctNames(List<Client> clients) {
        Set<String> names = new HashSet<>();
        for (var client : clients) {
            if (!names.add(client.name())) {
                throw new IllegalArgumentException("two clients are named " + client.name());
            }
        }
    }

    private long zoneBits(Client client) {
        long bits = 0;
        for (String zone : client.zones()) {
            int index = zones.indexOf(zone);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "client %s: no zone %s; there are %s"
                                .formatted(client.name(), zone, zones));
            }
            bits |= 1L << index;
        }
        return bits;
    }

    /// Whose key a label is; upper and lower case are one.
    ///
    /// @param octets holds the label without its length octet, as in a packet
    /// @return a number for [#take], valid across one [#reload]; [#NONE] for nobody's
    public int find(byte[] octets, int offset, int length) {
        if (length < MIN_KEY_OCTETS || length > MAX_KEY_OCTETS) {
            return NONE;
        }
        return table.find(HASHERS.get().hash(octets, offset, length));
    }

    /// Counts one query of a client and says whether it may be answered.
    ///
    /// @param client from [#find]
    /// @param zone place of the asked zone in the list of zones
    /// @param nanoTime in the time of [System#nanoTime]
    /// @param epochSecond seconds since 1970-01-01T00:00Z
    public Verdict take(int client, int zone, long nanoTime, long epochSecond) {
        var slots = table.slots;
        var slot = client >= 0 && client < slots.length ? slots[client] : null;
        if (slot == null) {
            return Verdict.UNKNOWN_KEY;
        }
        var account = slot.account;
        if (((slot.zoneBits >>> zone) & 1) == 0) {
            account.otherZone.increment();
            return Verdict.OTHER_ZONE;
        }
        if (!account.takeOfSecond(slot.client.queriesPerSecond(), nanoTime)) {
            account.tooManyThisSecond.increment();
            return Verdict.TOO_MANY_THIS_SECOND;
        }
        if (!account.takeOfDay(slot.client.queriesPerDay(), epochSecond / DAY_SECONDS)) {
            account.tooManyToday.increment();
            return Verdict.TOO_MANY_TODAY;
        }
        account.allowed.increment();
        return Verdict.ALLOWED;
    }

    /// What each client of the present list has asked.
    public List<Usage> usage() {
        return Arrays.stream(table.slots)
                .filter(Objects::nonNull)
                .map(slot -> slot.account.usage())
                .toList();
    }

    /// @param zoneBits the zones he may ask, a bit each
    private record Slot(Client client, long zoneBits, Account account) {}

    /// One list, never changed: the clients, and a hash table of their keys with open addressing, at most half full.
    private static final class Table {
        /// A client's number is its place; null where somebody was and is not any more.
        final @Nullable Slot[] slots;

        /// Four words a cell, the hash of a key.
        private final long[] hashes;

        /// Whose key stands in the cell, or [#NONE].
        private final int[] owners;

        Table(@Nullable Slot[] slots) {
            this.slots = slots;
            int keys = 0;
            for (var slot : slots) {
                keys += slot == null ? 0 : slot.client.keyHashes().size();
            }
            int cells = Integer.highestOneBit(Math.max(4, 2 * keys)) * 2;
            this.hashes = new long[cells * WORDS];
            this.owners = new int[cells];
            Arrays.fill(owners, NONE);
            for (int i = 0; i < slots.length; i++) {
                var slot = slots[i];
                if (slot != null) {
                    for (String hash : slot.client.keyHashes()) {
                        put(words(hash), i, slot.client.name());
                    }
                }
            }
        }

        private static long[] words(String hash) {
            var words = new long[WORDS];
            for (int i = 0; i < WORDS; i++) {
                words[i] = HexFormat.fromHexDigitsToLong(hash, 16 * i, 16 * i + 16);
            }
            return words;
        }

        private void put(long[] words, int client, String name) {
            int owner = find(words);
            if (owner != NONE) {
                throw new IllegalArgumentException(
                        "client %s has a key of client %s"
                                .formatted(
                                        name, Objects.requireNonNull(slots[owner]).client.name()));
            }
            int cell = cell(words);
            while (owners[cell] != NONE) {
                cell = (cell + 1) & (owners.length - 1);
            }
            System.arraycopy(words, 0, hashes, cell * WORDS, WORDS);
            owners[cell] = client;
        }

        private int cell(long[] words) {
            return (int) words[0] & (owners.length - 1);
        }

        int find(long[] words) {
            for (int cell = cell(words);
                    owners[cell] != NONE;
                    cell = (cell + 1) & (owners.length - 1)) {
                int at = cell * WORDS;
                long difference =
                        (hashes[at] ^ words[0])
                                | (hashes[at + 1] ^ words[1])
                                | (hashes[at + 2] ^ words[2])
                                | (hashes[at + 3] ^ words[3]);
                if (difference == 0) {
                    return owners[cell];
                }
            }
            return NONE;
        }
    }

    /// One thread's tools for hashing, made once.
    private static final class Hasher {
        private final MessageDigest sha256;
        private final byte[] lowerCase = new byte[MAX_KEY_OCTETS];
        private final byte[] digest = new byte[HASH_OCTETS];
        private final long[] words = new long[WORDS];

        Hasher() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /// @return valid until the next call
        long[] hash(byte[] octets, int offset, int length) {
            for (int i = 0; i < length; i++) {
                byte octet = octets[offset + i];
                lowerCase[i] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
            }
            sha256.update(lowerCase, 0, length);
            try {
                sha256.digest(digest, 0, HASH_OCTETS);
            } catch (DigestException e) {
                throw new IllegalStateException("32 octets are enough for SHA-256", e);
            }
            for (int i = 0; i < WORDS; i++) {
                words[i] = word(digest, 8 * i);
            }
            return words;
        }

        private static long word(byte[] octets, int at) {
            long word = 0;
            for (int i = 0; i < 8; i++) {
                word = (word << 8) | (octets[at + i] & 0xff);
            }
            return word;
        }
    }
}
