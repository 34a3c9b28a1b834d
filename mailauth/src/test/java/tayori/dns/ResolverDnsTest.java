package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.ResolverDns.Limits;
import tayori.dns.loopback.LoopbackDnsServer;
import tayori.dns.loopback.ZoneText;

class ResolverDnsTest {
    private static final DomainName NAME = DomainName.of("example.org");
    private static final Limits PATIENT =
            Limits.DEFAULTS.withTimes(Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final Limits IMPATIENT =
            Limits.DEFAULTS.withTimes(Duration.ofMillis(30), Duration.ofMillis(90));

    private static ResolverDns ask(InetSocketAddress... servers) {
        return new ResolverDns(List.of(servers), PATIENT);
    }

    private static ResolverDns askBriefly(InetSocketAddress... servers) {
        return new ResolverDns(List.of(servers), IMPATIENT);
    }

    private static Record record(String name, String type, long ttl, String data) {
        try {
            return Record.fromString(
                    org.xbill.DNS.Name.fromString(name),
                    Type.value(type),
                    DClass.IN,
                    ttl,
                    data,
                    org.xbill.DNS.Name.root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A server whose answer section is this, whatever is asked.
    private static FakeServer answering(Record... records) {
        return new FakeServer((question, overTcp) -> {
            var answer = FakeServer.answerTo(question);
            for (var record : records) {
                answer.addRecord(record, Section.ANSWER);
            }
            byte[] octets = answer.toWire(overTcp ? Message.MAXLENGTH : 1232);
            return List.of(overTcp ? FakeServer.framed(octets) : octets);
        });
    }

    private static final String ZONE =
            """
            example.org       60  TXT   "v=spf1 " "-all"
            example.org       60  TXT   "gr\\252\\195\\188n"
            example.org       30  MX    10 mail.example.org
            example.org       30  MX    20 .
            mail.example.org      A     192.0.2.25
            mail.example.org      AAAA  2001:db8::25
            mail.example.org      AAAA  ::ffff:192.0.2.1
            25.2.0.192.in-addr.arpa PTR mail.example.org.
            www.example.org   40  CNAME web.example.net.
            web.example.net   20  CNAME host.example.net.
            host.example.net  90  A     192.0.2.80
            dead.example.org  40  CNAME nowhere.example.net.
            a.b.c.example.org     NS    ns.example.org
            _25._tcp.example.org  TLSA  3 1 1 0123456789ABCDEF
            odd\\032name.example.org TXT "a name with a space"
            sick.example.org      !SERVFAIL
            cross.example.org     !REFUSED
            slow.example.org      !TIMEOUT
            loop.example.org      CNAME pool.example.org
            pool.example.org      CNAME loop.example.org
            """;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "example.org, TXT",
        "example.org, MX",
        "mail.example.org, A",
        "mail.example.org, AAAA",
        "25.2.0.192.in-addr.arpa, PTR",
        "www.example.org, A",
        "www.example.org, CNAME",
        "www.example.org, MX",
        "dead.example.org, TXT",
        "a.b.c.example.org, NS",
        "b.c.example.org, NS",
        "_25._tcp.example.org, TLSA",
        "odd name.example.org, TXT",
        "nobody.example.org, A",
        "MAIL.example.org, A",
        "org, SOA",
    })
    void saysOverTheWireWhatTheZoneSays(String name, RecordType type) {
        var zone = ZoneText.of(ZONE);
        try (var server = LoopbackDnsServer.start(zone)) {
            assertThat(ask(server.address()).query(DomainName.of(name), type))
                    .isEqualTo(zone.query(DomainName.of(name), type));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "sick.example.org, SERVFAIL, SERVFAIL from 127.0.0.1:",
        "cross.example.org, REFUSED, REFUSED from 127.0.0.1:",
        "slow.example.org, TIMEOUT, no answer in time from 127.0.0.1:",
        "loop.example.org, SERVFAIL, SERVFAIL from 127.0.0.1:",
    })
    void tellsWhichServerFailedAndHow(String name, Trouble trouble, String detail) {
        try (var server = LoopbackDnsServer.start(ZoneText.of(ZONE))) {
            var limits = trouble == Trouble.TIMEOUT ? IMPATIENT : PATIENT;
            var dns = new ResolverDns(List.of(server.address()), limits);
            var failed = (Failed) dns.query(DomainName.of(name), RecordType.A);
            assertThat(failed.trouble()).isEqualTo(trouble);
            assertThat(failed.detail()).startsWith(detail + server.address().getPort());
        }
    }

    @Test
    void cutOffAnswersComeWholeOverTcp() {
        var builder = ZoneDns.builder();
        for (int i = 0; i < 100; i++) {
            builder.txt("example.org", "record " + i + " " + "x".repeat(100));
        }
        try (var server = LoopbackDnsServer.start(builder.build())) {
            var answer = ask(server.address()).query(NAME, RecordType.TXT);
            assertThat(answer.texts()).hasSize(100);
            assertThat(server.questions()).isEqualTo(2);
        }
    }

    @Test
    void adIsCarried() {
        var zone = ZoneDns.builder().txt("example.org", "x").authenticated(true).build();
        try (var server = LoopbackDnsServer.start(zone)) {
            var dns = ask(server.address());
            assertThat(((Found) dns.query(NAME, RecordType.TXT)).authenticated()).isTrue();
            assertThat(((NoData) dns.query(NAME, RecordType.MX)).authenticated()).isTrue();
            server.serve(ZoneDns.builder().build());
            assertThat(dns.query(NAME, RecordType.TXT))
                    .isEqualTo(new NoSuchName(Duration.ofMinutes(5), false));
        }
    }

    @Test
    void theNextServerIsAskedWhenOneIsSilentOrSick() {
        var zone = ZoneDns.builder().txt("example.org", "x").build();
        var sick = ZoneDns.builder().broken("example.org", Trouble.SERVFAIL).build();
        var silent = ZoneDns.builder().broken("example.org", Trouble.TIMEOUT).build();
        try (var first = LoopbackDnsServer.start(silent);
                var second = LoopbackDnsServer.start(sick);
                var third = LoopbackDnsServer.start(zone)) {
            var limits = Limits.DEFAULTS.withTimes(Duration.ofMillis(100), Duration.ofSeconds(60));
            var dns =
                    new ResolverDns(
                            List.of(first.address(), second.address(), third.address()), limits);
            assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
            long asked = first.questions();
            assertThat(dns.query(NAME, RecordType.TXT).texts()).containsExactly("x");
            assertThat(first.questions()).as("the one that answered comes first").isEqualTo(asked);
        }
    }

    @Test
    void oneSickServerIsAskedOnceAndBothAreNamed() { // RFC 9520 §3.1
        var sick = ZoneDns.builder().broken("example.org", Trouble.SERVFAIL).build();
        try (var one = LoopbackDnsServer.start(sick);
                var other = LoopbackDnsServer.start(sick)) {
            var failed = (Failed) ask(one.address(), other.address()).query(NAME, RecordType.TXT);
            assertThat(failed.trouble()).isEqualTo(Trouble.SERVFAIL);
            assertThat(failed.detail())
                    .contains(":" + one.address().getPort() + ";")
                    .endsWith(":" + other.address().getPort());
            assertThat(one.questions() + other.questions()).isEqualTo(2);
        }
    }

    @Test
    void nobodyListens() {
        InetSocketAddress gone;
        try (var server = LoopbackDnsServer.start(ZoneDns.builder().build())) {
            gone = server.address();
        }
        assertThat(askBriefly(gone).query(NAME, RecordType.TXT))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.trouble()).isEqualTo(Trouble.TIMEOUT);
                            assertThat(failed.detail()).contains("nobody listens at 127.0.0.1:");
                        });
    }

    @Test
    void whatAnswersSomethingElseIsPassedOver() { // RFC 5452 §9.1
        var right = record("example.org.", "TXT", 60, "right");
        try (var server =
                new FakeServer((question, _) -> {
                    var forged = record("example.org.", "TXT", 60, "forged");
                    var wrongId = FakeServer.answerTo(question);
                    wrongId.getHeader().setID(question.getHeader().getID() ^ 1);
                    wrongId.addRecord(forged, Section.ANSWER);
                    var otherQuestion = new Message(question.getHeader().getID());
                    otherQuestion.getHeader().setFlag(Flags.QR);
                    otherQuestion.addRecord(
                            record("example.net.", "TXT", 0, "x"), Section.QUESTION);
                    otherQuestion.addRecord(forged, Section.ANSWER);
                    var noResponse = FakeServer.answerTo(question);
                    noResponse.getHeader().unsetFlag(Flags.QR);
                    var rightOne = FakeServer.answerTo(question);
                    rightOne.addRecord(right, Section.ANSWER);
                    return List.of(
                            new byte[0],
                            new byte[] {1, 2, 3},
                            wrongId.toWire(),
                            otherQuestion.toWire(),
                            noResponse.toWire(),
                            rightOne.toWire());
                })) {
            assertThat(ask(server.address()).query(NAME, RecordType.TXT).texts())
                    .containsExactly("right");
        }
    }

    @Test
    void aFloodOfGuessesIsGivenUp() {
        try (var server =
                new FakeServer((question, _) -> {
                    var guesses = new ArrayList<byte[]>();
                    for (int i = 1; i <= Exchange.MAX_STRAY_DATAGRAMS; i++) {
                        var guess = FakeServer.answerTo(question);
                        guess.getHeader().setID(question.getHeader().getID() ^ i);
                        guesses.add(guess.toWire());
                    }
                    return guesses;
                })) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.TXT)).trouble())
                    .isEqualTo(Trouble.MALFORMED);
        }
    }

    @Test
    void anUnreadableAnswerIsMalformed() {
        try (var server =
                new FakeServer((question, _) -> {
                    byte[] octets = FakeServer.answerTo(question).toWire();
                    octets[7] = 3; // three answers announced, none there
                    return List.of(octets);
                })) {
            var failed = (Failed) ask(server.address()).query(NAME, RecordType.TXT);
            assertThat(failed.trouble()).isEqualTo(Trouble.MALFORMED);
            assertThat(failed.detail()).startsWith("unreadable answer from 127.0.0.1:");
        }
    }

    @Test
    void withoutEdnsWhereTheServerDoesNotKnowIt() { // RFC 6891 §7
        try (var server =
                new FakeServer((question, _) -> {
                    if (question.getOPT() != null) {
                        var header = new Header(question.getHeader().getID());
                        header.setFlag(Flags.QR);
                        header.setRcode(Rcode.FORMERR);
                        return List.of(header.toWire());
                    }
                    var answer = FakeServer.answerTo(question);
                    answer.addRecord(record("example.org.", "TXT", 60, "x"), Section.ANSWER);
                    return List.of(answer.toWire());
                })) {
            assertThat(ask(server.address()).query(NAME, RecordType.TXT).texts())
                    .containsExactly("x");
        }
    }

    @Test
    void onlyWhatBelongsToTheQuestionCounts() {
        try (var server =
                answering(
                        record("example.net.", "TXT", 60, "somebody else's"),
                        record("EXAMPLE.org.", "TXT", 60, "mine"),
                        record("example.org.", "TXT", 60, "mine"),
                        record("example.org.", "A", 60, "192.0.2.1"))) {
            assertThat(ask(server.address()).query(NAME, RecordType.TXT).texts())
                    .containsExactly("mine");
        }
    }

    @Test
    void theLowestTtlOfTheChainCounts() {
        try (var server =
                answering(
                        record("c.example.", "A", 300, "192.0.2.1"),
                        record("b.example.", "CNAME", 7, "c.example."),
                        record("example.org.", "CNAME", 60, "b.example."))) {
            assertThat(((Found) ask(server.address()).query(NAME, RecordType.A)).ttl())
                    .isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void aChainThatEndsOpenIsAskedOn() {
        try (var server =
                new FakeServer((question, _) -> {
                    var answer = FakeServer.answerTo(question);
                    String name = question.getQuestion().getName().toString();
                    answer.addRecord(
                            name.equals("end.example.")
                                    ? record(name, "A", 60, "192.0.2.1")
                                    : record(name, "CNAME", 9, "end.example."),
                            Section.ANSWER);
                    return List.of(answer.toWire());
                })) {
            assertThat(ask(server.address()).query(NAME, RecordType.A))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(9)));
            assertThat(server.questions).hasSize(2);
        }
    }

    @Test
    void chainsAndLoopsEnd() {
        var chain = new ArrayList<Record>();
        for (int i = 0; i < 12; i++) {
            String owner = i == 0 ? "example.org." : "c" + i + ".example.";
            chain.add(record(owner, "CNAME", 60, "c" + (i + 1) + ".example."));
        }
        chain.add(record("c12.example.", "A", 60, "192.0.2.1"));
        try (var server = answering(chain.toArray(Record[]::new))) {
            assertThat(ask(server.address()).query(NAME, RecordType.A)).isInstanceOf(Found.class);
        }
        chain.removeLast();
        chain.add(record("c12.example.", "CNAME", 60, "c13.example."));
        chain.add(record("c13.example.", "A", 60, "192.0.2.1"));
        try (var server = answering(chain.toArray(Record[]::new))) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.A)).detail())
                    .startsWith("more than 12 CNAMEs from ");
        }
        try (var server = answering(record("example.org.", "CNAME", 60, "example.org."))) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.A)).trouble())
                    .isEqualTo(Trouble.MALFORMED);
        }
        try (var server = // every answer leads to yet another name
                new FakeServer((question, _) -> {
                    var answer = FakeServer.answerTo(question);
                    String name = question.getQuestion().getName().toString();
                    answer.addRecord(record(name, "CNAME", 60, "x" + name), Section.ANSWER);
                    return List.of(answer.toWire());
                })) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.A)).trouble())
                    .isEqualTo(Trouble.MALFORMED);
        }
    }

    @Test
    void negativeTtl() { // RFC 2308 §5
        var soa = record("org.", "SOA", 100, "ns.example. me.example. 1 2 3 4 70");
        try (var server =
                new FakeServer((question, _) -> {
                    var answer = FakeServer.answerTo(question);
                    boolean bare = question.getQuestion().getType() == Type.MX;
                    if (!bare) {
                        answer.addRecord(soa, Section.AUTHORITY);
                    }
                    if (question.getQuestion().getType() == Type.A) {
                        answer.getHeader().setRcode(Rcode.NXDOMAIN);
                    }
                    return List.of(answer.toWire());
                })) {
            var dns = ask(server.address());
            var ttl = Duration.ofSeconds(70);
            assertThat(dns.query(NAME, RecordType.TXT)).isEqualTo(new NoData(ttl, false));
            assertThat(dns.query(NAME, RecordType.A)).isEqualTo(new NoSuchName(ttl, false));
            assertThat(dns.query(NAME, RecordType.MX))
                    .as("without an SOA it is not to be kept")
                    .isEqualTo(new NoData(Duration.ZERO, false));
        }
    }

    @Test
    void aReferralIsNoAnswer() {
        try (var server =
                new FakeServer((question, _) -> {
                    var answer = FakeServer.answerTo(question);
                    answer.getHeader().unsetFlag(Flags.RA);
                    answer.addRecord(record("org.", "NS", 60, "ns.example."), Section.AUTHORITY);
                    return List.of(answer.toWire());
                })) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.TXT)).detail())
                    .startsWith("a referral, no answer, from ");
        }
    }

    @Test
    void limitsOfAnAnswer() {
        var limits = Limits.DEFAULTS;
        for (int extra = 0; extra <= 1; extra++) {
            var text =
                    ZoneDns.builder()
                            .txt("example.org", "x".repeat(limits.maxTextOctets() + extra));
            var many = ZoneDns.builder();
            for (int i = 0; i < limits.maxRecords() + extra; i++) {
                many.address("example.org", "10.0." + i / 256 + "." + i % 256);
            }
            try (var one = LoopbackDnsServer.start(text.build());
                    var other = LoopbackDnsServer.start(many.build())) {
                var expected = extra == 0 ? Found.class : Failed.class;
                assertThat(ask(one.address()).query(NAME, RecordType.TXT)).isInstanceOf(expected);
                assertThat(ask(other.address()).query(NAME, RecordType.A)).isInstanceOf(expected);
            }
        }
    }

    @Test
    void namesThatNobodyCanAskForAreDropped() {
        var dotted = record("example.org.", "MX", 60, "10 a\\.b.example.");
        var eightBit = record("example.org.", "MX", 60, "10 m\\252ller.example.");
        try (var server = answering(dotted, eightBit, record("example.org.", "MX", 60, "5 ok."))) {
            assertThat(((Found) ask(server.address()).query(NAME, RecordType.MX)).records())
                    .containsExactly(new DnsRecord.MailExchange(5, DomainName.of("ok")));
        }
        try (var server = answering(dotted, eightBit)) {
            assertThat(((Failed) ask(server.address()).query(NAME, RecordType.MX)).trouble())
                    .isEqualTo(Trouble.MALFORMED);
        }
    }

    @Test
    void trickledOrEarlyClosedTcp() {
        try (var server =
                new FakeServer((question, overTcp) -> {
                    var answer = FakeServer.answerTo(question);
                    answer.getHeader().setFlag(Flags.TC);
                    byte[] octets = answer.toWire();
                    return overTcp
                            ? List.of(new byte[] {0x7f}, new byte[] {0x7f}, octets)
                            : List.of(octets);
                })) {
            assertThat(((Failed) askBriefly(server.address()).query(NAME, RecordType.TXT)).detail())
                    .contains("no TCP (closed early) with 127.0.0.1:");
        }
    }

    @Test
    void everyQuestionHasItsOwnPortAndId() { // RFC 5452 §9.2
        try (var server =
                new FakeServer((question, _) -> {
                    var answer = FakeServer.answerTo(question);
                    answer.getHeader().setRcode(Rcode.NXDOMAIN);
                    return List.of(answer.toWire());
                })) {
            var dns = ask(server.address());
            for (int i = 0; i < 50; i++) {
                dns.query(NAME, RecordType.TXT);
            }
            var ids = new HashSet<Integer>();
            server.questions.forEach(question -> ids.add(question.getHeader().getID()));
            assertThat(ids).hasSizeGreaterThan(45);
            assertThat(new HashSet<>(server.clients)).hasSizeGreaterThan(45);
            assertThat(server.questions.peek())
                    .satisfies(question -> {
                        assertThat(question.getOPT().getPayloadSize()).isEqualTo(1232);
                        assertThat(question.getHeader().getFlag(Flags.RD)).isTrue();
                        assertThat(question.getHeader().getFlag(Flags.AD)).isTrue();
                    });
        }
    }

    @Test
    void anInterruptedThreadComesBackAtOnce() throws InterruptedException {
        var silent = ZoneDns.builder().broken("example.org", Trouble.TIMEOUT).build();
        try (var server = LoopbackDnsServer.start(silent)) {
            var answers = new ArrayList<DnsAnswer>();
            var thread =
                    Thread.startVirtualThread(
                            () -> answers.add(ask(server.address()).query(NAME, RecordType.TXT)));
            org.awaitility.Awaitility.await().until(() -> server.questions() > 0);
            thread.interrupt();
            thread.join();
            assertThat(answers).singleElement().isInstanceOf(Failed.class);
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "192.0.2.53, 192.0.2.53:53",
        "192.0.2.53:5353, 192.0.2.53:5353",
        "2001:db8::53, [2001:db8:0:0:0:0:0:53]:53",
        "[2001:db8::53], [2001:db8:0:0:0:0:0:53]:53",
        "[2001:db8::53]:5353, [2001:db8:0:0:0:0:0:53]:5353",
    })
    void serverText(String text, String expected) {
        var server = ResolverDns.server(text).orElseThrow();
        String host = server.getAddress().getHostAddress();
        assertThat((host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "«{0}» is no server")
    @ValueSource(
            strings = {
                "",
                ":53",
                "192.0.2.53:",
                "192.0.2.53:0",
                "192.0.2.53:65536",
                "[::1",
                "1.2.3.4:x",
                "[]:53"
            })
    void noServerText(String text) {
        assertThat(ResolverDns.server(text)).isEmpty();
    }

    @Test
    void serversOfTheSystem(@TempDir Path folder) throws IOException {
        var file = folder.resolve("resolv.conf");
        Files.writeString(
                file,
                """
                # nameserver 192.0.2.1
                search example.org
                nameserver 192.0.2.53
                nameserver\t2001:db8::53   # ours
                nameserver
                nameservers 192.0.2.2
                """);
        assertThat(ResolverDns.systemServers(file))
                .containsExactly(
                        ResolverDns.server("192.0.2.53").orElseThrow(),
                        ResolverDns.server("2001:db8::53").orElseThrow());
        assertThat(ResolverDns.systemServers(folder.resolve("none")))
                .singleElement()
                .satisfies(server -> assertThat(server.getAddress().isLoopbackAddress()).isTrue());
    }

    @Test
    void refusesNoOrTooManyServers() {
        assertThatIllegalArgumentException().isThrownBy(() -> ask());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ask(InetSocketAddress.createUnresolved("dns.example", 53)));
        var most =
                Collections.nCopies(
                        ResolverDns.MAX_SERVERS, ResolverDns.server("192.0.2.53").orElseThrow());
        assertThat(new ResolverDns(most, PATIENT)).isNotNull();
        var more = new ArrayList<>(most);
        more.add(most.getFirst());
        assertThatIllegalArgumentException().isThrownBy(() -> new ResolverDns(more, PATIENT));
    }

    @Test
    void ofTheSystemsServersOnlyTheFirstCount(@TempDir Path folder) throws IOException {
        var file = folder.resolve("resolv.conf");
        Files.writeString(file, "nameserver 192.0.2.53\n".repeat(ResolverDns.MAX_SERVERS + 4));
        assertThat(ResolverDns.systemServers(file)).hasSize(ResolverDns.MAX_SERVERS);
    }

    @Test
    void silentServersAreAskedOnceARound() {
        var limits = new Limits(Duration.ofMillis(30), Duration.ofSeconds(60), 3, 512, 16_384, 12);
        try (var one = new FakeServer((_, _) -> List.of());
                var other = new FakeServer((_, _) -> List.of())) {
            var dns = new ResolverDns(List.of(one.address(), other.address()), limits);
            assertThat(dns.query(NAME, RecordType.TXT))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.trouble()).isEqualTo(Trouble.TIMEOUT));
            await().untilAsserted(() -> {
                assertThat(one.questions).hasSize(3);
                assertThat(other.questions).hasSize(3);
            });
        }
    }
}
