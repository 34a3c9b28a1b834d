package tayori.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static tayori.nameserver.TestServer.NOW;
import static tayori.nameserver.TestServer.listed;
import static tayori.nameserver.TestServer.question;
import static tayori.nameserver.TestServer.scored;
import static tayori.nameserver.TestServer.suppressed;
import static tayori.nameserver.TestServer.white;
import static tayori.nameserver.TestServer.young;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import tayori.publication.PublishedTable.Outcome;
import tayori.publication.ZoneKind;
import tayori.reputation.ListedFor;
import tayori.reputation.SenderClass;

/// What clients of the zones may rely on, rule by rule, over real sockets.
class ZoneRulesTest {
    private static final Instant TOMORROW = NOW.plusSeconds(86_400);

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        server.table.put(listed("spam.example.com", ListedFor.SPAM, TOMORROW));
        server.table.put(listed("phish.example.net", ListedFor.PHISHING, TOMORROW));
        server.table.put(listed("hacked.example.org", ListedFor.ABUSED_MALWARE, TOMORROW));
        server.table.put(white("good.co.jp", SenderClass.REGISTERED, 1, TOMORROW));
        server.table.put(white("city.tokyo.jp.example.org", SenderClass.PUBLIC_BODY, 3, TOMORROW));
        server.table.put(young("fresh.example.com", 5));
        server.table.put(young("today.example.com", 0));
        server.table.put(young("old.example.com", 25));
        server.table.put(scored("known.example.com", 87, 0.93));
        server.table.put(scored("hardly.example.com", 87, 0.49));
        server.table.put(suppressed("quiet.example.com"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "RFC 5782 §2.1, §3  {0} {1} is {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spam.example.com.dbl.z.example             | A    | NOERROR 127.0.1.2
                    phish.example.net.dbl.z.example            | A    | NOERROR 127.0.1.4
                    hacked.example.org.dbl.z.example           | A    | NOERROR 127.0.1.105
                    good.co.jp.dwl.z.example                   | A    | NOERROR 127.0.2.1
                    city.tokyo.jp.example.org.dwl.z.example    | A    | NOERROR 127.0.5.3
                    fresh.example.com.new.z.example            | A    | NOERROR 127.0.2.5
                    today.example.com.new.z.example            | A    | NOERROR 127.0.2.2
                    old.example.com.new.z.example              | A    | NXDOMAIN
                    known.example.com.rep.z.example            | A    | NOERROR 127.0.4.87
                    hardly.example.com.rep.z.example           | A    | NXDOMAIN
                    quiet.example.com.sup.z.example            | A    | NOERROR 127.0.0.2
                    bad.example.list.test                      | A    | NOERROR 127.0.0.3
                    bad.example.list.test                      | TXT  | NOERROR "bad bad.example"
                    spam.example.com.dbl.z.example             | AAAA | NODATA
                    spam.example.com.dbl.z.example             | MX   | NODATA
                    """)
    void everyListedNameHasAnAddress(String name, String type, String expected) throws IOException {
        assertThat(server.said(name, type)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "RFC 5782 §2.2  {0} is in one zone only")
    @CsvSource({
        "spam.example.com, dwl, NXDOMAIN",
        "spam.example.com, new, NXDOMAIN",
        "spam.example.com, sup, NXDOMAIN",
        "good.co.jp, dbl, NXDOMAIN",
        "quiet.example.com, dbl, NXDOMAIN",
        "quiet.example.com, rep, NXDOMAIN",
    })
    void oneMeaningAZone(String domain, String zone, String expected) throws IOException {
        assertThat(server.said(domain + "." + zone + ".z.example", "A")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "RFC 5782 §5  {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    TEST.dwl.z.example        | NOERROR 127.0.2.3
                    test-2-1.dwl.z.example    | NOERROR 127.0.2.1
                    test-3-2.dwl.z.example    | NOERROR 127.0.3.2
                    test-5-3.dwl.z.example    | NOERROR 127.0.5.3
                    test-6-3.dwl.z.example    | NXDOMAIN
                    test-2-0.dwl.z.example    | NXDOMAIN
                    test-2.dwl.z.example      | NXDOMAIN
                    TEST.dbl.z.example        | NOERROR 127.0.1.2
                    TEST-4.dbl.z.example      | NOERROR 127.0.1.4
                    TEST-5.dbl.z.example      | NOERROR 127.0.1.5
                    TEST-102.dbl.z.example    | NOERROR 127.0.1.102
                    TEST-104.dbl.z.example    | NOERROR 127.0.1.104
                    TEST-105.dbl.z.example    | NOERROR 127.0.1.105
                    TEST-3.dbl.z.example      | NXDOMAIN
                    TEST-04.dbl.z.example     | NXDOMAIN
                    TEST-.dbl.z.example       | NXDOMAIN
                    TESTS.dbl.z.example       | NXDOMAIN
                    TEST.new.z.example        | NOERROR 127.0.2.2
                    TEST-24.new.z.example     | NOERROR 127.0.2.24
                    TEST-25.new.z.example     | NXDOMAIN
                    TEST.rep.z.example        | NOERROR 127.0.4.100
                    TEST-1.rep.z.example      | NOERROR 127.0.4.1
                    TEST-0.rep.z.example      | NXDOMAIN
                    TEST-101.rep.z.example    | NXDOMAIN
                    TEST.sup.z.example        | NOERROR 127.0.0.2
                    TEST.list.test            | NOERROR 127.0.0.2
                    INVALID.dwl.z.example     | NXDOMAIN
                    INVALID.dbl.z.example     | NXDOMAIN
                    INVALID.new.z.example     | NXDOMAIN
                    INVALID.rep.z.example     | NXDOMAIN
                    INVALID.sup.z.example     | NXDOMAIN
                    INVALID._vouch.z.example  | NXDOMAIN
                    INVALID.list.test         | NXDOMAIN
                    """)
    void testEntries(String name, String expected) throws IOException {
        assertThat(server.said(name, "A")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "no wildcard: a random label in {0} is not listed")
    @ValueSource(strings = {"dwl", "dbl", "new", "rep", "sup", "_vouch"})
    void unlistedIsNxdomainWithSoa(String zone) throws IOException {
        for (String type : List.of("A", "TXT", "AAAA", "ANY")) {
            var answer = server.ask("qzjxwkvy." + zone + ".z.example", type);
            assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
            assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
            assertThat(answer.getSection(Section.ANSWER)).isEmpty();
            var soa = (SOARecord) answer.getSection(Section.AUTHORITY).getFirst();
            assertThat(soa.getName()).hasToString(zone + ".z.example.");
            assertThat(soa.getMinimum()).as("RFC 2308 §5").isBetween(300L, 900L);
            assertThat(soa.getTTL()).isEqualTo(soa.getMinimum());
        }
    }

    @ParameterizedTest(name = "RFC 8020 §2  {0} has names below it")
    @CsvSource({
        "com.dbl.z.example, NODATA",
        "example.com.dbl.z.example, NODATA",
        "jp.dwl.z.example, NODATA",
        "co.jp.dwl.z.example, NODATA",
        "tokyo.jp.example.org.dwl.z.example, NODATA",
        "jp.dbl.z.example, NXDOMAIN",
        "ne.jp.dwl.z.example, NXDOMAIN",
        "example.list.test, NODATA",
        "dwl.z.example, NODATA",
        "z.example, NODATA",
    })
    void emptyNonTerminals(String name, String expected) throws IOException {
        assertThat(server.said(name, "A")).isEqualTo(expected);
        var soa = server.ask(name, "A").getSection(Section.AUTHORITY);
        assertThat(soa).as("RFC 2308 §2.2").singleElement().isInstanceOf(SOARecord.class);
    }

    @Test
    void anEmptyNonTerminalGoesWithTheLastNameBelowIt() throws IOException {
        server.table.remove("phish.example.net");
        assertThat(server.said("example.net.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
        assertThat(server.said("phish.example.net.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
        assertThat(server.said("com.dbl.z.example", "A")).isEqualTo("NODATA");
    }

    @ParameterizedTest(name = "{0} TXT is one string below 200 octets")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spam.example.com.dbl.z.example   | listed: spam; 1.80% of 4120 messages reported; https://z.example/why/spam.example.com id=1c9d5ac4
                    good.co.jp.dwl.z.example         | whitelisted: registered sender, level 1; https://z.example/why/good.co.jp id=06be5d26
                    fresh.example.com.new.z.example  | first seen 5 hours ago; up to 50 messages a day expected; https://z.example/why/fresh.example.com id=55e4e9d0
                    known.example.com.rep.z.example  | score=87 of 100; confidence=0.93; messages=1000; https://z.example/why/known.example.com id=f1d5d1ea
                    quiet.example.com.sup.z.example  | send no DMARC reports here; https://z.example/why/quiet.example.com id=5b7be4a4
                    """)
    void reasonAddressForPeopleAndSupportId(String name, String expected) throws IOException {
        var answer = server.ask(name, "TXT").getSection(Section.ANSWER);
        var text = (TXTRecord) answer.getFirst();
        assertThat(answer).hasSize(1);
        assertThat(text.getStrings()).hasSize(1);
        assertThat(text.getStrings().getFirst().replaceAll("id=.*", ""))
                .isEqualTo(expected.replaceAll("id=.*", ""));
        assertThat(text.getStrings().getFirst()).matches(".* id=[0-9a-f]{8}").hasSizeLessThan(200);
    }

    @Test
    void aTextOfALongNameStaysBelow200Octets() throws IOException {
        String label = "a".repeat(60);
        String name = label + "." + label + "." + label + ".example.com";
        server.table.put(listed(name, ListedFor.SPAM, TOMORROW));
        var text =
                (TXTRecord)
                        server.ask(name + ".dbl.z.example", "TXT")
                                .getSection(Section.ANSWER)
                                .getFirst();
        assertThat(text.getStrings().getFirst())
                .contains("https://z.example/why/")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest(name = "RFC 5518 §5  {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    good.co.jp._vouch.z.example             | TXT | NOERROR "list transaction"
                    good.co.jp._vouch.z.example             | A   | NODATA
                    good.co.jp._vouch.z.example             | ANY | NOERROR "list transaction"
                    spam.example.com._vouch.z.example       | TXT | NXDOMAIN
                    TEST._vouch.z.example                   | TXT | NOERROR all
                    TEST-list._vouch.z.example              | TXT | NOERROR list
                    TEST-list-transaction._vouch.z.example  | TXT | NOERROR "list transaction"
                    TEST-all._vouch.z.example               | TXT | NXDOMAIN
                    """)
    void vouchByReference(String name, String type, String expected) throws IOException {
        assertThat(server.said(name, type)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "an organization''s entry holds for {0}")
    @CsvSource({
        "mail.spam.example.com, NOERROR 127.0.1.2",
        "a.b.c.d.spam.example.com, NOERROR 127.0.1.2",
        "notspam.example.com, NXDOMAIN",
        "xspam.example.com, NXDOMAIN",
    })
    void entriesWithSubdomains(String name, String expected) throws IOException {
        assertThat(server.said(name + ".dbl.z.example", "A")).isEqualTo(expected);
    }

    @Test
    void anExactEntryHoldsForItselfAloneAndHidesTheOneAboveIt() throws IOException {
        var whole = listed("narrow.example.com", ListedFor.SPAM, TOMORROW);
        server.table.put(
                new tayori.reputation.Published(
                        whole.subject(),
                        false,
                        whole.listed(),
                        whole.white(),
                        -1,
                        -1,
                        whole.score(),
                        whole.rate(),
                        whole.confidence(),
                        whole.messages(),
                        false,
                        false,
                        TOMORROW));
        server.table.put(scored("own.spam.example.com", 60, 0.9));
        assertThat(server.said("narrow.example.com.dbl.z.example", "A"))
                .isEqualTo("NOERROR 127.0.1.2");
        assertThat(server.said("mail.narrow.example.com.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
        assertThat(server.said("own.spam.example.com.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
    }

    @ParameterizedTest(name = "{0} is never listed")
    @ValueSource(strings = {"jp", "co.jp", "com", "test", "invalid", "github.io"})
    void publicSuffixes(String suffix) throws IOException {
        assertThat(server.table.put(listed(suffix, ListedFor.SPAM, TOMORROW)))
                .isEqualTo(Outcome.PUBLIC_SUFFIX);
        assertThat(server.said("mail.some." + suffix + ".dbl.z.example", "A"))
                .isEqualTo("NXDOMAIN");
    }

    @ParameterizedTest(name = "RFC 5782 §4  {0} may be remembered for {1} s")
    @CsvSource({
        "spam.example.com.dbl, 300",
        "fresh.example.com.new, 300",
        "known.example.com.rep, 300",
        "quiet.example.com.sup, 300",
        "good.co.jp.dwl, 3600",
        "soon.example.com.dbl, 100",
        "soon.example.jp.dwl, 1000",
    })
    void timeToLive(String name, long ttl) throws IOException {
        server.table.put(listed("soon.example.com", ListedFor.SPAM, NOW.plusSeconds(100)));
        server.table.put(
                white("soon.example.jp", SenderClass.FORWARDER, 2, NOW.plusSeconds(1_000)));
        assertThat(
                        server.ask(name + ".z.example", "A")
                                .getSection(Section.ANSWER)
                                .getFirst()
                                .getTTL())
                .isEqualTo(ttl);
    }

    @Test
    void whatHasExpiredIsNotBelieved() throws IOException {
        server.table.put(listed("soon.example.com", ListedFor.SPAM, NOW.plusSeconds(100)));
        server.now.set(NOW.plusSeconds(99));
        assertThat(server.said("soon.example.com.dbl.z.example", "A"))
                .isEqualTo("NOERROR 127.0.1.2");
        server.now.set(NOW.plusSeconds(100));
        assertThat(server.said("soon.example.com.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void aChangeIsAnsweredAtOnceAndTheSerialGrows() throws IOException {
        assertThat(server.said("later.example.com.dbl.z.example", "A")).isEqualTo("NXDOMAIN");
        server.now.set(NOW.plusSeconds(1));
        long before = serial("dbl.z.example");
        server.table.put(listed("later.example.com", ListedFor.MALWARE, TOMORROW));
        assertThat(server.said("later.example.com.dbl.z.example", "A"))
                .isEqualTo("NOERROR 127.0.1.5");
        server.now.set(NOW.plusSeconds(2));
        assertThat(serial("dbl.z.example")).isGreaterThan(before);
        long after = serial("dbl.z.example");
        server.now.set(NOW.plusSeconds(3));
        assertThat(serial("dbl.z.example")).as("nothing has changed").isEqualTo(after);
        server.imported.replace(TestServer.list("other.example"));
        assertThat(server.said("bad.example.list.test", "A")).isEqualTo("NXDOMAIN");
        assertThat(serial("list.test")).isGreaterThan(after);
    }

    private long serial(String zone) throws IOException {
        var answer = server.ask(zone, "SOA").getSection(Section.ANSWER);
        return ((SOARecord) answer.getFirst()).getSerial();
    }

    @ParameterizedTest(name = "{0} has SOA and NS")
    @ValueSource(
            strings = {
                "z.example",
                "dwl.z.example",
                "dbl.z.example",
                "new.z.example",
                "rep.z.example",
                "sup.z.example",
                "_vouch.z.example",
                "list.test"
            })
    void everyZoneHasSoaAndServers(String zone) throws IOException {
        var soa = (SOARecord) server.ask(zone, "SOA").getSection(Section.ANSWER).getFirst();
        assertThat(soa.getHost()).hasToString("ns1.z.example.");
        assertThat(soa.getAdmin()).hasToString("hostmaster.z.example.");
        assertThat(server.ask(zone, "NS").getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("ns1.z.example.", "ns.other.test.");
        assertThat(server.said(zone, "TXT")).isEqualTo("NODATA");
        assertThat(server.said(zone, "ANY")).startsWith("NOERROR ns1.z.example.");
    }

    @Test
    void nameServersBelowTheApexHaveAddresses() throws IOException {
        assertThat(server.said("ns1.z.example", "A")).isEqualTo("NOERROR 192.0.2.53");
        assertThat(server.said("NS1.z.example", "AAAA")).isEqualTo("NOERROR 2001:db8:0:0:0:0:0:53");
        assertThat(server.said("ns1.z.example", "TXT")).isEqualTo("NODATA");
        assertThat(server.said("ns2.z.example", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void statusInWords() throws IOException {
        assertThat(server.said("status.z.example", "TXT"))
                .startsWith("NOERROR \"serving; serial=")
                .contains("subjects=11");
        assertThat(server.said("status.z.example", "A")).isEqualTo("NODATA");
    }

    @Test
    void dsOfAZoneIsTheParentsToAnswer() throws IOException {
        var answer = server.ask("dbl.z.example", "DS");
        assertThat(TestServer.said(answer)).isEqualTo("NODATA");
        assertThat(answer.getSection(Section.AUTHORITY).getFirst().getName())
                .as("RFC 4035 §3.1.4.1")
                .hasToString("z.example.");
    }

    @ParameterizedTest(name = "0x20: {0} comes back as it was asked")
    @ValueSource(
            strings = {
                "sPaM.eXaMpLe.CoM.dBl.Z.eXaMpLe",
                "NoNe.ExAmPlE.jP.DWL.z.ExamplE",
                "TeSt.DbL.z.eXample"
            })
    void theCaseOfTheQuestionIsKept(String name) throws IOException {
        var answer = server.ask(name, "A");
        assertThat(answer.getQuestion().getName().toString()).isEqualTo(name + ".");
        for (var record : answer.getSection(Section.ANSWER)) {
            assertThat(record.getName().toString()).isEqualTo(name + ".");
        }
    }

    // ---- messages

    @ParameterizedTest(name = "RFC 6891 §6.2.5  a client that takes {0} octets")
    @CsvSource({"0, 512", "512, 512", "1232, 1232", "4096, 1232", "65535, 1232"})
    void sizes(int size, int ours) throws IOException {
        var query = question("spam.example.com.dbl.z.example", "A");
        if (size > 0) {
            query.addRecord(new OPTRecord(size, 0, 0), Section.ADDITIONAL);
        }
        var answer = exchange(query);
        assertThat(answer.getOPT() != null).isEqualTo(size > 0);
        if (size > 0) {
            assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1_232);
        }
        assertThat(ours).isLessThanOrEqualTo(Responder.MAX_UDP);
    }

    @Test
    void whatDoesNotFitIsTruncatedAndWholeOverTcp() throws IOException {
        String label = "a".repeat(60);
        String longName = label + "." + label + "." + label + "." + "b".repeat(50);
        server.imported.replace(TestServer.list(longName + " :2:" + "x".repeat(250)));
        var query = question(longName + ".list.test", "TXT");
        var answer = exchange(query);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.toWire().length).isLessThanOrEqualTo(512);
        var whole = server.ask(question(longName + ".list.test", "TXT"), true);
        assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(((TXTRecord) whole.getSection(Section.ANSWER).getFirst()).getStrings())
                .containsExactly("x".repeat(250));
        query.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        assertThat(exchange(query).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void anotherVersionOfEdnsIsBadvers() throws IOException {
        var query = question("spam.example.com.dbl.z.example", "A");
        query.addRecord(new OPTRecord(1_232, 0, 1), Section.ADDITIONAL);
        var answer = exchange(query);
        assertThat(answer.getRcode()).as("RFC 6891 §6.1.3").isEqualTo(Rcode.BADVERS);
        assertThat(answer.getOPT().getVersion()).isZero();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void unknownOptionsOfEdnsAreIgnoredAndDnssecOkIsCopied() throws IOException {
        var query = question("spam.example.com.dbl.z.example", "A");
        query.addRecord(
                new OPTRecord(
                        1_232,
                        0,
                        0,
                        org.xbill.DNS.ExtendedFlags.DO,
                        new GenericEDNSOption(65_001, new byte[] {1, 2, 3})),
                Section.ADDITIONAL);
        var answer = exchange(query);
        assertThat(TestServer.said(answer)).isEqualTo("NOERROR 127.0.1.2");
        assertThat(answer.getOPT().getOptions()).as("RFC 6891 §6.1.2").isEmpty();
        assertThat(answer.getOPT().getFlags()).as("RFC 3225 §3").isEqualTo(0x8000);
    }

    @Test
    void anyIsAnsweredWithOneRecordSet() throws IOException {
        var answer = server.ask("spam.example.com.dbl.z.example", "ANY");
        assertThat(answer.getSection(Section.ANSWER)).as("RFC 8482 §4.1").hasSize(1);
    }

    @ParameterizedTest(name = "operation {0} is not implemented")
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE})
    void otherOperations(int opcode) throws IOException {
        var query = question("spam.example.com.dbl.z.example", "A");
        query.getHeader().setOpcode(opcode);
        var answer = exchange(query);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answer.getHeader().getOpcode()).isEqualTo(opcode);
    }

    @ParameterizedTest(name = "{0} of type {1} is {2}")
    @CsvSource({
        "spam.example.com.dbl.z.example, MAILB, NOTIMP",
        "spam.example.com.dbl.z.example, TKEY, FORMERR",
        "example.com, A, REFUSED",
        "example, SOA, REFUSED",
        "xz.example, A, REFUSED",
        "dbl.z.example, IXFR, REFUSED",
    })
    void errorsAreNeverAnAddress(String name, String type, String expected) throws IOException {
        var answer = server.ask(name, type);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(expected);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void twoQuestionsAreAFormatError() throws IOException {
        byte[] query = question("spam.example.com.dbl.z.example", "A").toWire();
        query[5] = 2;
        assertThat(new Message(Datagrams.exchange(server.address(), query)).getRcode())
                .as("RFC 9619 §4")
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void anotherClassIsRefused() throws IOException {
        byte[] query = question("version.bind", "TXT").toWire();
        query[query.length - 1] = 3;
        assertThat(new Message(Datagrams.exchange(server.address(), query)).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void whoIsRefusedHearsWhy() throws IOException {
        assertThat(explained(server.ask("example.com", "A")))
                .isEqualTo("20 no zone of this server");
    }

    @Test
    void aZoneForRegisteredClientsRefusesOthers() throws IOException {
        try (var closed =
                new TestServer(
                        TestServer.OPTIONS.withKeysOnly(java.util.Set.of(ZoneKind.DBL)),
                        NameServerOptions.DEFAULTS)) {
            closed.table.put(listed("spam.example.com", ListedFor.SPAM, TOMORROW));
            var answer = closed.ask("spam.example.com.dbl.z.example", "A");
            assertThat(TestServer.said(answer)).isEqualTo("REFUSED");
            assertThat(explained(answer)).startsWith("18 ");
            assertThat(closed.said("dbl.z.example", "SOA")).startsWith("NOERROR");
            assertThat(closed.said("spam.example.com.rep.z.example", "A"))
                    .isEqualTo("NOERROR 127.0.4.3");
        }
    }

    @Test
    void onRequestErrorsAreAddressesOutsideOfEveryList() throws IOException {
        try (var compatible =
                new TestServer(
                        TestServer.OPTIONS
                                .withKeysOnly(java.util.Set.of(ZoneKind.DBL))
                                .withAddressesForErrors(),
                        NameServerOptions.DEFAULTS)) {
            assertThat(compatible.said("spam.example.com.dbl.z.example", "A"))
                    .isEqualTo("NOERROR 127.255.255.254");
            assertThat(compatible.said("spam.example.com.dbll.z.example", "A"))
                    .isEqualTo("NOERROR 127.255.255.252");
            assertThat(compatible.said("spam.example.com.rep.z.example", "A"))
                    .isEqualTo("NXDOMAIN");
        }
    }

    private static String explained(Message answer) {
        var error =
                (ExtendedErrorCodeOption)
                        answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
        return error.getErrorCode() + " " + error.getText();
    }

    @Test
    void aStaleListIsAFailureNotAnAnswer() throws IOException {
        server.imported.replace(TestServer.list("$TIMESTAMP 2023:11:14 +1h\nbad.example :2:bad"));
        assertThat(server.said("bad.example.list.test", "A")).isEqualTo("SERVFAIL");
    }

    @ParameterizedTest(name = "over {0}, several sockets: {1}")
    @CsvSource({"127.0.0.1, 1", "127.0.0.1, 64", "::1, 1", "::1, 64"})
    void bothFamiliesAndBothLoops(String host, int batch) throws IOException {
        var options =
                NameServerOptions.DEFAULTS
                        .withBatch(batch)
                        .withAddresses(
                                List.of(new InetSocketAddress(InetAddress.ofLiteral(host), 0)));
        try (var second =
                NameServer.start(options, server.zones, TestServer.UNLIMITED, server.clock)) {
            var resolver = new SimpleResolver(second.addresses().getFirst());
            for (int i = 0; i < 20; i++) {
                assertThat(
                                TestServer.said(
                                        resolver.send(
                                                question("spam.example.com.dbl.z.example", "A"))))
                        .isEqualTo("NOERROR 127.0.1.2");
            }
            resolver.setTCP(true);
            assertThat(TestServer.said(resolver.send(question("good.co.jp.dwl.z.example", "A"))))
                    .isEqualTo("NOERROR 127.0.2.1");
            assertThat(second.counts()).containsEntry(tayori.nameserver.Outcome.ANSWER, 21L);
        }
    }

    @ParameterizedTest
    @EnumSource(ZoneKind.class)
    void anAddressBlockIsInNoZoneOfNames(ZoneKind zone) throws IOException {
        server.table.put(listed("192.0.2.0/24", ListedFor.SPAM, TOMORROW));
        assertThat(server.table.find("192.0.2.0/24")).isPresent();
        assertThat(server.said("192.0.2.0/24." + zone.label() + ".z.example", "TXT"))
                .isEqualTo("NXDOMAIN");
    }

    private Message exchange(Message query) throws IOException {
        return new Message(Datagrams.exchange(server.address(), query.toWire()));
    }
}
