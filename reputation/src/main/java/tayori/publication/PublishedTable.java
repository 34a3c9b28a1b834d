package tayori.publication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tayori.dns.DomainName;
import tayori.psl.PublicSuffixList;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;

/// All that is published, in memory, for ten million names and more at some 55 octets each, names included.
///
/// Writers take turns; readers take no lock, wait for nobody, and always see a whole entry. What was put is found by the
/// next look-up. Growing is done in pieces of some microseconds.
public final class PublishedTable implements ReputationView {
    /// What came of [#put].
    public enum Outcome {
        STORED,
        /// Below it the public registers names: what one of them sends says nothing about the others.
        PUBLIC_SUFFIX,
        /// Neither a domain name in A-labels nor an address block.
        NOT_A_NAME
    }

    private final PublicSuffixList suffixes;
    private final NameTable names = new NameTable(true);
    private final AncestorCounts ancestors = new AncestorCounts();
    private final AtomicLong changes = new AtomicLong();

    /// Most labels of a name that holds for those below it: no longer ancestor need be looked for.
    private volatile int deepest;

    private final ReentrantLock writing = new ReentrantLock();
    private final WireName name = new WireName(); // of the writer
    private final PublishedEntry before = new PublishedEntry(); // of the writer
    private final PublishedEntry after = new PublishedEntry(); // of the writer

    public PublishedTable(PublicSuffixList suffixes) {
        this.suffixes = suffixes;
    }

    /// Publishes what is known of a subject, in place of what was published before.
    public Outcome put(Published published) {
        String subject = published.subject();
        boolean addressBlock = subject.indexOf('/') >= 0;
        writing.lock();
        try {
            if (!name.set(subject)) {
                return Outcome.NOT_A_NAME;
            }
            name.hash(0, name.labels());
            int record = names.find(name, 0, name.labels(), before);
            if (record == 0 && !addressBlock && isPublicSuffix(subject)) {
                return Outcome.PUBLIC_SUFFIX; // one that is there already is none
            }
            after.pack(published, addressBlock);
            store(record);
            return Outcome.STORED;
        } finally {
            writing.unlock();
        }
    }

    private boolean isPublicSuffix(String subject) {
        var domain = DomainName.parse(subject);
        return domain.isPresent() && suffixes.publicSuffix(domain.get()).equals(domain.get());
    }

    /// Writes [#after] under [#name], which has been hashed.
    ///
    /// @param record where it stands already, with [#before] in it; 0 for nowhere
    private void store(int record) {
        if (after.withSubdomains() && name.labels() > deepest) {
            deepest = name.labels();
        }
        if (record == 0) {
            count(0, after.zones());
            names.add(name, after.number, after.first, after.second);
            changes.incrementAndGet();
            return;
        }
        count(before.zones(), after.zones());
        names.set(record, after.number, after.first, after.second);
        if (before.first != after.first || before.second != after.second) {
            changes.incrementAndGet();
        }
    }

