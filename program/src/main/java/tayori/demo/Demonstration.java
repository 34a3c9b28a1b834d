package tayori.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.authres.AuthenticationResults;
import tayori.authres.AuthenticationResultsParser;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.config.Configuration;
import tayori.config.DnsConfig;
import tayori.config.LogConfig;
import tayori.config.MilterConfig;
import tayori.config.ReceiverConfig;
import tayori.config.ReceiverConfig.ArcConfig;
import tayori.config.ResolverAddress;
import tayori.dns.DomainName;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.listen.ListenAddress;
import tayori.milter.client.MailEnvelope;
import tayori.milter.client.MilterClient;
import tayori.milter.client.MilterResult;
import tayori.milter.client.SmtpClient;
import tayori.serve.Tayori;

/// Starts the program as a site would have it, with its DNS, and sends it the letters of the [Town] as an MTA would.
public final class Demonstration {
    static final String AUTHSERV_ID = "mx.receiver.example";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Demonstration() {}

    /// What came of one mail, as the recipient's header tells it.
    ///
    /// @param identity the author domain; empty where there is not exactly one
    /// @param decision what the rules say: the label's `advised`, else what was done
    /// @param removed header fields that were taken out because they claimed to be ours
    public record Row(
            String mail,
            String identity,
            String spf,
            String dkim,
            String dmarc,
            String arc,
            String decision,
            String reason,
            int removed) {}

    /// The whole show.
    ///
    /// @param milter where the mail filter listened
    /// @param dns where the DNS server listened
    /// @param questions that the DNS server was asked
    public record Show(List<Row> rows, String milter, String dns, long questions) {}

    /// @throws IOException when loopback gives no sockets
    public static Show run() throws IOException {
        var clock = InstantSource.system();
        var town = new Town(clock);
        try (var dns = LoopbackDnsServer.start(town.dns());
                var tayori = Tayori.start(configuration(dns), clock)) {
            var address = tayori.addresses().getFirst();
            var rows = new ArrayList<Row>();
            for (var letter : town.letters()) {
                try (var mta = MilterClient.connect(address, PATIENCE)) {
                    rows.add(row(letter, send(letter, mta)));
                }
            }
            return new Show(
                    rows,
                    address.toString(),
                    dns.address().getHostString() + ":" + dns.address().getPort(),
                    dns.questions());
        }
    }

    private static MilterResult send(Town.Letter letter, MilterClient mta) throws IOException {
        return mta.send(
                SmtpClient.of(letter.client(), letter.helo()),
                MailEnvelope.of(letter.mailFrom(), "reader@receiver.example"),
                letter.message());
    }

    /// What a site would write into its configuration file, with free ports.
    private static Configuration configuration(LoopbackDnsServer dns) {
        var d = Configuration.DEFAULTS;
        var receiver = ReceiverConfig.DEFAULTS;
        return new Configuration(
                new DnsConfig(
                        List.of(
                                new ResolverAddress(
                                        dns.address().getAddress().getHostAddress(),
                                        dns.address().getPort())),
                        d.dns().timeout(),
                        d.dns().tries(),
                        d.dns().cacheEntries(),
                        d.dns().cacheBytes(),
                        d.dns().minTtl(),
                        d.dns().maxTtl(),
                        d.dns().maxNegativeTtl(),
                        d.dns().failureTtl(),
                        d.dns().questionsPerMessage()),
                new MilterConfig(
                        List.of(new ListenAddress.Tcp("127.0.0.1", 0)),
                        d.milter().maxPacketBytes(),
                        d.milter().idleTimeout(),
                        d.milter().commandTimeout(),
                        d.milter().maxConnections(),
                        d.milter().drainTime(),
                        d.milter().onError()),
                d.policy(),
                new ReceiverConfig(
                        Optional.of(DomainName.of(AUTHSERV_ID)),
                        receiver.additionalAuthservIds(),
                        receiver.headLimits(),
                        receiver.trustedNetworks(),
                        receiver.methods(),
                        receiver.receivedSpf(),
                        receiver.dkim(),
                        receiver.dmarc(),
                        new ArcConfig(List.of(DomainName.of("list.example")), Optional.empty()),
                        receiver.decision(),
                        receiver.ipv6(),
                        receiver.reputation(),
                        receiver.consent(),
                        receiver.supportUrl(),
                        receiver.trustedForwarders(),
                        receiver.overrides()),
                d.reputation(),
                d.feedback(),
                d.nameServer(),
                d.api(),
                d.metrics(),
                new LogConfig(d.log().format(), d.log().level(), false));
    }

    private static Row row(Town.Letter letter, MilterResult delivered) {
        var results = results(delivered);
        var dmarc = results.of("dmarc");
        String label = first(delivered.added("Tayori-Decision"));
        String advised = word(label, "advised=");
        return new Row(
                letter.story(),
                dmarc.isEmpty() ? "" : dmarc.getFirst().property("header", "from").orElse(""),
                results.of("spf").getFirst().result(),
                words(results, "dkim"),
                words(results, "dmarc"),
                results.of("arc").isEmpty() ? "none" : words(results, "arc"),
                advised.isEmpty() ? label.substring(0, label.indexOf(';')) : advised,
                word(label, "reason="),
                delivered.deleted().size());
    }

    private static AuthenticationResults results(MilterResult delivered) {
        var parsed =
                new AuthenticationResultsParser(Reading.STRICT)
                        .parse(first(delivered.added(AuthenticationResults.FIELD_NAME)));
        return parsed.results()
                .orElseThrow(() -> new IllegalStateException("results that cannot be read back"));
    }

    private static String first(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalStateException("the mail came back without its labels");
        }
        return values.getFirst().strip();
    }

    private static String words(AuthenticationResults results, String method) {
        var words = new ArrayList<String>();
        results.of(method).forEach(result -> words.add(result.result()));
        return String.join("+", words);
    }

    /// What follows a key in the label, up to the next space or semicolon.
    private static String word(String label, String key) {
        int at = label.indexOf(key);
        if (at < 0) {
            return "";
        }
        int end = at + key.length();
        while (end < label.length() && " \t;(".indexOf(label.charAt(end)) < 0) {
            end++;
        }
        return label.substring(at + key.length(), end);
    }
}
