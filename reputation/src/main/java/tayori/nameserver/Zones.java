package tayori.nameserver;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tayori.dns.DomainName;
import tayori.publication.PublishedTable;
import tayori.publication.WireName;
import tayori.publication.ZoneKind;
import tayori.transfer.ZoneSource;

/// For which names we answer: an apex Z, below it one zone for each [ZoneKind], and zones of imported lists, at any name.
///
/// Their serial is one for all. It is a time, in seconds since 1970, grows with the first question after a change, and never
/// more than once a second (RFC 1982).
public final class Zones {
    private final Zone[] byHash;
    private final List<Zone> all = new ArrayList<>();
    private final List<String> keyed = new ArrayList<>();
    private int leastLabels = Integer.MAX_VALUE;
    private int mostLabels;

    private final DomainName apex;
    private final StartOfAuthority authority;
    final ZoneOptions options;
    final PublishedTable table;
    private final List<ImportedZone> imported;

    /// Addresses of name servers, by their names.
    final Map<String, List<InetAddress>> hosts = new HashMap<>();

    private final AtomicReference<Serial> serial;

    /// @param number what the SOA records say
    /// @param changes of all tables when it was taken
    private record Serial(long number, long changes) {}

    /// @param apex Z, below which our own zones lie
    /// @param table what we publish, looked up for each query
    /// @param imported lists of others
    /// @param epochSecond now: the first serial
    public Zones(
            DomainName apex,
            StartOfAuthority authority,
            ZoneOptions options,
            PublishedTable table,
            List<ImportedZone> imported,
            long epochSecond) {
        this.apex = apex;
        this.authority = authority;
        this.options = options;
        this.table = table;
        this.imported = List.copyOf(imported);
        add(new Zone(apex, authority, options, -1, false, null, null));
        for (var kind : ZoneKind.values()) {
            var name = apex.below(kind.label()).orElseThrow(() -> tooLong(apex));
            add(
                    new Zone(
                            name,
                            authority,
                            options,
                            keyIndex(name),
                            options.keysOnly().contains(kind),
                            kind,
                            null));
        }
        for (var zone : imported) {
            add(
                    new Zone(
                            zone.apex(),
                            authority,
                            options,
                            keyIndex(zone.apex()),
                            zone.keysOnly(),
                            null,
                            zone));
        }
        byHash = new Zone[Integer.highestOneBit(all.size()) * 4];
        for (var zone : all) {
            int at = place(hash(zone));
            while (byHash[at] != null) {
                if (Arrays.equals(byHash[at].apex, zone.apex)) {
                    throw new IllegalArgumentException("two zones of one name below " + apex);
                }
                at = (at + 1) & (byHash.length - 1);
            }
            byHash[at] = zone;
        }
        for (var server : authority.servers()) {
            hosts.put(server.name().toString(), server.addresses());
        }
        serial = new AtomicReference<>(new Serial(epochSecond, changes()));
    }

    private static IllegalArgumentException tooLong(DomainName apex) {
        return new IllegalArgumentException("no room for zones below " + apex);
    }

    private void add(Zone zone) {
        all.add(zone);
        leastLabels = Math.min(leastLabels, zone.labels);
        mostLabels = Math.max(mostLabels, zone.labels);
    }

    private int keyIndex(DomainName name) {
        keyed.add(name.toString());
        return keyed.size() - 1;
    }

    private static long hash(Zone zone) {
        var name = new WireName();
        var terminated = Arrays.copyOf(zone.apex, WireName.MAX_OCTETS + 1 + Long.BYTES);
        name.read(terminated, 0, terminated.length);
        return name.hashOfAll();
    }

    private int place(long hash) {
        return (int) hash & (byHash.length - 1);
    }

    /// The names of the zones that take keys, in the order of their numbers.
    public List<String> keyedZones() {
        return List.copyOf(keyed);
    }

    /// Our own zones as wholes, for [tayori.transfer.TransferService]. The zones of imported lists are not among them: these are
    /// for others to hand out.
    public List<ZoneSource> sources(InstantSource clock) {
        return all.stream()
                .filter(zone -> zone.kind != null)
                .<ZoneSource>map(zone ->
                        new PublishedSource(
                                apex.below(zone.kind.label()).orElseThrow(),
                                zone.kind,
                                this,
                                authority,
                                clock))
                .toList();
    }

    /// The closest zone that a name lies in.
    ///
    /// @param most labels the zone may have
    /// @return null where the name is in none of ours
    @Nullable Zone find(WireName name, int most) {
        int labels = name.labels();
        int longest = Math.min(Math.min(labels, most), mostLabels);
        if (longest < leastLabels) {
            return null;
        }
        name.hash(labels - longest, labels);
        for (int count = longest; count >= leastLabels; count--) {
            int first = labels - count;
            for (int at = place(name.hashFrom(first));
                    byHash[at] != null;
                    at = (at + 1) & (byHash.length - 1)) {
                if (byHash[at].labels == count && name.equals(first, labels, byHash[at].apex)) {
                    return byHash[at];
                }
            }
        }
        return null;
    }

    private long changes() {
        long changes = table.changes();
        for (int i = 0; i < imported.size(); i++) {
            changes += imported.get(i).changes();
        }
        return changes;
    }

    /// The serial of all zones. Grows here, when there was a change since it grew last and the clock went on.
    ///
    /// @param epochSecond now
    public int serial(long epochSecond) {
        var now = serial.get();
        if (epochSecond > now.number() && changes() != now.changes()) {
            serial.compareAndSet(now, new Serial(epochSecond, changes()));
            return (int) serial.get().number();
        }
        return (int) now.number();
    }

    /// Whether the name of a name server lies below this one.
    boolean hostBelow(String name) {
        for (String host : hosts.keySet()) {
            if (host.endsWith("." + name)) {
                return true;
            }
        }
        return false;
    }

    /// The imported zone of this name.
    public Optional<ImportedZone> imported(DomainName apex) {
        return imported.stream().filter(zone -> zone.apex().equals(apex)).findFirst();
    }
}
