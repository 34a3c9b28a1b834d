package tayori.transfer;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tayori.dns.DomainName;

/// A zone whose names stand in a map: what the server's zones do, at its simplest.
final class ListZone implements ZoneSource {
    static final DomainName APEX = DomainName.of("dbl.rep.example");

    private static final Soa SOA =
            new Soa(
                    DomainName.of("ns.rep.example"),
                    DomainName.of("postmaster.rep.example"),
                    1,
                    600,
                    300,
                    86_400,
                    300,
                    3_600);

    private final TreeMap<String, List<ZoneRecord>> names = new TreeMap<>();
    private final ChangeJournal journal;

    ListZone(InstantSource clock, long serial, int maxRecords) {
        journal = new ChangeJournal(clock, serial, maxRecords);
    }

    synchronized void list(String name, int last, String text) {
        put(name, List.of(a(name, last), ZoneRecord.txt(name, 300, text)));
    }

    synchronized void listWithSubdomains(String name, int last, String text) {
        put(
                name,
                List.of(
                        a(name, last),
                        ZoneRecord.txt(name, 300, text),
                        a("*." + name, last),
                        ZoneRecord.txt("*." + name, 300, text)));
    }

    static ZoneRecord a(String name, int last) {
        return ZoneRecord.a(name, 300, 0x7f000100 | last);
    }

    synchronized void put(String name, List<ZoneRecord> records) {
        var before = names.put(name, records);
        journal.record(before == null ? List.of() : before, records);
    }

    synchronized void remove(String name) {
        var before = names.remove(name);
        journal.record(before == null ? List.of() : before, List.of());
    }

    @Override
    public DomainName apex() {
        return APEX;
    }

    @Override
    public Soa soa() {
        return SOA.withSerial(journal.serial());
    }

    @Override
    public synchronized Snapshot snapshot() {
        var soa = SOA.withSerial(journal.close());
        var copy = new ArrayList<>(names.values());
        return new Snapshot() {
            @Override
            public Soa soa() {
                return soa;
            }

            @Override
            public void forEach(RecordSink sink) throws IOException {
                sink.accept(ZoneRecord.ns("", 3_600, DomainName.of("ns.rep.example")));
                for (var records : copy) {
                    for (var record : records) {
                        sink.accept(record);
                    }
                }
            }
        };
    }

    @Override
    public Optional<List<Change>> changesSince(long serial) {
        return journal.since(serial);
    }
}
