package tayori.publication;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A table in a file, independent of how it lies in memory, all numbers big-endian:
///
///     8 octets  TAYORIV1
///     entries   length of the name (1), name on the wire, payload (8 + 8 + 4)
///     0         (1)
///     count     of entries (8)
///     CRC-32C   of all before (4)
final class Snapshot {
    private static final long MAGIC = 0x5441594f52495631L; // TAYORIV1
    private static final int BUFFER = 1 << 20;
    private static final int PAYLOAD = 8 + 8 + 4;
    private static final int LONGEST = 1 + WireName.MAX_OCTETS + PAYLOAD;
    private static final int TAIL = 1 + 8 + 4;

    private Snapshot() {}

    static void write(Path file, NameTable names) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var out = ByteBuffer.allocateDirect(BUFFER);
            var sum = new CRC32C();
            var count = new long[1];
            out.putLong(MAGIC);
            names.forEach((octets, length, entry) -> {
                if (out.remaining() < LONGEST + TAIL) {
                    drain(out, sum, channel);
                }
                out.put((byte) length).put(octets, 0, length);
                out.putLong(entry.first).putLong(entry.second).putInt(entry.number);
                count[0]++;
            });
            out.put((byte) 0).putLong(count[0]);
            drain(out, sum, channel);
            out.putInt((int) sum.getValue()).flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void drain(ByteBuffer out, CRC32C sum, FileChannel channel) throws IOException {
        out.flip();
        sum.update(out.duplicate());
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    /// Takes one entry.
    interface Taker {
        void take(byte[] octets, int offset, int length, StoredEntry entry) throws IOException;
    }

    static void read(Path file, Taker taker) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var in = ByteBuffer.allocate(BUFFER).flip();
            var sum = new CRC32C();
            var entry = new StoredEntry();
            long count = 0;
            refill(in, channel);
            if (in.remaining() < Long.BYTES || summed(in, sum, Long.BYTES).getLong() != MAGIC) {
                throw new IOException(file + ": not a snapshot of this version");
            }
            while (true) {
                if (in.remaining() < LONGEST + TAIL) {
                    refill(in, channel);
                }
                int length = in.hasRemaining() ? in.get(in.position()) & 0xff : 0;
                if (length == 0) {
                    break;
                }
                summed(in, sum, 1 + length + PAYLOAD);
                int at = in.position() + 1;
                in.position(at + length);
                entry.first = in.getLong();
                entry.second = in.getLong();
                entry.number = in.getInt();
                taker.take(in.array(), at, length, entry);
                count++;
            }
            summed(in, sum, 1 + Long.BYTES).get();
            if (in.getLong() != count || in.remaining() != 4) {
                throw new IOException(file + ": not whole");
            }
            if (in.getInt() != (int) sum.getValue()) {
                throw new IOException(file + ": damaged, its checksum does not fit");
            }
        } catch (BufferUnderflowException _) {
            throw new EOFException(file + ": cut off");
        }
    }

    private static void refill(ByteBuffer in, FileChannel channel) throws IOException {
        in.compact();
        while (in.hasRemaining() && channel.read(in) >= 0) {}
        in.flip();
    }

    private static ByteBuffer summed(ByteBuffer in, CRC32C sum, int length) {
        if (in.remaining() < length) {
            throw new BufferUnderflowException();
        }
        sum.update(in.array(), in.arrayOffset() + in.position(), length);
        return in;
    }
}
