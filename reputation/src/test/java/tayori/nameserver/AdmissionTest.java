package tayori.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static tayori.nameserver.TestServer.NOW;
import static tayori.nameserver.TestServer.listed;
import static tayori.nameserver.TestServer.question;
import static tayori.nameserver.TestServer.white;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;
import tayori.access.AccessKeys;
import tayori.access.Client;
import tayori.access.RateLimitOptions;
import tayori.dns.DomainName;
import tayori.publication.ZoneKind;
import tayori.reputation.ListedFor;
import tayori.reputation.SenderClass;
import tayori.transfer.TransferOptions;
import tayori.transfer.TransferRight;
import tayori.transfer.TransferService;
import tayori.transfer.TsigKey;

/// Keys left of a zone, limits of answers, and zones handed out whole: through the server, over real sockets.
class AdmissionTest {
    private static final String KEY = "k7q2m9x4w8v3t6r1";
    private static final String POOR = "p1p2p3p4p5p6p7p8";

    private static TestServer closedZone() throws IOException {
        var server =
                new TestServer(
                        TestServer.OPTIONS.withKeysOnly(Set.of(ZoneKind.DBL)),
                        NameServerOptions.DEFAULTS,
                        AdmissionTest::withKeys);
        server.table.put(listed("spam.example.com", ListedFor.SPAM, NOW.plusSeconds(86_400)));
        server.table.put(
                white("good.example.jp", SenderClass.REGISTERED, 2, NOW.plusSeconds(86_400)));
        return server;
    }

    private static Admission withKeys(Zones zones) {
        var keys = new AccessKeys(zones.keyedZones());
        keys.reload(
                List.of(
                        new Client(
                                "isp",
                                List.of(AccessKeys.hash(KEY)),
                                Set.of("dbl.z.example", "dwl.z.example"),
                                1_000,
                                1_000_000),
                        new Client(
                                "trial",
                                List.of(AccessKeys.hash(POOR)),
                                Set.of("dbl.z.example"),
                                1_000,
                                1)),
                System.nanoTime());
        return TestServer.UNLIMITED.withKeys(keys);
    }

    @ParameterizedTest(name = "with a key, {0} is {1}")
    @CsvSource({
        "spam.example.com.k7q2m9x4w8v3t6r1.dbl.z.example, NOERROR 127.0.1.2",
        "SPAM.example.com.K7Q2M9X4W8V3T6R1.dbl.z.example, NOERROR 127.0.1.2",
        "none.example.org.k7q2m9x4w8v3t6r1.dbl.z.example, NXDOMAIN",
        "TEST.k7q2m9x4w8v3t6r1.dbl.z.example, NOERROR 127.0.1.2",
        "INVALID.k7q2m9x4w8v3t6r1.dbl.z.example, NXDOMAIN",
        "com.k7q2m9x4w8v3t6r1.dbl.z.example, NODATA",
        "k7q2m9x4w8v3t6r1.dbl.z.example, NODATA",
        "good.example.jp.k7q2m9x4w8v3t6r1.dwl.z.example, NOERROR 127.0.2.2",
        "good.example.jp.dwl.z.example, NOERROR 127.0.2.2",
        "spam.example.com.k7q2m9x4w8v3t6r1.rep.z.example, REFUSED",
        "spam.example.com.aaaaaaaaaaaaaaaa.dbl.z.example, REFUSED",
        "spam.example.com.dbl.z.example, REFUSED",
        "good.example.jp.aaaaaaaaaaaaaaaa.dwl.z.example, NXDOMAIN",
    })
    void keyLeftOfTheZone(String name, String expected) throws IOException {
        try (var server = closedZone()) {
            assertThat(server.said(name, "A")).isEqualTo(expected);
        }
    }

    @Test
    void theKeyIsInNoText() throws IOException {
        try (var server = closedZone()) {
            for (String name : List.of("spam.example.com", "TEST")) {
                assertThat(server.said(name + "." + KEY + ".dbl.z.example", "TXT"))
                        .doesNotContain(KEY)
                        .startsWith("NOERROR");
            }
        }
    }

    @Test
    void overTheLimitOfAKeyIsRefusedNotListed() throws IOException {
        try (var server = closedZone()) {
            String name = "spam.example.com." + POOR + ".dbl.z.example";
            assertThat(server.said(name, "A")).isEqualTo("NOERROR 127.0.1.2");
            assertThat(server.said(name, "A")).isEqualTo("REFUSED");
        }
    }

    @Test
    void overTheLimitOnRequestAnAddressOutsideOfEveryList() throws IOException {
        try (var server =
                new TestServer(
                        TestServer.OPTIONS
                                .withKeysOnly(Set.of(ZoneKind.DBL))
                                .withAddressesForErrors(),
                        NameServerOptions.DEFAULTS,
                        AdmissionTest::withKeys)) {
            String name = "spam.example.com." + POOR + ".dbl.z.example";
            assertThat(server.said(name, "A")).isEqualTo("NXDOMAIN");
            assertThat(server.said(name, "A")).isEqualTo("NOERROR 127.255.255.255");
        }
    }

