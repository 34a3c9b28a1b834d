package tayori.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A list of another: names, each with an address and a text. Read once, then only looked up; a newer file is a new list.
///
/// One name takes some 40 octets; what many names say is kept once.
public final class ImportedList {
    /// Whether a name below an entry is listed as well is up to the entry: `.example.com` in a dnset.
    private static final int BELOW = 1 << 24;

    /// `*.example.com`: names below alone.
    private static final int NOT_ITSELF = 1 << 25;

    /// `!example.com`: not listed, though an ancestor is.
    private static final int EXCLUDED = 1 << 26;

    private static final int VALUE = BELOW - 1;

    private final NameTable names = new NameTable(false);
    private final AncestorCounts ancestors = new AncestorCounts();
    private final List<ImportedValue> values = new ArrayList<>();
    private final Map<String, Integer> valueNumbers = new HashMap<>();
    private final WireName name = new WireName(); // of the reader of the file
    private final ImportedEntry found = new ImportedEntry(); // of the reader of the file
    private int deepest;
    private long skipped;
    private Optional<Duration> ttl = Optional.empty();
    private Optional<Instant> expires = Optional.empty();

    ImportedList() {}

    /// Reads `domain<TAB>A<TAB>TXT` lines, `A` in 127.0.0.0/8.
    public static ImportedList readTsv(Path file) throws IOException {
        return ListReader.tsv(file);
    }

    /// Reads a dnset file of rbldnsd (rbldnsd(8)).
    public static ImportedList readDnset(Path file) throws IOException {
        return ListReader.dnset(file);
    }

    static ImportedList readDnset(InputStream in) throws IOException {
        return ListReader.dnset(in);
    }

    static ImportedList readTsv(InputStream in) throws IOException {
        return ListReader.tsv(in);
    }

    // ---- while the file is read

    enum Reach {
        EXACT(0),
        WITH_SUBDOMAINS(BELOW),
        SUBDOMAINS(BELOW | NOT_ITSELF),
        EXCLUDED(ImportedList.EXCLUDED | BELOW);

        private final int flags;

        Reach(int flags) {
            this.flags = flags;
        }
    }

    /// The number of a value, the same for the same value.
    ///
    /// @return -1 where there are more than a list can have
    int number(ImportedValue value, String key) {
        Integer number = valueNumbers.get(key);
        if (number == null) {
            if (values.size() > VALUE) {
                return -1;
            }
            number = values.size();
            values.add(value);
            valueNumbers.put(key, number);
        }
        return number;
    }

    /// The last line about a name holds.
    ///
    /// @return whether the octets are a name
    boolean add(byte[] text, int offset, int length, Reach reach, int number) {
        if (!name.set(text, offset, length)) {
            return false;
        }
        name.hash(0, name.labels());
        int stored = number | reach.flags;
        int record = names.find(name, 0, name.labels(), found);
        if (record != 0) {
            names.set(record, stored, 0, 0);
        } else {
            names.add(name, stored, 0, 0);
            if (reach != Reach.EXCLUDED) {
                for (int label = 1; label < name.labels(); label++) {
                    ancestors.add(name.hashFrom(label), 1);
                }
            }
        }
        if (reach != Reach.EXACT) {
            deepest = Math.max(deepest, name.labels());
        }
        return true;
    }

    void skip() {
        skipped++;
    }

    void ttl(Duration duration) {
        ttl = Optional.of(duration);
    }

    void expires(Instant instant) {
        expires = Optional.of(instant);
    }

    /// What only reading needed is let go.
    ImportedList complete() {
        valueNumbers.clear();
        return this;
    }

    // ---- afterwards

    /// Looks up the first labels of a name, those before `end`: the entry of the name itself, else of the closest ancestor that
    /// holds for names below.
    ///
    /// @param wanted hashed from its first label up to `end`
    /// @return whether it is listed
    public boolean find(WireName wanted, int end, ImportedEntry into) {
        if (end == 0) {
            return false;
        }
        if (names.find(wanted, 0, end, into) != 0 && (into.number & NOT_ITSELF) == 0) {
            return resolve(into);
        }
        for (int label = Math.max(1, end - deepest); label < end; label++) {
            if (names.find(wanted, label, end, into) != 0 && (into.number & BELOW) != 0) {
                return resolve(into);
            }
        }
        return false;
    }

    private boolean resolve(ImportedEntry entry) {
        if ((entry.number & EXCLUDED) != 0) {
            return false;
        }
        entry.value = values.get(entry.number & VALUE);
        return true;
    }

    /// Whether listed names lie below this one.
    ///
    /// @param wanted hashed from its first label up to `end`
    public boolean anyBelow(WireName wanted, int end) {
        if (end == 0) {
            return false;
        }
        if (ancestors.any(wanted.hashFrom(0))) {
            return true;
        }
        var entry = new ImportedEntry();
        return deepest > 0
                && names.find(wanted, 0, end, entry) != 0
                && (entry.number & NOT_ITSELF) != 0;
    }

    /// Visits all that is listed: the name as a dnset writes it (`.example.com`), the address, the text.
    public void forEach(Visitor visitor) {
        var entry = new ImportedEntry();
        names.forEach((octets, length, stored) -> {
            entry.copy(stored);
            if (resolve(entry)) {
                String prefix =
                        (stored.number & NOT_ITSELF) != 0
                                ? "*."
                                : (stored.number & BELOW) != 0 ? "." : "";
                visitor.visit(prefix + WireName.text(octets, 0, length), entry);
            }
        });
    }

    /// Sees one entry, for the time of the call.
    public interface Visitor {
        void visit(String name, ImportedEntry entry);
    }

    public long size() {
        return names.size();
    }

    /// Lines that were no entry.
    public long skipped() {
        return skipped;
    }

    /// `$TTL` of the file.
    public Optional<Duration> ttl() {
        return ttl;
    }

    /// From when on the file says it is stale (`$TIMESTAMP`).
    public Optional<Instant> expires() {
        return expires;
    }

    /// Memory taken, names included. Unit: octets.
    public long bytes() {
        long texts = values.stream().mapToLong(value -> 48L + value.text().length).sum();
        return names.bytes() + ancestors.bytes() + texts;
    }
}
