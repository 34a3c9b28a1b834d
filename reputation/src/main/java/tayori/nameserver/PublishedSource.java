package tayori.nameserver;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;
import tayori.publication.PublishedEntry;
import tayori.publication.WireName;
import tayori.publication.ZoneKind;
import tayori.transfer.Soa;
import tayori.transfer.ZoneRecord;
import tayori.transfer.ZoneSource;

/// One of our zones as a whole, for those who serve it themselves. A copy is blurred by what changes while it is taken, so
/// differences are never offered: who asks for them gets the whole zone (RFC 1995 §4).
final class PublishedSource implements ZoneSource {
    private final DomainName apex;
    private final ZoneKind kind;
    private final Zones zones;
    private final StartOfAuthority authority;
    private final InstantSource clock;

    PublishedSource(
            DomainName apex,
            ZoneKind kind,
            Zones zones,
            StartOfAuthority authority,
            InstantSource clock) {
        this.apex = apex;
        this.kind = kind;
        this.zones = zones;
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public DomainName apex() {
        return apex;
    }

    @Override
    public Soa soa() {
        int negative = (int) zones.options.negativeTtl().toSeconds();
        return new Soa(
                authority.servers().getFirst().name(),
                authority.mailbox(),
                zones.serial(clock.instant().getEpochSecond()) & 0xffff_ffffL,
                (int) authority.refresh().toSeconds(),
                (int) authority.retry().toSeconds(),
                (int) authority.expire().toSeconds(),
                negative,
                (int) zones.options.zoneTtl().toSeconds());
    }

    @Override
    public Optional<List<Change>> changesSince(long serial) {
        return Optional.empty();
    }

    @Override
    public Snapshot snapshot() {
        var soa = soa();
        return new Snapshot() {
            @Override
            public Soa soa() {
                return soa;
            }

            @Override
            public void forEach(RecordSink sink) throws IOException {
                new Walk(sink).run();
            }
        };
    }

    /// One walk through the table.
    private final class Walk {
        private final RecordSink sink;
        private final AnswerText text = new AnswerText(zones.options);
        private final long now = clock.instant().getEpochSecond();

        Walk(RecordSink sink) {
            this.sink = sink;
        }

        void run() throws IOException {
            int zoneTtl = (int) zones.options.zoneTtl().toSeconds();
            for (var server : authority.servers()) {
                sink.accept(ZoneRecord.ns("", zoneTtl, server.name()));
            }
            var tests = new TestEntries();
            var name = new WireName();
            for (String label : TestEntries.labels(kind)) {
                if (name.set(label) && tests.find(kind, name)) {
                    int ttl = (int) zones.options.shortTtl().toSeconds();
                    if (kind == ZoneKind.VOUCH) {
                        text.set(tests.words());
                    } else {
                        sink.accept(ZoneRecord.a(label, ttl, tests.address()));
                        text.test(kind);
                    }
                    sink.accept(ZoneRecord.txt(label, ttl, text.toString()));
                }
            }
            zones.table.forEachEntry(this::entry);
        }

        private void entry(WireName subject, PublishedEntry entry) throws IOException {
            int hours = Codes.hours(kind, entry, now);
            long remaining = entry.expires() - now;
            if (!entry.isIn(kind) || remaining <= 0 || hours < 0) {
                return;
            }
            String name = subject.toString();
            if (name.indexOf('\\') >= 0) {
                return; // a name that no mail domain has, and no zone file can show
            }
            int ttl = (int) Math.min(remaining, zones.options.ttl(kind));
            text.write(kind, entry, subject, 0, subject.labels(), hours);
            String words = text.toString();
            records(name, entry, ttl, hours, words);
            if (entry.withSubdomains() && DomainName.parse("*." + name).isPresent()) {
                records("*." + name, entry, ttl, hours, words);
            }
        }

        private void records(String owner, PublishedEntry entry, int ttl, int hours, String words)
                throws IOException {
            if (kind != ZoneKind.VOUCH) {
                sink.accept(ZoneRecord.a(owner, ttl, Codes.address(kind, entry, hours)));
            }
            sink.accept(ZoneRecord.txt(owner, ttl, words));
        }
    }
}
