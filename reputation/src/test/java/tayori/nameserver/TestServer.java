package tayori.nameserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tayori.access.RateLimitOptions;
import tayori.dns.DomainName;
import tayori.psl.PublicSuffixList;
import tayori.publication.ImportedList;
import tayori.publication.ListFiles;
import tayori.publication.PublishedTable;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.SenderClass;

/// A name server on loopback for `z.example`, with a clock that stands.
final class TestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static final StartOfAuthority AUTHORITY =
            new StartOfAuthority(
                    List.of(
                            new StartOfAuthority.Host(
                                    DomainName.of("ns1.z.example"),
                                    List.of(
                                            InetAddress.ofLiteral("192.0.2.53"),
                                            InetAddress.ofLiteral("2001:db8::53"))),
                            new StartOfAuthority.Host(DomainName.of("ns.other.test"), List.of())),
                    DomainName.of("hostmaster.z.example"));

    static final ZoneOptions OPTIONS =
            ZoneOptions.DEFAULTS.withExplainUrl("https://z.example/why/");

    final PublishedTable table = new PublishedTable(PublicSuffixList.bundled());
    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final InstantSource clock = now::get;
    final ImportedZone imported;
    final Zones zones;
    private final NameServer server;

    TestServer() throws IOException {
        this(OPTIONS, NameServerOptions.DEFAULTS);
    }

    TestServer(ZoneOptions options, NameServerOptions listen) throws IOException {
        this(options, listen, _ -> UNLIMITED);
    }

    static final Admission UNLIMITED = Admission.DEFAULTS.withLimit(RateLimitOptions.OFF);

    TestServer(ZoneOptions options, NameServerOptions listen, Function<Zones, Admission> admission)
            throws IOException {
        imported =
                new ImportedZone(DomainName.of("list.test"), false, list("bad.example :3:bad $"));
        zones =
                new Zones(
                        DomainName.of("z.example"),
                        AUTHORITY,
                        options,
                        table,
                        List.of(imported),
                        NOW.getEpochSecond());
        server =
                NameServer.start(
                        listen.withAddresses(
                                List.of(
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("127.0.0.1"), 0))),
                        zones,
                        admission.apply(zones),
                        clock);
    }

    static ImportedList list(String dnset) throws IOException {
        return ListFiles.dnset(dnset.getBytes(StandardCharsets.US_ASCII));
    }

    InetSocketAddress address() {
        return server.addresses().getFirst();
    }

    NameServer server() {
        return server;
    }

    /// Asks over UDP with EDNS.
    Message ask(String name, String type) throws IOException {
        return ask(question(name, type), false);
    }

    static Message question(String name, String type) throws IOException {
        var record = Record.newRecord(Name.fromString(name + "."), Type.value(type), DClass.IN);
        return Message.newQuery(record);
    }

    Message ask(Message query, boolean tcp) throws IOException {
        var resolver = new SimpleResolver(address());
        resolver.setTCP(tcp);
        resolver.setIgnoreTruncation(true);
        return resolver.send(query);
    }

    /// The answer for a table: `NOERROR 127.0.2.3`, `NXDOMAIN`, `NODATA`.
    String said(String name, String type) throws IOException {
        return said(ask(name, type));
    }

    static String said(Message answer) {
        String code = Rcode.string(answer.getRcode());
        var records = answer.getSection(Section.ANSWER);
        if (answer.getRcode() == Rcode.NOERROR && records.isEmpty()) {
            return "NODATA";
        }
        return records.isEmpty() ? code : code + " " + records.getFirst().rdataToString();
    }

    @Override
    public void close() {
        server.close();
    }

    // ---- what is published

    static Published nothing(String subject) {
        return new Published(
                subject,
                true,
                Optional.empty(),
                Optional.empty(),
                -1,
                -1,
                OptionalInt.empty(),
                0,
                0,
                0,
                false,
                false,
                NOW.plusSeconds(86_400));
    }

    static Published listed(String subject, ListedFor reason, Instant expires) {
        return new Published(
                subject,
                true,
                Optional.of(reason),
                Optional.empty(),
                -1,
                -1,
                OptionalInt.of(3),
                0.018,
                0.9,
                4_120,
                false,
                false,
                expires);
    }

    static Published white(String subject, SenderClass senderClass, int level, Instant expires) {
        return new Published(
                subject,
                true,
                Optional.empty(),
                Optional.of(new Published.White(senderClass, level, true, true)),
                -1,
                -1,
                OptionalInt.of(98),
                0.0001,
                0.99,
                41_200,
                false,
                false,
                expires);
    }

    static Published young(String subject, long hours) {
        return new Published(
                subject,
                true,
                Optional.empty(),
                Optional.empty(),
                NOW.getEpochSecond() / 3_600 - hours,
                50,
                OptionalInt.empty(),
                0,
                0,
                0,
                false,
                false,
                NOW.plusSeconds(86_400));
    }

    static Published scored(String subject, int score, double confidence) {
        return new Published(
                subject,
                true,
                Optional.empty(),
                Optional.empty(),
                -1,
                -1,
                OptionalInt.of(score),
                0.001,
                confidence,
                1_000,
                false,
                false,
                NOW.plusSeconds(86_400));
    }

    static Published suppressed(String subject) {
        return new Published(
                subject,
                true,
                Optional.empty(),
                Optional.empty(),
                -1,
                -1,
                OptionalInt.empty(),
                0,
                0,
                0,
                false,
                true,
                NOW.plusSeconds(86_400));
    }
}
