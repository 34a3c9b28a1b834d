package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceLogTest {
    private static final long LARGE = 1 << 20;

    private final Path directory;
    private final FaultyDisk disk = new FaultyDisk();
    private final Random salts = new Random(1);
    private final List<String> read = new ArrayList<>();

    EvidenceLogTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private EvidenceLog open(long covered, long maxSegment) throws IOException {
        read.clear();
        return EvidenceLog.open(
                directory,
                covered,
                maxSegment,
                disk,
                salts::nextLong,
                frame -> read.add(frame.sequence() + text(frame)));
    }

    private static String text(LogFrame frame) {
        return " " + new String(frame.payload(), StandardCharsets.UTF_8);
    }

    private static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String... payloads) throws IOException {
        try (var log = open(0, LARGE)) {
            for (var payload : payloads) {
                log.append(payload(payload));
            }
        }
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void overwrite(Path file, long offset, int octet) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            access.write(octet);
        }
    }

    @Test
    void whatWasAppendedIsReadAgain() throws IOException {
        write("one", "two", "three");
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one", "2 two", "3 three");
    }

    @Test
    void whatTheDatabaseHoldsIsNotReadAgain() throws IOException {
        write("one", "two", "three");
        try (var log = open(2, LARGE)) {
            assertThat(read).containsExactly("3 three");
            assertThat(log.append(payload("four"))).isEqualTo(4);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        write("one");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(segments().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void aSegmentGoesWhenACheckpointCoversIt() throws IOException {
        try (var log = open(0, 40)) {
            for (var payload : List.of("one", "two", "three", "four")) {
                log.append(payload(payload));
            }
            assertThat(log.segments()).isEqualTo(4);
            log.deleteCovered(2);
            assertThat(log.segments()).isEqualTo(2);
            log.deleteCovered(4);
            assertThat(log.segments()).isEqualTo(1);
            assertThat(log.octets()).isEqualTo(Files.size(segments().getFirst()));
        }
        open(3, LARGE).close();
        assertThat(read).containsExactly("4 four");
    }

    /// Whatever a crash leaves of the last frame, what was acknowledged before it stays.
    @Test
    void aTornTailIsCutOffWhereverItWasTorn() throws IOException {
        write("one", "two");
        var file = segments().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int lastFrame = whole.length - LogFrame.HEADER - 3;
        for (int length = lastFrame; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (var log = open(0, LARGE)) {
                assertThat(read).as("cut at " + length).containsExactly("1 one");
                log.append(payload("new"));
            }
            open(0, LARGE).close();
            assertThat(read).containsExactly("1 one", "2 new");
        }
    }

    /// Of a write that was cut short the last pages may be there and the first not.
    @Test
    void aTailOfZerosOrGarbageIsCutOff() throws IOException {
        write("one", "two");
        var file = segments().getFirst();
        long size = Files.size(file);
        overwrite(file, size - LogFrame.HEADER - 3, 0x55);
        overwrite(file, size + 5_000, 0);
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one");
        assertThat(Files.size(file)).isEqualTo(size - LogFrame.HEADER - 3);
    }

    @ParameterizedTest(name = "octet {0} of the first of three frames")
    @ValueSource(ints = {0, 7, 8, 15, 16, 19, 20, 23, 24, 26})
    void aDamagedMiddleIsALoudError(int octet) throws IOException {
        write("one", "two", "three");
        var file = segments().getFirst();
        int offset = LogSegment.HEADER + octet;
        overwrite(file, offset, Files.readAllBytes(file)[offset] ^ 0x40);
        assertThatThrownBy(() -> open(0, LARGE))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("octet " + LogSegment.HEADER + ":")
                .hasMessageContaining("stands whole behind it");
    }

    @Test
    void damageBeforeALaterSegmentIsALoudError() throws IOException {
        try (var log = open(0, 40)) {
            log.append(payload("one"));
            log.append(payload("two"));
        }
        var first = segments().getFirst();
        overwrite(first, Files.size(first) - 1, 'x');
        assertThatThrownBy(() -> open(0, LARGE))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining(first.toString())
                .hasMessageContaining("octet 32:");
    }

    @Test
    void aMissingSegmentIsALoudError() throws IOException {
        try (var log = open(0, 40)) {
            for (var payload : List.of("one", "two", "three")) {
                log.append(payload(payload));
            }
        }
        Files.delete(segments().get(1));
        assertThatThrownBy(() -> open(0, LARGE))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("frame 2 is missing");
        Files.delete(segments().getFirst());
        assertThatThrownBy(() -> open(0, LARGE))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("frames 1 to 2 are missing");
    }

    @Test
    void anEndThatTheDatabaseHoldsMayBeMissing() throws IOException {
        write("one", "two");
        try (var log = open(5, LARGE)) {
            assertThat(read).isEmpty();
            assertThat(log.append(payload("six"))).isEqualTo(6);
        }
        open(5, LARGE).close();
        assertThat(read).containsExactly("6 six");
    }

    @Test
    void aSegmentThatWasNeverBegunIsRemoved() throws IOException {
        write("one");
        Files.write(LogSegment.nameOf(directory, 2), new byte[10]);
        try (var log = open(0, LARGE)) {
            assertThat(read).containsExactly("1 one");
            assertThat(log.append(payload("two"))).isEqualTo(2);
        }
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        write("one");
        var file = segments().getFirst();
        var segment = LogSegment.of(file).orElseThrow();
        var header = ByteBuffer.allocate(LogSegment.HEADER).put(segment.header());
        header.putInt(8, 2);
        var crc = new CRC32C();
        crc.update(header.array(), 0, 28);
        header.putInt(28, (int) crc.getValue());
        byte[] octets = Files.readAllBytes(file);
        System.arraycopy(header.array(), 0, octets, 0, LogSegment.HEADER);
        Files.write(file, octets);
        assertThatThrownBy(() -> open(0, LARGE))
                .hasMessageContaining("version 2; this program reads version 1");
    }

    /// A provider may write what it likes into its evidence; without the salt it is no frame.
    @Test
    void aFrameWithinATornFrameIsNoFrame() throws IOException {
        byte[] forged = new LogFrame(2, payload("forged")).encode(42).array();
        try (var log = open(0, LARGE)) {
            log.append(payload("one"));
            log.append(forged);
        }
        var file = segments().getFirst();
        overwrite(file, Files.size(file) - forged.length - LogFrame.HEADER, 0);
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one");
    }

    @Test
    void shortWritesAreContinued() throws IOException {
        disk.atATime = 7;
        write("one", "a longer text than seven octets");
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one", "2 a longer text than seven octets");
    }

    @Test
    void aFullDiskRefusesAndTheLogGoesOnBehindTheLastWholeFrame() throws IOException {
        try (var log = open(0, LARGE)) {
            log.append(payload("one"));
            disk.room.set(10);
            assertThatThrownBy(() -> log.append(payload("two"))).hasMessage("no space left");
            assertThatThrownBy(() -> log.append(payload("two"))).hasMessage("no space left");
            disk.room.set(Long.MAX_VALUE);
            assertThat(log.append(payload("three"))).isEqualTo(2);
        }
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one", "2 three");
    }

    @Test
    void aFailingForceRefusesUntilWhatWasWrittenIsCutOff() throws IOException {
        try (var log = open(0, LARGE)) {
            log.append(payload("one"));
            disk.forceFails = true;
            disk.truncateFails = true;
            assertThatThrownBy(() -> log.append(payload("two"))).isInstanceOf(IOException.class);
            disk.forceFails = false;
            assertThatThrownBy(() -> log.append(payload("three"))).isInstanceOf(IOException.class);
            disk.truncateFails = false;
            assertThat(log.append(payload("four"))).isEqualTo(2);
        }
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one", "2 four");
    }

    @Test
    void aSegmentThatCannotBeMadeRefusesAndTheOldOneStays() throws IOException {
        try (var log = open(0, 40)) {
            log.append(payload("one"));
            disk.createFails = true;
            assertThatThrownBy(() -> log.append(payload("two")))
                    .hasMessage("no space for a new file");
            disk.createFails = false;
            disk.room.set(5);
            assertThatThrownBy(() -> log.append(payload("two"))).hasMessage("no space left");
            disk.room.set(Long.MAX_VALUE);
            assertThat(log.append(payload("three"))).isEqualTo(2);
        }
        open(0, LARGE).close();
        assertThat(read).containsExactly("1 one", "2 three");
    }
}
