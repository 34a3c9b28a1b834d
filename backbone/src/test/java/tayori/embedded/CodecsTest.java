package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.ListedFor;
import tayori.reputation.ListingMemory;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.Published.White;
import tayori.reputation.SenderClass;

/// What is written is read again, all of it, and nothing else is.
class CodecsTest {
    private static final List<IdentityKind> KINDS = List.of(IdentityKind.values());
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

    private static EvidenceBatch randomBatch(Random random) {
        var evidence = new ArrayList<Evidence>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var counts = Counts.NONE;
            for (var observation : Observation.values()) {
                counts =
                        counts.plus(
                                observation,
                                random.nextBoolean()
                                        ? 0
                                        : random.nextLong(1L << random.nextInt(1, 63)));
            }
            evidence.add(
                    new Evidence(
                            new Identity(KINDS.get(random.nextInt(4)), "host" + i + ".example"),
                            random.nextInt(3) == 0
                                    ? Evidence.UNKNOWN_HOUR
                                    : random.nextLong(1_000_000),
                            counts,
                            random.longs(random.nextInt(4)).boxed().toList()));
        }
        return new EvidenceBatch("id" + random.nextLong(), "プロバイダ", "mx1", evidence);
    }

    @Test
    void batches() throws IOException {
        var random = new Random(3);
        for (int i = 0; i < 200; i++) {
            var batches = List.of(randomBatch(random), randomBatch(random));
            byte[] frame = BatchCodec.frame(NOW, batches.stream().map(BatchCodec::encode).toList());
            assertThat(BatchCodec.decode(frame)).isEqualTo(new BatchCodec.Group(NOW, batches));
        }
    }

    @Test
    void aBatchOfAnotherProgramIsAnErrorAndNothingElse() {
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] frame = BatchCodec.frame(NOW, List.of(BatchCodec.encode(randomBatch(random))));
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            try {
                BatchCodec.decode(cut);
            } catch (IOException expected) {
                assertThat(expected).hasMessageMatching(".+");
            }
        }
        assertThatThrownBy(() -> BatchCodec.decode(new byte[] {1, 1, 'p', 1, 'n', 1, 'i', 1, 4, 0}))
                .hasMessage("no kind of identity: 4");
    }

    @Test
    void published() throws IOException {
        for (var published :
                List.of(
                        new Published(
                                "a.example",
                                true,
                                Optional.of(ListedFor.ABUSED_MALWARE),
                                Optional.empty(),
                                494_000,
                                -1,
                                OptionalInt.of(1),
                                0.25,
                                0.75,
                                1L << 40,
                                true,
                                true,
                                NOW),
                        new Published(
                                "192.0.2.0/24",
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                -1,
                                50,
                                OptionalInt.empty(),
                                0,
                                0,
                                0,
                                false,
                                false,
                                NOW),
                        new Published(
                                "b.example",
                                false,
                                Optional.empty(),
                                Optional.of(new White(SenderClass.PUBLIC_BODY, 3, true, false)),
                                0,
                                0,
                                OptionalInt.of(100),
                                1e-5,
                                1,
                                12,
                                false,
                                false,
                                NOW),
                        new Published(
                                "b.example",
                                true,
                                Optional.empty(),
                                Optional.of(new White(SenderClass.REGISTERED, 1, false, true)),
                                0,
                                0,
                                OptionalInt.of(100),
                                1e-5,
                                1,
                                12,
                                false,
                                true,
                                NOW))) {
            byte[] octets = PublishedCodec.encode(published);
            assertThat(PublishedCodec.decode(published.subject(), octets)).isEqualTo(published);
            assertThat(octets.length).isLessThan(48);
        }
        assertThatThrownBy(() -> PublishedCodec.decode("a.example", new byte[] {0, 99, 0, 0, 0}))
                .hasMessage("no reason of a listing: 99");
        assertThatThrownBy(() -> PublishedCodec.decode("a.example", new byte[] {0, 0, 99, 0, 0}))
                .hasMessage("no class of senders: 99");
        assertThatThrownBy(() -> PublishedCodec.decode("a.example", new byte[] {0, 0}))
                .hasMessageContaining("too early");
    }

    @Test
    void listingMemory() throws IOException {
        var memory =
                Map.of(
                        IdentityKind.DKIM, new ListingMemory(Optional.of(NOW), Optional.empty()),
                        IdentityKind.ADDRESS_BLOCK,
                                new ListingMemory(Optional.of(NOW), Optional.of(Instant.EPOCH)));
        assertThat(ListingMemoryCodec.decode(ListingMemoryCodec.encode(memory))).isEqualTo(memory);
        assertThat(ListingMemoryCodec.decode(new byte[0])).isEmpty();
    }

    @Test
    void numbersOfEveryLength() throws IOException {
        for (long number : new long[] {0, 127, 128, 1L << 62, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            var in = new OctetReader(new OctetWriter(0).number(number).fixed(number).toOctets());
            assertThat(in.number()).isEqualTo(number);
            assertThat(in.fixed()).isEqualTo(number);
            assertThat(in.hasMore()).isFalse();
        }
    }
}
