package tayori.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One file of the log: a header, then [LogFrame]s.
///
/// | octets | what |
/// | --- | --- |
/// | 8 | `TAYORIEV` |
/// | 4 | version of the format, 1 |
/// | 8 | sequence number of the first frame, also the name of the file |
/// | 8 | salt |
/// | 4 | CRC-32C of the 28 octets above |
///
/// @param first sequence number of its first frame
/// @param salt stands in each frame
record LogSegment(Path file, long first, long salt) {
    static final int HEADER = 32;
    static final int VERSION = 1;

    private static final long MAGIC = 0x5441594f52494556L;
    private static final String PREFIX = "evidence-";
    private static final String SUFFIX = ".log";

    /// What a segment was found to hold.
    ///
    /// @param last sequence number of its last whole frame; one less than its first where it has none
    /// @param end offset behind its last whole frame
    record Content(long last, long end) {}

    /// What is done with each frame.
    @FunctionalInterface
    interface FrameReader {
        void read(LogFrame frame) throws IOException;
    }

    static Path nameOf(Path directory, long first) {
        return directory.resolve(PREFIX + String.format("%019d", first) + SUFFIX);
    }

    static boolean isName(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    ByteBuffer header() {
        var buffer = ByteBuffer.allocate(HEADER);
        buffer.putLong(MAGIC).putInt(VERSION).putLong(first).putLong(salt);
        return buffer.putInt(checksum(buffer.array())).flip();
    }

    /// Reads the header of a file.
    ///
    /// @return nothing where the header is not whole, as after a crash while the file was made
    /// @throws IOException also for a version this program does not know
    static Optional<LogSegment> of(Path file) throws IOException {
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes(HEADER);
        }
        if (octets.length < HEADER) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(octets);
        long magic = buffer.getLong();
        int version = buffer.getInt();
        long first = buffer.getLong();
        long salt = buffer.getLong();
        if (magic != MAGIC || buffer.getInt() != checksum(octets)) {
            return Optional.empty();
        }
        if (version != VERSION) {
            throw new IOException(
                    "%s has version %d; this program reads version %d"
                            .formatted(file, version, VERSION));
        }
        return Optional.of(new LogSegment(file, first, salt));
    }

    /// Reads every frame, in order.
    ///
    /// @param isLast whether nothing was written after this segment: then its end may be torn, and only then
    /// @throws DamagedLogException where a frame is not whole though a later one is
    Content read(boolean isLast, FrameReader reader) throws IOException {
        long offset = HEADER;
        long expected = first;
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            in.skipNBytes(HEADER);
            while (offset < size) {
                var frame = next(in);
                if (frame.isEmpty()) {
                    checkTornTail(offset, size, isLast);
                    break;
                }
                if (frame.get().sequence() != expected) {
                    throw new DamagedLogException(
                            file,
                            offset,
                            "frame " + frame.get().sequence() + " instead of " + expected);
                }
                reader.read(frame.get());
                expected++;
                offset += LogFrame.HEADER + frame.get().payload().length;
            }
        }
        return new Content(expected - 1, offset);
    }

    private Optional<LogFrame> next(InputStream in) throws IOException {
        byte[] header = in.readNBytes(LogFrame.HEADER);
        if (header.length < LogFrame.HEADER) {
            return Optional.empty();
        }
        int length = LogFrame.claimedLength(header);
        if (length < 0 || length > LogFrame.MAX_PAYLOAD) {
            return Optional.empty();
        }
        byte[] payload = in.readNBytes(length);
        var whole = new byte[LogFrame.HEADER + payload.length];
        System.arraycopy(header, 0, whole, 0, LogFrame.HEADER);
        System.arraycopy(payload, 0, whole, LogFrame.HEADER, payload.length);
        return LogFrame.decode(whole, 0, salt);
    }

    /// A write that a crash cut short leaves anything up to one frame behind, its pages in any order; but nothing whole follows,
    /// since the next frame is written only when this one is on the disk.
    private void checkTornTail(long offset, long size, boolean isLast) throws IOException {
        if (!isLast) {
            throw new DamagedLogException(file, offset, "later segments follow");
        }
        if (size - offset > LogFrame.HEADER + LogFrame.MAX_PAYLOAD) {
            throw new DamagedLogException(file, offset, "more than one frame is unreadable");
        }
        byte[] tail;
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            tail = in.readAllBytes();
        }
        for (int i = 1; i < tail.length; i++) {
            var frame = LogFrame.decode(tail, i, salt);
            if (frame.isPresent()) {
                throw new DamagedLogException(
                        file,
                        offset,
                        "frame %d stands whole behind it".formatted(frame.get().sequence()));
            }
        }
    }

    private static int checksum(byte[] header) {
        var crc = new CRC32C();
        crc.update(header, 0, HEADER - 4);
        return (int) crc.getValue();
    }
}
