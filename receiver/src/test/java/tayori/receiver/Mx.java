package tayori.receiver;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.arc.ArcOptions;
import tayori.arc.ArcResult;
import tayori.arc.ArcSealer;
import tayori.arc.ArcVerifier;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.authentication.MailAuthenticator;
import tayori.dkim.BodyHasher;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimSigner;
import tayori.dkim.SigningOptions;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.listen.ListenAddress;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.milter.MilterOptions;
import tayori.milter.MilterServer;
import tayori.milter.client.MailEnvelope;
import tayori.milter.client.MailField;
import tayori.milter.client.MailMessage;
import tayori.milter.client.MilterClient;
import tayori.milter.client.MilterResult;
import tayori.milter.client.SmtpClient;

/// A receiver behind a real milter socket, the MTA in front of it, and the small world that sends it mail.
final class Mx implements AutoCloseable {
    static final String NAME = "mx.receiver.example";
    static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private static final DkimKeys.Pair SHOP_KEY = DkimKeys.generateEd25519();
    private static final DkimKeys.Pair SEAL_KEY = DkimKeys.generateRsa(2048);

    static final ZoneDns ZONE =
            ZoneDns.builder()
                    .txt("shop.example", "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all")
                    .txt("s1._domainkey.shop.example", SHOP_KEY.txt())
                    .txt("_dmarc.shop.example", "v=DMARC1; p=reject")
                    .txt("mail.shop.example", "v=spf1 a -all")
                    .address("mail.shop.example", "192.0.2.10")
                    .ptr("10.2.0.192.in-addr.arpa", "mail.shop.example")
                    .txt("bank.example", "v=spf1 ip4:192.0.2.20 -all")
                    .txt("_dmarc.bank.example", "v=DMARC1; p=reject")
                    .txt("_dmarc.club.example", "v=DMARC1; p=quarantine")
                    .txt("list.example", "v=spf1 ip4:192.0.2.40 ip6:2001:db8::40 -all")
                    .broken("_dmarc.lame.example", Trouble.SERVFAIL)
                    .name("lame.example")
                    .name("quiet.example")
                    .ptr(
                            "0.4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                            "out6.list.example")
                    .address("out6.list.example", "2001:db8::40")
                    .txt("arc._domainkey.receiver.example", SEAL_KEY.txt())
                    .txt("_dmarc.news.shop.example", "v=DMARC1; p=reject; aspf=s")
                    .txt("news.shop.example", "v=spf1 ip4:192.0.2.10 -all")
                    .address("2.0.0.127.dnsbl.example", "127.0.0.2")
                    .address("20.2.0.192.dnsbl.example", "127.0.0.2")
                    .address("2.0.0.127.dnswl.example", "127.0.10.3")
                    .address("10.2.0.192.dnswl.example", "127.0.10.3")
                    .txt("10.2.0.192.dnswl.example", "shop.example https://dnswl.example/7")
                    .address("test.dbl.example", "127.0.1.2")
                    .address("shop.example.dbl.example", "127.0.1.2")
                    .address("bank.example.dbl.example", "127.0.1.2")
                    .txt("shop.example._vouch.certifier.example", "list transaction")
                    .build();

    /// Does what it advises, and holds what fails a quarantine policy.
    static final DecisionRules ENFORCING =
            new DecisionRules(
                    true,
                    Action.HOLD,
                    Action.REJECT,
                    Action.TEMPFAIL,
                    true,
                    true,
                    Action.REJECT,
                    Forwarders.NONE,
                    Set.of(),
                    Map.of());

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final MilterServer server;
    final MilterClient mta;

    private Mx(ReceiverOptions options, Optional<ArcSealer> sealer, Surroundings surroundings)
            throws IOException {
        var authentication = AuthenticationOptions.DEFAULTS;
        var receiver =
                new Receiver(
                        new MailAuthenticator(
                                ZONE,
                                InstantSource.fixed(NOW),
                                new AuthenticationOptions(
                                        authentication.spf().withReceiver(NAME),
                                        authentication.dkim(),
                                        authentication.arc(),
                                        authentication.dmarc(),
                                        authentication.questionsPerMail(),
                                        EnumSet.of(Extra.IPREV, Extra.SPF_OF_HELO))),
                        options,
                        sealer,
                        new MailLog(true),
                        new ReceiverMetrics(metrics),
                        surroundings);
        server =
                MilterServer.start(
                        MilterOptions.listeningOn(new ListenAddress.Tcp("127.0.0.1", 0)), receiver);
        mta = MilterClient.connect(address(), Duration.ofSeconds(30));
    }

    static Mx labelling() throws IOException {
        return with(ReceiverOptions.named(NAME));
    }

    static Mx enforcing() throws IOException {
        return with(ENFORCING);
    }

    static Mx with(DecisionRules rules) throws IOException {
        var named = ReceiverOptions.named(NAME);
        return with(
                new ReceiverOptions(
                        NAME,
                        List.of(),
                        named.headLimits(),
                        named.ownNetworks(),
                        named.addReceivedSpf(),
                        rules));
    }

    static Mx with(ReceiverOptions options) throws IOException {
        return with(options, Surroundings.NONE);
    }

    static Mx with(ReceiverOptions options, Surroundings surroundings) throws IOException {
        return new Mx(options, Optional.empty(), surroundings);
    }

    static Mx sealing(ReceiverOptions options) throws IOException {
        return new Mx(
                options,
                Optional.of(
                        new ArcSealer(
                                DomainName.of("receiver.example"),
                                DomainName.of("arc"),
                                SEAL_KEY.privateKey(),
                                ArcSealer.DEFAULT_HEADERS,
                                InstantSource.fixed(NOW))),
                Surroundings.NONE);
    }

    ListenAddress address() {
        return server.addresses().getFirst();
    }

    /// @param client an IP literal; it calls itself `mail.shop.example`
    MilterResult send(String client, String mailFrom, String message) throws IOException {
        return send(client, MailEnvelope.of(mailFrom, "reader@receiver.example"), message);
    }

    MilterResult send(String client, MailEnvelope envelope, String message) throws IOException {
        return mta.send(SmtpClient.of(client, "mail.shop.example"), envelope, message(message));
    }

    static MailMessage message(String text) {
        return MailMessage.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The values of all fields of that name as the MTA has them afterwards, topmost first.
    static List<String> values(MilterResult result, String name) {
        return result.message().header().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(MailField::value)
                .map(String::strip)
                .toList();
    }

    static List<String> names(MilterResult result) {
        return result.message().header().stream().map(MailField::name).toList();
    }

    /// The same mail with a signature of shop.example on top.
    static String signedByShop(String text) throws IOException {
        byte[] octets = message(text).octets();
        var hasher = new BodyHasher();
        var signer =
                new DkimSigner(
                        List.of(new DkimSigner.Key("shop.example", "s1", SHOP_KEY.privateKey())),
                        SigningOptions.DEFAULTS,
                        InstantSource.fixed(NOW));
        var read = read(octets);
        var signing = signer.begin(read.head(), hasher);
        hasher.update(read.body(), 0, read.body().length);
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(signing.finish().getFirst().raw());
        signed.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(octets);
        return signed.toString(StandardCharsets.UTF_8);
    }

    /// What a host further on makes of the chain on this mail.
    static ArcResult arcOf(MailMessage message) throws IOException {
        var read = read(message.octets());
        var hasher = new BodyHasher();
        var verification =
                new ArcVerifier(ZONE, InstantSource.fixed(NOW), ArcOptions.DEFAULTS)
                        .begin(read.head(), hasher);
        hasher.update(read.body(), 0, read.body().length);
        return verification.finish();
    }

    private record Mail(MessageHead head, ByteArrayOutputStream octets) {
        byte[] body() {
            return octets.toByteArray();
        }
    }

    private static Mail read(byte[] octets) throws IOException {
        var reader = new MessageReader(new ByteArrayInputStream(octets), HeadLimits.DEFAULTS);
        if (!(reader.head() instanceof HeadReading.Read(var head, _))) {
            throw new AssertionError("a head too large for this test");
        }
        var body = new ByteArrayOutputStream();
        reader.body(body::write);
        return new Mail(head, body);
    }

    double counted(String meter, String... tags) {
        var counter = metrics.find(meter).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() throws IOException {
        mta.close();
        server.close();
    }
}
