package tayori.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import tayori.access.RateLimitOptions;
import tayori.dns.DomainName;
import tayori.nameserver.Admission;
import tayori.nameserver.ImportedZone;
import tayori.nameserver.NameServer;
import tayori.nameserver.NameServerOptions;
import tayori.nameserver.StartOfAuthority;
import tayori.nameserver.ZoneOptions;
import tayori.nameserver.Zones;
import tayori.psl.PublicSuffixList;
import tayori.publication.ImportedList;
import tayori.publication.PublishedTable;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;

/// The name server of our own, for a load generator: `FILE PORT APEX [publish] [CHANGES]`.
///
/// `FILE` has lines `domain<TAB>A<TAB>TXT`. Without `publish` it is answered as an imported list at `APEX`; with it, each
/// domain is published in our own table, with A of the file as a score, in the zones below `APEX`. `CHANGES` a second are put
/// into the table meanwhile. Ends with its process.
final class DnsServerUnderLoad {
    /// Changes come in lots, one each ten milliseconds. Unit: lots a second.
    private static final int LOTS = 100;

    private static final Admission NO_LIMIT = Admission.DEFAULTS.withLimit(RateLimitOptions.OFF);

    private DnsServerUnderLoad() {}

    public static void main(String[] arguments) throws Exception {
        var file = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        var apex = DomainName.of(arguments[2]);
        boolean publish = arguments.length > 3 && arguments[3].equals("publish");
        int changes = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        long begin = System.nanoTime();
        var table = new PublishedTable(PublicSuffixList.bundled());
        var imported = new ArrayList<ImportedZone>();
        List<String> names = List.of();
        var zoneApex = apex;
        if (publish) {
            names = publish(file, table);
        } else {
            imported.add(new ImportedZone(apex, false, ImportedList.readTsv(file)));
            zoneApex = DomainName.of("own." + apex);
        }
        var host =
                new StartOfAuthority.Host(
                        DomainName.of("ns." + apex), List.of(InetAddress.ofLiteral("127.0.0.1")));
        var zones =
                new Zones(
                        zoneApex,
                        new StartOfAuthority(List.of(host), DomainName.of("hostmaster." + apex)),
                        ZoneOptions.DEFAULTS,
                        table,
                        imported,
                        Instant.now().getEpochSecond());
        var options =
                NameServerOptions.DEFAULTS
                        .withAddresses(
                                List.of(
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("127.0.0.1"), port)))
                        .withBatch(Integer.getInteger("batch", NameServerOptions.DEFAULT_BATCH));
        try (var server = NameServer.start(options, zones, NO_LIMIT, InstantSource.system())) {
            System.out.printf(
                    "ready after %.2f s: %d published, %.1f octets each; %s%n",
                    (System.nanoTime() - begin) / 1e9,
                    table.size(),
                    (double) table.bytes() / Math.max(1, table.size()),
                    server.addresses());
            change(table, names, changes);
        }
    }

    private static List<String> publish(Path file, PublishedTable table) throws Exception {
        var names = new ArrayList<String>();
        try (var lines = Files.lines(file)) {
            lines.forEach(line -> {
                String name = line.substring(0, line.indexOf('\t'));
                table.put(published(name, names.size() % 100 + 1));
                names.add(name);
            });
        }
        return names;
    }

    private static Published published(String name, int score) {
        return new Published(
                name,
                true,
                score < 20 ? Optional.of(ListedFor.SPAM) : Optional.empty(),
                Optional.empty(),
                400_000,
                -1,
                OptionalInt.of(score),
                (100 - score) / 10_000.0,
                0.9,
                1_000L + score,
                false,
                false,
                Instant.ofEpochSecond(Instant.now().getEpochSecond() + 86_400));
    }

    private static void change(PublishedTable table, List<String> names, int perSecond) {
        var random = new SplittableRandom(1);
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            next += 1_000_000_000L / LOTS;
            LockSupport.parkNanos(perSecond == 0 ? 3_600_000_000_000L : next - System.nanoTime());
            for (int i = 0; i < perSecond / LOTS && !names.isEmpty(); i++) {
                String name = names.get(random.nextInt(names.size()));
                table.put(published(name, random.nextInt(1, 101)));
            }
        }
    }
}
