package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tayori.transfer.TsigKey.Algorithm;

/// Whatever a stranger sends: at most one small answer, to his question, and never a zone without a signature.
class QueryFuzzTest {
    /// A signed AXFR, signed by another library.
    private static final String SIGNED =
            "f3a60000000100000000000103"
                    + "64626c03726570076578616d706c650000fc0001"
                    + "066d6972726f72076578616d706c650000fa00ff00000000003d"
                    + "0b686d61632d73686132353600000068cb5e90012c0020"
                    + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                    + "f3a600000000";

    /// An IXFR with a SOA and an OPT record.
    private static final String INCREMENTAL =
            "123400000001000000010001"
                    + "0364626c03726570076578616d706c650000fb0001"
                    + "c00c0006000100000000001600000000000100000001000000010000000100000001"
                    + "00002904d000000000"
                    + "0000";

    private final TransferService service =
            new TransferService(
                    List.of(new ListZone(new Clock(), 1, 10)),
                    List.of(
                            new TransferRight(
                                    TsigKey.of(
                                            TsigTest.NAME, Algorithm.HMAC_SHA256, TsigTest.SECRET),
                                    Set.of(ListZone.APEX))),
                    new Clock(),
                    TransferOptions.DEFAULTS);

    @FuzzTest
    void query(byte[] octets) throws IOException {
        byte[] before = octets.clone();
        TransferService.isTransfer(octets, octets.length);
        var transfer =
                service.answer(
                        octets,
                        octets.length,
                        InetAddress.getLoopbackAddress(),
                        (message, length) -> {
                            assertThat(length)
                                    .isBetween(Wire.HEADER, Math.max(12, before.length + 200));
                            assertThat(message[2] & 0x80).as("a response").isNotZero();
                            assertThat(Arrays.copyOf(message, 2))
                                    .isEqualTo(Arrays.copyOf(before, 2));
                        });
        assertThat(transfer.kind()).isIn(Transfer.Kind.REFUSED, Transfer.Kind.MALFORMED);
        assertThat(transfer.records()).isZero();
        assertThat(service.answerOverUdp(octets, octets.length).length)
                .isEqualTo((int) transfer.octets());
        assertThat(octets).as("the query is only read").isEqualTo(before);
    }

    @Test
    void theSeedsAreRead() {
        byte[] signed = HexFormat.of().parseHex(SIGNED);
        var query = java.util.Objects.requireNonNull(Query.read(signed, signed.length));
        assertThat(query.name()).isEqualTo(ListZone.APEX);
        assertThat(TsigRecord.read(signed, query.tsigAt())).isNotNull();
        byte[] incremental = HexFormat.of().parseHex(INCREMENTAL);
        var ixfr = java.util.Objects.requireNonNull(Query.read(incremental, incremental.length));
        assertThat(ixfr.clientSerial()).isEqualTo(1);
        assertThat(ixfr.withEdns()).isTrue();
    }

    @Test
    void brokenQueries() throws IOException {
        var random = new Random(5936);
        for (String seed : List.of(SIGNED, INCREMENTAL)) {
            byte[] whole = HexFormat.of().parseHex(seed);
            for (int i = 0; i < 10_000; i++) {
                byte[] broken = whole.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                query(broken);
                query(Arrays.copyOf(broken, random.nextInt(broken.length + 20)));
            }
        }
    }
}