    @ParameterizedTest(name = "over the limit of its network, taken {0} at once")
    @ValueSource(ints = {1, 64})
    void aFloodedNetworkIsSentAroundToTcp(int batch) throws IOException {
        var limit =
                new RateLimitOptions(1, 1, 1, Duration.ofSeconds(1), 1, 24, 56, 1 << 10, List.of());
        try (var server =
                new TestServer(
                        TestServer.OPTIONS,
                        NameServerOptions.DEFAULTS.withBatch(batch),
                        _ -> Admission.DEFAULTS.withLimit(limit))) {
            server.table.put(listed("spam.example.com", ListedFor.SPAM, NOW.plusSeconds(86_400)));
            var query = question("spam.example.com.dbl.z.example", "A").toWire();
            int truncated = 0;
            for (int i = 0; i < 10_000 && truncated == 0; i++) {
                byte[] answer = Datagrams.exchange(server.address(), query);
                assertThat(answer.length).isLessThanOrEqualTo(query.length + 16);
                truncated += (answer[2] & Wire.TC) != 0 ? 1 : 0;
            }
            assertThat(truncated).isPositive();
            assertThat(server.server().counts().get(Outcome.LIMITED)).isPositive();
            assertThat(
                            TestServer.said(
                                    server.ask(
                                            question("spam.example.com.dbl.z.example", "A"), true)))
                    .isEqualTo("NOERROR 127.0.1.2");
        }
    }

    // ---- whole zones

    private static final byte[] SECRET = new byte[32];

    private static Admission withTransfers(Zones zones) {
        var mirror =
                TsigKey.of(
                        DomainName.of("mirror.z.example"), TsigKey.Algorithm.HMAC_SHA256, base64());
        var clock = InstantSource.system();
        return TestServer.UNLIMITED.withTransfers(
                new TransferService(
                        zones.sources(clock),
                        List.of(new TransferRight(mirror, Set.of(DomainName.of("dbl.z.example")))),
                        clock,
                        TransferOptions.DEFAULTS));
    }

    @Test
    void aZoneWholeToWhoSigns() throws Exception {
        try (var server =
                new TestServer(
                        TestServer.OPTIONS,
                        NameServerOptions.DEFAULTS,
                        AdmissionTest::withTransfers)) {
            var far = java.time.Instant.now().plusSeconds(86_400);
            for (int i = 0; i < 2_000; i++) {
                server.table.put(listed("s" + i + ".example.com", ListedFor.SPAM, far));
                server.table.put(white("w" + i + ".example.com", SenderClass.REGISTERED, 2, far));
            }
            var zone =
                    ZoneTransferIn.newAXFR(
                            Name.fromString("dbl.z.example."),
                            server.address().getAddress().getHostAddress(),
                            server.address().getPort(),
                            new TSIG(TSIG.HMAC_SHA256, "mirror.z.example.", base64()));
            zone.run();
            assertThat(zone.getAXFR())
                    .extracting(Record::toString)
                    .anyMatch(record -> record.startsWith("s77.example.com.dbl.z.example."))
                    .anyMatch(record -> record.startsWith("*.s77.example.com.dbl.z.example."))
                    .anyMatch(record -> record.startsWith("test-105.dbl.z.example."))
                    .noneMatch(record -> record.startsWith("w"))
                    .hasSize(2 + 2 + 2 * 7 + 2_000 * 4);
        }
    }

    private static String base64() {
        return java.util.Base64.getEncoder().encodeToString(SECRET);
    }

    @Test
    void nothingToWhoDoesNotSign() throws Exception {
        try (var server =
                new TestServer(
                        TestServer.OPTIONS,
                        NameServerOptions.DEFAULTS,
                        AdmissionTest::withTransfers)) {
            var zone =
                    ZoneTransferIn.newAXFR(
                            Name.fromString("dbl.z.example."),
                            server.address().getAddress().getHostAddress(),
                            server.address().getPort(),
                            null);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(zone::run))
                    .isInstanceOf(ZoneTransferException.class)
                    .hasMessageContaining("REFUSED");
            var ixfr = server.ask(question("dbl.z.example", "IXFR"), false);
            assertThat(ixfr.getRcode()).isIn(Rcode.REFUSED, Rcode.FORMERR);
        }
    }

    @Test
    void withoutTransfersEverythingIsRefused() throws Exception {
        try (var server = new TestServer()) {
            for (String type : List.of("AXFR", "IXFR")) {
                byte[] query = question("dbl.z.example", type).toWire();
                assertThat(Datagrams.exchange(server.address(), query)[3] & 15)
                        .isEqualTo(Rcode.REFUSED);
            }
            assertThat(server.ask(question("dbl.z.example", "IXFR"), true).getRcode())
                    .isEqualTo(Rcode.REFUSED);
        }
    }
}