    /// Takes back what was published.
    ///
    /// @return whether there was anything
    public boolean remove(String subject) {
        writing.lock();
        try {
            if (!name.set(subject)) {
                return false;
            }
            name.hash(0, name.labels());
            int record = names.find(name, 0, name.labels(), before);
            if (record == 0) {
                return false;
            }
            names.remove(name, record);
            count(before.zones(), 0);
            changes.incrementAndGet();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /// Counts the name at its ancestors, in each zone that it came to or left.
    private void count(int zonesBefore, int zonesAfter) {
        int changed = zonesBefore ^ zonesAfter;
        if (changed == 0) {
            return;
        }
        for (ZoneKind zone : ZoneKind.values()) {
            if ((changed & zone.bit()) != 0) {
                int difference = (zonesAfter & zone.bit()) != 0 ? 1 : -1;
                for (int label = 1; label < name.labels(); label++) {
                    ancestors.add(inZone(name.hashFrom(label), zone), difference);
                }
            }
        }
    }

    private static long inZone(long hash, ZoneKind zone) {
        return hash + zone.bit() * 0x9e3779b97f4a7c15L;
    }

    @Override
    public Optional<Published> find(String subject) {
        var wanted = new WireName();
        if (!wanted.set(subject)) {
            return Optional.empty();
        }
        wanted.hash(0, wanted.labels());
        var entry = new PublishedEntry();
        int label = find(wanted, wanted.labels(), entry);
        return label < 0
                ? Optional.empty()
                : Optional.of(
                        entry.unpack(
                                WireName.text(
                                        wanted.octets,
                                        wanted.start(label),
                                        wanted.start(wanted.labels()))));
    }

    /// The same for the first labels of a name, those before `end`, without making objects.
    ///
    /// @param wanted hashed from its first label up to `end`
    /// @param into the entry, when there is one
    /// @return the label at which the subject that was found begins, 0 for the name itself; -1 for none
    public int find(WireName wanted, int end, PublishedEntry into) {
        if (end == 0) {
            return -1;
        }
        if (names.find(wanted, 0, end, into) != 0) {
            return 0;
        }
        for (int label = Math.max(1, end - deepest); label < end; label++) {
            if (names.find(wanted, label, end, into) != 0 && into.withSubdomains()) {
                return label;
            }
        }
        return -1;
    }

    /// Whether names of a zone lie below this one, which may not be listed itself.
    ///
    /// @param wanted hashed from its first label up to `end`
    public boolean anyBelow(WireName wanted, int end, ZoneKind zone) {
        return end > 0 && ancestors.any(inZone(wanted.hashFrom(0), zone));
    }

    /// Visits all; each entry is as it was at one moment, the walk as a whole is not. An entry that comes, goes or changes
    /// meanwhile may be seen, or not, or twice.
    public void forEach(Consumer<Published> visitor) {
        var entry = new PublishedEntry();
        names.forEach((octets, length, stored) -> {
            entry.copy(stored);
            visitor.accept(entry.unpack(WireName.text(octets, 0, length)));
        });
    }

    /// Sees one entry, for the time of the call.
    public interface EntryVisitor<E extends Exception> {
        void visit(WireName subject, PublishedEntry entry) throws E;
    }

    /// The same without making objects.
    public <E extends Exception> void forEachEntry(EntryVisitor<E> visitor) throws E {
        var subject = new WireName();
        var entry = new PublishedEntry();
        names.forEach((octets, length, stored) -> {
            entry.copy(stored);
            if (subject.setWire(octets, 0, length)) {
                visitor.visit(subject, entry);
            }
        });
    }

    /// How many subjects there are.
    public long size() {
        return names.size();
    }

    /// Grows with each change of what is published; a new end of validity alone is none.
    public long changes() {
        return changes.get();
    }

    /// Memory taken, names included. Unit: octets.
    public long bytes() {
        return names.bytes() + ancestors.bytes();
    }

    /// Writes a snapshot, beside look-ups and changes; see [#forEach] for what it holds of changes meanwhile. The file
    /// appears under its name when it is whole and on disk.
    public void save(Path file) throws IOException {
        Snapshot.write(file, names);
    }

    /// Reads a snapshot.
    ///
    /// @throws IOException when it cannot be read, is of another version, or is not whole
    public static PublishedTable load(Path file, PublicSuffixList suffixes) throws IOException {
        var table = new PublishedTable(suffixes);
        table.writing.lock();
        try {
            Snapshot.read(
                    file,
                    (octets, offset, length, entry) -> {
                        if (!table.name.setWire(octets, offset, length)) {
                            throw new IOException(file + ": a name that is none");
                        }
                        table.after.copy(entry);
                        table.name.hash(0, table.name.labels());
                        table.store(
                                table.names.find(table.name, 0, table.name.labels(), table.before));
                    });
        } finally {
            table.writing.unlock();
        }
        return table;
    }
}
