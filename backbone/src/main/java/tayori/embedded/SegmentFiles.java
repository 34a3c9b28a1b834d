package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// The door to the disk for the files of the log: so that a test can hand in a disk that is full, or breaks.
interface SegmentFiles {
    /// A file open for writing.
    interface SegmentFile extends Closeable {
        /// Writes some of the octets.
        ///
        /// @return how many, 1 at least
        int write(ByteBuffer octets, long position) throws IOException;

        /// Returns when everything written is on the disk.
        void force() throws IOException;

        /// Cuts the file to a size.
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Makes a new file that nobody but its owner reads.
    SegmentFile create(Path file) throws IOException;

    /// Opens a file that is there, for writing behind what it holds.
    SegmentFile open(Path file) throws IOException;

    /// Returns when the names of new and deleted files are on the disk.
    void forceDirectory(Path directory) throws IOException;

    /// Space that is left where a folder lies. Unit: octets.
    long usableOctets(Path directory) throws IOException;

    /// The disk of this machine.
    static SegmentFiles onDisk() {
        return new OnDisk();
    }

    /// Files by `FileChannel`.
    final class OnDisk implements SegmentFiles {
        @Override
        public SegmentFile create(Path file) throws IOException {
            return new ChannelFile(
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PrivateFiles.OWNER_ONLY));
        }

        @Override
        public SegmentFile open(Path file) throws IOException {
            return new ChannelFile(FileChannel.open(file, StandardOpenOption.WRITE));
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public long usableOctets(Path directory) throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }
    }

    /// One file.
    record ChannelFile(FileChannel channel) implements SegmentFile {
        @Override
        public int write(ByteBuffer octets, long position) throws IOException {
            return channel.write(octets, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(
                    false); // fdatasync also writes the length, without which the data could not be
            // read
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
