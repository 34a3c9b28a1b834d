package tayori.embedded;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One write to the log, on the disk before the next begins: the batches that came together.
///
/// | octets | what |
/// | --- | --- |
/// | 8 | salt of the segment |
/// | 8 | sequence number, one more than that of the frame before |
/// | 4 | length of the payload |
/// | 4 | CRC-32C of the 20 octets above and the payload |
/// | … | payload |
///
/// Numbers are unsigned, highest octet first. The salt is a random number that no provider knows: what a provider wrote
/// into a payload can never be taken for a frame.
final class LogFrame {
    static final int HEADER = 24;

    /// Largest payload. Unit: octets. One group of batches ([EvidenceLog#GROUP_OCTETS]) and one largest batch more.
    static final int MAX_PAYLOAD = 32 << 20;

    private static final int CHECKED = 20;

    private final long sequence;
    private final byte[] payload;

    LogFrame(long sequence, byte[] payload) {
        this.sequence = sequence;
        this.payload = payload;
    }

    long sequence() {
        return sequence;
    }

    byte[] payload() {
        return payload;
    }

    ByteBuffer encode(long salt) {
        var buffer = ByteBuffer.allocate(HEADER + payload.length);
        buffer.putLong(salt).putLong(sequence).putInt(payload.length);
        buffer.putInt(checksum(buffer.array(), 0, payload));
        return buffer.put(payload).flip();
    }

    /// Reads the frame at an offset.
    ///
    /// @return nothing where none stands whole
    static Optional<LogFrame> decode(byte[] octets, int offset, long salt) {
        if (octets.length - offset < HEADER) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(octets, offset, octets.length - offset);
        if (buffer.getLong() != salt) {
            return Optional.empty();
        }
        long sequence = buffer.getLong();
        int length = buffer.getInt();
        int checksum = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            return Optional.empty();
        }
        var payload = new byte[length];
        buffer.get(payload);
        return checksum == checksum(octets, offset, payload)
                ? Optional.of(new LogFrame(sequence, payload))
                : Optional.empty();
    }

    /// Length of the payload that a header claims, for reading ahead; unchecked.
    static int claimedLength(byte[] header) {
        return ByteBuffer.wrap(header).getInt(16);
    }

    private static int checksum(byte[] header, int offset, byte[] payload) {
        var crc = new CRC32C();
        crc.update(header, offset, CHECKED);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
