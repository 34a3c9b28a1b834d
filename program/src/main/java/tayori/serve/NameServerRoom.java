package tayori.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.access.AccessKeys;
import tayori.access.Client;
import tayori.access.RateLimitOptions;
import tayori.config.NameServerConfig;
import tayori.dns.DomainName;
import tayori.listen.ListenAddress;
import tayori.nameserver.Admission;
import tayori.nameserver.ImportedZone;
import tayori.nameserver.NameServer;
import tayori.nameserver.NameServerOptions;
import tayori.nameserver.Outcome;
import tayori.nameserver.StartOfAuthority;
import tayori.nameserver.ZoneOptions;
import tayori.nameserver.Zones;
import tayori.publication.ImportedList;
import tayori.publication.PublishedTable;
import tayori.publication.ZoneKind;
import tayori.transfer.TransferOptions;
import tayori.transfer.TransferRight;
import tayori.transfer.TransferService;
import tayori.transfer.TsigKey;
import tayori.transfer.ZoneSource;

/// The name server of this process: what the operator wrote, in its words, and the files of other people's lists, read
/// again when they change.
final class NameServerRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.nameserver");

    /// How often the files of lists are looked at. Unit: seconds.
    private static final long LOOK_EVERY_S = 5;

    private final NameServer server;
    private final Map<ImportedZone, Path> files;
    private final Map<Path, FileTime> read = new HashMap<>();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("lists").factory());

    private NameServerRoom(NameServer server, Map<ImportedZone, Path> files) {
        this.server = server;
        this.files = files;
    }

    /// @param table what we publish; empty where nothing is remembered here
    /// @throws IOException when an address cannot be opened, or a key or list not be read; the message names it
    static NameServerRoom start(NameServerConfig config, PublishedTable table, InstantSource clock)
            throws IOException {
        var apex = config.zone().orElseThrow();
        var files = lists(config, apex);
        var zones =
                new Zones(
                        apex,
                        authority(config, apex),
                        options(config),
                        table,
                        List.copyOf(files.keySet()),
                        clock.instant().getEpochSecond());
        var server =
                NameServer.start(
                        NameServerOptions.DEFAULTS.withAddresses(addresses(config.listen())),
                        zones,
                        admission(config, zones, clock),
                        clock);
        var room = new NameServerRoom(server, files);
        for (var file : files.values()) {
            room.read.put(file, Files.getLastModifiedTime(file));
        }
        var _ =
                room.looking.scheduleWithFixedDelay(
                        room::look, LOOK_EVERY_S, LOOK_EVERY_S, TimeUnit.SECONDS);
        return room;
    }

    private static Map<ImportedZone, Path> lists(NameServerConfig config, DomainName apex)
            throws IOException {
        var files = new HashMap<ImportedZone, Path>();
        for (var list : config.lists()) {
            var path = list.file().path();
            var name =
                    apex.below(list.name().toString())
                            .orElseThrow(() -> new IOException(list.name() + " is too long"));
            files.put(
                    new ImportedZone(
                            name, config.access() == NameServerConfig.Access.KEYS, readList(path)),
                    path);
        }
        return files;
    }

    private static ImportedList readList(Path file) throws IOException {
        return file.toString().endsWith(".tsv")
                ? ImportedList.readTsv(file)
                : ImportedList.readDnset(file);
    }

    private static StartOfAuthority authority(NameServerConfig config, DomainName apex) {
        var names =
                config.nameServers().isEmpty()
                        ? List.of(apex.below("ns").orElse(apex))
                        : config.nameServers();
        return new StartOfAuthority(
                names.stream().map(name -> new StartOfAuthority.Host(name, List.of())).toList(),
                config.contact().orElseGet(() -> apex.below("hostmaster").orElse(apex)));
    }

    private static ZoneOptions options(NameServerConfig config) {
        var options =
                ZoneOptions.DEFAULTS
                        .withExplainUrl(config.explanation().map(Object::toString).orElse(""))
                        .withKeysOnly(
                                config.access() == NameServerConfig.Access.KEYS
                                        ? EnumSet.allOf(ZoneKind.class)
                                        : Set.of());
        return config.refuseByAddress() ? options.withAddressesForErrors() : options;
    }

    private static List<InetSocketAddress> addresses(List<ListenAddress> listen)
            throws IOException {
        var addresses = new ArrayList<InetSocketAddress>();
        for (var address : listen) {
            switch (address) {
                case ListenAddress.Tcp(var host, int port) ->
                        addresses.add(new InetSocketAddress(host, port));
                case ListenAddress.Unix socket ->
                        throw new IOException("DNS has no sockets such as " + socket);
            }
        }
        return addresses;
    }

    private static Admission admission(NameServerConfig config, Zones zones, InstantSource clock)
            throws IOException {
        var keys = new AccessKeys(zones.keyedZones());
        var all = Set.copyOf(zones.keyedZones());
        var clients = new ArrayList<Client>();
        for (var client : config.clients()) {
            clients.add(
                    new Client(
                            client.name(),
                            List.of(AccessKeys.hash(secret(client.keyFile().path()))),
                            all,
                            client.questionsPerSecond(),
                            client.questionsPerDay()));
        }
        keys.reload(clients, System.nanoTime());
        var admission =
                Admission.DEFAULTS.withKeys(keys).withLimit(limit(config.answersPerSecond()));
        return config.transferKeys().isEmpty()
                ? admission
                : admission.withTransfers(transfers(config, zones.sources(clock), clock));
    }

    private static RateLimitOptions limit(int answersPerSecond) {
        var defaults = RateLimitOptions.DEFAULTS;
        return answersPerSecond == 0
                ? RateLimitOptions.OFF
                : new RateLimitOptions(
                        answersPerSecond,
                        answersPerSecond,
                        Math.min(answersPerSecond, defaults.errorsPerSecond()),
                        defaults.window(),
                        defaults.slip(),
                        defaults.ipv4Prefix(),
                        defaults.ipv6Prefix(),
                        defaults.entries(),
                        defaults.exempt());
    }

    private static TransferService transfers(
            NameServerConfig config, List<ZoneSource> sources, InstantSource clock)
            throws IOException {
        var apexes = sources.stream().map(ZoneSource::apex).collect(Collectors.toSet());
        var rights = new ArrayList<TransferRight>();
        for (var key : config.transferKeys()) {
            var algorithm =
                    switch (key.algorithm()) {
                        case HMAC_SHA256 -> TsigKey.Algorithm.HMAC_SHA256;
                        case HMAC_SHA384 -> TsigKey.Algorithm.HMAC_SHA384;
                        case HMAC_SHA512 -> TsigKey.Algorithm.HMAC_SHA512;
                    };
            var secret = secret(key.keyFile().path());
            rights.add(new TransferRight(TsigKey.of(key.name(), algorithm, secret), apexes));
        }
        return new TransferService(sources, rights, clock, TransferOptions.DEFAULTS);
    }

    private static String secret(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /// A list that cannot be read stays as it was.
    private void look() {
        files.forEach((zone, file) -> {
            try {
                var changed = Files.getLastModifiedTime(file);
                if (!changed.equals(read.get(file))) {
                    zone.replace(readList(file));
                    read.put(file, changed);
                    LOG.atInfo()
                            .addKeyValue("zone", zone.apex())
                            .addKeyValue("entries", zone.list().size())
                            .log("list read again");
                }
            } catch (IOException | RuntimeException e) {
                LOG.atError()
                        .addKeyValue("zone", zone.apex())
                        .setCause(e)
                        .log("the list cannot be read and stays as it was");
            }
        });
    }

    /// Where it answers.
    List<ListenAddress> addresses() {
        return server.addresses().stream()
                .<ListenAddress>map(address ->
                        new ListenAddress.Tcp(
                                address.getAddress().getHostAddress(), address.getPort()))
                .toList();
    }

    /// `tayori_nameserver_answers_total{outcome}`: questions, by what they came to.
    void measure(MeterRegistry registry) {
        for (var outcome : Outcome.values()) {
            FunctionCounter.builder(
                            "tayori.nameserver.answers",
                            server,
                            s -> Optional.ofNullable(s.counts().get(outcome)).orElse(0L))
                    .description("Questions over UDP and TCP")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        server.close();
    }
}
