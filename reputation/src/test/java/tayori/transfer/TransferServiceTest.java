package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;
import tayori.dns.DomainName;
import tayori.transfer.TsigKey.Algorithm;

/// Zones, as another library takes them.
class TransferServiceTest {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    private final Clock clock = new Clock();
    private final ListZone zone = new ListZone(clock, 1, 10_000);

    private static TsigKey key() {
        return TsigKey.of(TsigTest.NAME, Algorithm.HMAC_SHA256, TsigTest.SECRET);
    }

    private TransferService service(TransferOptions options) {
        return new TransferService(
                List.of(zone),
                List.of(
                        new TransferRight(
                                key(),
                                Set.of(ListZone.APEX, DomainName.of("nowhere.rep.example")))),
                clock,
                options);
    }

    private static TransferOptions open() {
        return new TransferOptions(8, 2, 16_384, Set.of(ListZone.APEX));
    }

    private TSIG theirKey() throws IOException {
        return new TSIG(
                TSIG.HMAC_SHA256,
                Name.fromString("mirror.example."),
                new javax.crypto.spec.SecretKeySpec(
                        java.util.Base64.getDecoder().decode(TsigTest.SECRET), "HmacSHA256"),
                java.time.Clock.fixed(clock.instant(), java.time.ZoneOffset.UTC));
    }

    private static Name apex() throws IOException {
        return Name.fromString("dbl.rep.example.");
    }

    private Set<String> expected() throws IOException {
        var records = new TreeSet<String>();
        zone.snapshot()
                .forEach(record ->
                        records.add(
                                (record.owner().isEmpty() ? "" : record.owner() + ".")
                                        + "dbl.rep.example. "
                                        + record.type()
                                        + " "
                                        + Arrays.toString(record.data())));
        return records;
    }

    private static Set<String> received(List<Record> records) {
        var found = new TreeSet<String>();
        for (var record : records) {
            if (record.getType() != Type.SOA) {
                found.add(
                        record.getName()
                                + " "
                                + record.getType()
                                + " "
                                + Arrays.toString(record.rdataToWireCanonical()));
            }
        }
        return found;
    }

    @ParameterizedTest(name = "RFC 5936 §2.2: {0} names in messages of {1} octets")
    @CsvSource({"0, 16384", "3, 16384", "5000, 16384", "500, 512", "2000, 65535"})
    void aWholeZoneSignedMessageByMessage(int names, int octets) throws Exception {
        for (int i = 0; i < names; i++) {
            if (i % 7 == 0) {
                zone.listWithSubdomains("name" + i + ".example.jp", 2, "reported, number " + i);
            } else {
                zone.list("name" + i + ".example.jp", 2 + i % 4, "reported, number " + i);
            }
        }
        try (var door = new TcpDoor(service(new TransferOptions(8, 2, octets, Set.of())))) {
            var transfer = ZoneTransferIn.newAXFR(apex(), door.address(), theirKey());
            transfer.run();
            assertThat(received(transfer.getAXFR())).isEqualTo(expected());
        }
    }

