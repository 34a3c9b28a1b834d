package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One process at a time writes into a folder. The system takes the lock away from a process that dies.
final class DirectoryLock implements Closeable {
    static final String FILE = "lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws IOException when another engine has the folder
    static DirectoryLock of(Path directory) throws IOException {
        var channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PrivateFiles.OWNER_ONLY);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(
                    directory + " is in use by another engine; end that one, or read only");
        }
        return new DirectoryLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // an engine of this very process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
