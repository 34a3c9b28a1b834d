package tayori.listen;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of a unix socket: made with its final owner and mode before anybody can see it, removed only while it is still ours.
final class UnixSocketFile {

    private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);

    private final Path path;
    private final @Nullable Object fileKey;

    private UnixSocketFile(Path path, @Nullable Object fileKey) {
        this.path = path;
        this.fileKey = fileKey;
    }

    /// Binds the door under a temporary name beside the wanted one, sets mode and owner, then renames: there is no moment in
    /// which a stranger could connect.
    static UnixSocketFile bind(ServerSocketChannel door, ListenAddress.Unix wanted, int backlog)
            throws IOException {
        Path path = wanted.path();
        removeIfDead(path);
        Path fresh = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        door.bind(UnixDomainSocketAddress.of(fresh), backlog);
        try {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
            if (wanted.owner().isPresent()) {
                view.setOwner(names.lookupPrincipalByName(wanted.owner().get()));
            }
            if (wanted.group().isPresent()) {
                view.setGroup(names.lookupPrincipalByGroupName(wanted.group().get()));
            }
            view.setPermissions(wanted.permissions());
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        return new UnixSocketFile(path, attributes(path).fileKey());
    }

    private static void removeIfDead(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!attributes(path).isOther()) {
            throw new IOException("a file that is not a socket stands there; move it away");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("somebody listens there already");
        } catch (ConnectException _) {
            LOG.info("removing the socket file of a former run: {}", path);
            Files.deleteIfExists(path);
        }
    }

    void removeIfOurs() {
        try {
            if (Objects.equals(attributes(path).fileKey(), fileKey)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException _) {
            // gone already
        } catch (IOException e) {
            LOG.warn("cannot remove the socket file {}: {}", path, e.getMessage());
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