    @Test
    void messagesKeepTheirSize() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            zone.list("name" + i + ".example.jp", 2, "reported, number " + i);
        }
        byte[] query = signed(TsigTest.question());
        var sizes = new ArrayList<Integer>();
        var transfer =
                service(TransferOptions.DEFAULTS)
                        .answer(query, query.length, CLIENT, (_, length) -> sizes.add(length));
        assertThat(sizes).hasSizeGreaterThan(10).allMatch(size -> size <= 16_384);
        assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size > 16_000);
        assertThat(transfer.records()).isEqualTo(10_000 + 3);
        assertThat(transfer.octets()).isEqualTo(sizes.stream().mapToLong(size -> size).sum());
        assertThat(transfer.kind()).isEqualTo(Transfer.Kind.WHOLE);
        assertThat(transfer.key().orElseThrow().name()).isEqualTo(TsigTest.NAME);
    }

    private byte[] signed(Message query) throws IOException {
        theirKey().apply(query, null);
        return query.toWire();
    }

    private Message ask(TransferService service, Message query) throws IOException {
        byte[] octets = query.toWire();
        var replies = new ArrayList<byte[]>();
        service.answer(
                octets,
                octets.length,
                CLIENT,
                (message, length) -> replies.add(Arrays.copyOf(message, length)));
        assertThat(replies).hasSize(1);
        return new Message(replies.getFirst());
    }

    private static String extendedError(Message reply) {
        return Objects.requireNonNull(reply.getOPT())
                .getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)
                .stream()
                .map(option -> (ExtendedErrorCodeOption) option)
                .map(option -> option.getErrorCode() + " " + option.getText())
                .findFirst()
                .orElse("none");
    }

    @Test
    void withoutAKeyItIsRefusedWithTheReason() throws IOException {
        var query = TsigTest.question();
        query.addRecord(new org.xbill.DNS.OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        var reply = ask(service(TransferOptions.DEFAULTS), query);
        assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(reply)).isEqualTo("18 a transfer needs a TSIG key");
        assertThat(reply.getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(reply.getQuestion()).isEqualTo(query.getQuestion());
    }

    @Test
    void withoutEdnsTheReasonStaysHere() throws IOException {
        var reply = ask(service(TransferOptions.DEFAULTS), TsigTest.question());
        assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(reply.getOPT()).as("RFC 6891 §6.1.1").isNull();
    }

    @ParameterizedTest(name = "{0} with a good key: {1}")
    @CsvSource({
        "dwl.rep.example., REFUSED",
        "nowhere.rep.example., NOTAUTH",
        "sub.dbl.rep.example., REFUSED",
    })
    void aKeyOpensItsZonesOnly(String name, String rcode) throws IOException {
        var query =
                Message.newQuery(
                        Record.newRecord(
                                Name.fromString(name), Type.AXFR, org.xbill.DNS.DClass.IN));
        theirKey().apply(query, null);
        byte[] octets = query.toWire();
        var replies = new ArrayList<byte[]>();
        var transfer =
                service(TransferOptions.DEFAULTS)
                        .answer(
                                octets,
                                octets.length,
                                CLIENT,
                                (message, length) -> replies.add(Arrays.copyOf(message, length)));
        var reply = new Message(replies.getFirst());
        assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
        assertThat(transfer.kind()).isEqualTo(Transfer.Kind.REFUSED);
        assertThat(theirKey().verify(reply, replies.getFirst(), query.getTSIG()))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aBadSignatureIsNotAuth() throws IOException {
        byte[] query = signed(TsigTest.question());
        query[2] ^= 1; // RD
        var replies = new ArrayList<byte[]>();
        service(open())
                .answer(
                        query,
                        query.length,
                        CLIENT,
                        (message, length) -> replies.add(Arrays.copyOf(message, length)));
        var reply = new Message(replies.getFirst());
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(reply.getTSIG().getError()).isEqualTo(Rcode.BADSIG);
    }

    private ZoneTransferIn ixfr(TcpDoor door, long serial) throws Exception {
        var transfer = ZoneTransferIn.newIXFR(apex(), serial, false, door.address(), theirKey());
        transfer.run();
        return transfer;
    }

    @Test
    void changesOnlyAsInRfc1995Section4() throws Exception {
        zone.list("one.example", 2, "one");
        zone.list("two.example", 2, "two");
        long first = zone.snapshot().soa().serial();
        clock.pass(Duration.ofSeconds(10));
        zone.remove("one.example");
        zone.list("three.example", 4, "three");
        clock.pass(Duration.ofSeconds(10));
        zone.list("two.example", 5, "two");
        clock.pass(Duration.ofSeconds(10));
        try (var door = new TcpDoor(service(TransferOptions.DEFAULTS))) {
            var changes = ixfr(door, first);
            assertThat(changes.isIXFR()).isTrue();
            assertThat(changes.getIXFR()).hasSize(2);
            assertThat(changes.getIXFR().getFirst().start).isEqualTo(first);
            assertThat(changes.getIXFR().getFirst().deletes.toString())
                    .contains("one.example.dbl.rep.example.\t300\tIN\tA\t127.0.1.2")
                    .doesNotContain("two.example");
            assertThat(changes.getIXFR().getFirst().adds.toString()).contains("three.example");
            assertThat(changes.getIXFR().getLast().end).isEqualTo(zone.soa().serial());
            assertThat(ixfr(door, zone.soa().serial()).isCurrent()).isTrue();
            assertThat(ixfr(door, zone.soa().serial() + 1).isCurrent()).isTrue();
            var unknown = ixfr(door, 5);
            assertThat(unknown.isAXFR()).isTrue();
            assertThat(received(unknown.getAXFR())).isEqualTo(expected());
            assertThat(door.transfers.stream().map(Transfer::kind).toList())
                    .startsWith(
                            Transfer.Kind.CHANGES, Transfer.Kind.SOA_ONLY, Transfer.Kind.SOA_ONLY);
        }
    }

    @Test
    void overUdpOnlyTheSoa() throws IOException {
        zone.list("one.example", 2, "one");
        zone.snapshot();
        var soa = new SOARecord(apex(), org.xbill.DNS.DClass.IN, 0, apex(), apex(), 1, 1, 1, 1, 1);
        var query = Message.newQuery(Record.newRecord(apex(), Type.IXFR, org.xbill.DNS.DClass.IN));
        query.addRecord(soa, Section.AUTHORITY);
        byte[] octets = signed(query);
        var reply =
                new Message(service(TransferOptions.DEFAULTS).answerOverUdp(octets, octets.length));
        assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
        assertThat(((SOARecord) reply.getSection(Section.ANSWER).getFirst()).getSerial())
                .isEqualTo(Clock.START.getEpochSecond());
        byte[] axfr = signed(TsigTest.question());
        assertThat(
                        new Message(
                                        service(TransferOptions.DEFAULTS)
                                                .answerOverUdp(axfr, axfr.length))
                                .getRcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void caseOfTheQuestionIsKeptAndNotTakenIntoNames() throws IOException {
        zone.list("one.example", 2, "one");
        var query =
                Message.newQuery(
                        Record.newRecord(
                                Name.fromString("DBL.rep.Example."),
                                Type.AXFR,
                                org.xbill.DNS.DClass.IN));
        var reply = ask(service(open()), query);
        assertThat(Objects.requireNonNull(reply.getQuestion()).getName())
                .hasToString("DBL.rep.Example.");
        assertThat(reply.getSection(Section.ANSWER))
                .extracting(record -> record.getName().toString())
                .containsExactly(
                        "dbl.rep.example.",
                        "dbl.rep.example.",
                        "one.example.dbl.rep.example.",
                        "one.example.dbl.rep.example.",
                        "dbl.rep.example.");
    }

    @Test
    void noMoreTransfersAtOnceThanAllowed() throws IOException {
        zone.list("one.example", 2, "one");
        var service = service(new TransferOptions(3, 2, 16_384, Set.of(ListZone.APEX)));
        var other = InetAddress.ofLiteral("192.0.2.1");
        byte[] query = TsigTest.question().toWire();
        var inner = new ArrayList<Transfer>();
        MessageSink ignore = (_, _) -> {};
        service.answer(
                query,
                query.length,
                CLIENT,
                (_, _) ->
                        service.answer(
                                query,
                                query.length,
                                CLIENT,
                                (_, _) -> {
                                    inner.add(service.answer(query, query.length, CLIENT, ignore));
                                    service.answer(
                                            query,
                                            query.length,
                                            other,
                                            (_, _) ->
                                                    inner.add(
                                                            service.answer(
                                                                    query,
                                                                    query.length,
                                                                    other,
                                                                    ignore)));
                                }));
        assertThat(inner)
                .extracting(Transfer::reason)
                .containsExactly("too many transfers of this client", "too many transfers");
        assertThat(service.answer(query, query.length, CLIENT, ignore).kind())
                .isEqualTo(Transfer.Kind.WHOLE);
    }

    @Test
    void aClientThatGoesAwayFreesItsPlace() throws IOException {
        var service = service(new TransferOptions(1, 1, 16_384, Set.of(ListZone.APEX)));
        byte[] query = TsigTest.question().toWire();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() ->
                            service.answer(
                                    query,
                                    query.length,
                                    CLIENT,
                                    (_, _) -> {
                                        throw new InterruptedIOException("gone");
                                    }));
        }
        assertThat(service.answer(query, query.length, CLIENT, (_, _) -> {}).kind())
                .isEqualTo(Transfer.Kind.WHOLE);
    }

    /// A million names pass through one message's memory: what is held at a time does not grow with the zone.
    @Test
    void aLargeZoneIsNeverInMemory() throws IOException {
        var endless =
                new ZoneSource() {
                    @Override
                    public DomainName apex() {
                        return ListZone.APEX;
                    }

                    @Override
                    public Soa soa() {
                        return zone.soa();
                    }

                    @Override
                    public Snapshot snapshot() {
                        return new Snapshot() {
                            @Override
                            public Soa soa() {
                                return zone.soa();
                            }

                            @Override
                            public void forEach(RecordSink sink) throws IOException {
                                for (int i = 0; i < 1_000_000; i++) {
                                    sink.accept(ListZone.a("name" + i + ".example", 2));
                                }
                            }
                        };
                    }

                    @Override
                    public Optional<List<Change>> changesSince(long serial) {
                        return Optional.empty();
                    }
                };
        var service = new TransferService(List.of(endless), List.of(), clock, open());
        byte[] query = TsigTest.question().toWire();
        var buffers =
                java.util.Collections.newSetFromMap(
                        new java.util.IdentityHashMap<byte[], Boolean>());
        var transfer =
                service.answer(query, query.length, CLIENT, (message, _) -> buffers.add(message));
        assertThat(transfer.records()).isEqualTo(1_000_002);
        assertThat(buffers).hasSize(1);
    }

    @ParameterizedTest(name = "limit of {0}")
    @CsvSource({
        "0, 1, 512, 'maxTransfers must be 1 to 1000, not 0'",
        "1, 1001, 512, 'maxTransfersPerClient must be 1 to 1000, not 1001'",
        "1, 1, 511, 'messageOctets must be 512 to 65535, not 511'",
    })
    void optionsHaveBounds(int all, int one, int octets, String wrong) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new TransferOptions(all, one, octets, Set.of()))
                .withMessage(wrong);
    }
}
