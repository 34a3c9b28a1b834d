package tayori.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that fails when it is told to.
final class FaultyDisk implements SegmentFiles {
    private final SegmentFiles disk = SegmentFiles.onDisk();

    /// Writes so many octets at a time.
    volatile int atATime = Integer.MAX_VALUE;

    /// Writes so many octets more, then says that it is full.
    final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    volatile boolean forceFails;
    volatile boolean truncateFails;
    volatile boolean createFails;
    volatile long usable = Long.MAX_VALUE;

    @Override
    public SegmentFile create(Path file) throws IOException {
        if (createFails) {
            throw new IOException("no space for a new file");
        }
        return new FaultyFile(disk.create(file));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new FaultyFile(disk.open(file));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public long usableOctets(Path directory) {
        return usable;
    }

    private final class FaultyFile implements SegmentFile {
        private final SegmentFile file;

        FaultyFile(SegmentFile file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer octets, long position) throws IOException {
            if (room.get() <= 0) {
                throw new IOException("no space left");
            }
            int length = (int) Math.min(Math.min(atATime, room.get()), octets.remaining());
            var piece = octets.slice().limit(length);
            int written = file.write(piece, position);
            octets.position(octets.position() + written);
            room.addAndGet(-written);
            return written;
        }

        @Override
        public void force() throws IOException {
            if (forceFails) {
                throw new IOException("the disk does not answer");
            }
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            if (truncateFails) {
                throw new IOException("the disk does not answer");
            }
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
