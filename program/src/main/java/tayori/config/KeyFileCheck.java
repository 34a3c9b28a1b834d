package tayori.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Looks at a key file from outside: that it is there, that we may read it, and that strangers may not. What is in it
/// stays unread here.
final class KeyFileCheck {
    sealed interface Answer {}

    record Good(KeyFile file) implements Answer {}

    record Bad(String found, String expected, Optional<String> advice) implements Answer {}

    private static final String EXPECTED =
            "a private key file that only its owner and group may read";

    private static final Set<PosixFilePermission> FORBIDDEN =
            Set.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private KeyFileCheck() {}

    /// @param folder where a relative name starts
    static Answer check(Path folder, String text) {
        Path path;
        try {
            path = folder.resolve(text);
        } catch (InvalidPathException e) {
            return new Bad(Quoted.of(text), EXPECTED, Optional.empty());
        }
        String shown = Quoted.of(text);
        if (!Files.exists(path)) {
            return new Bad(shown + ", which does not exist", EXPECTED, Optional.empty());
        }
        if (!Files.isRegularFile(path)) {
            return new Bad(shown + ", which is no file", EXPECTED, Optional.empty());
        }
        if (!Files.isReadable(path)) {
            return new Bad(shown + ", which this user may not read", EXPECTED, Optional.empty());
        }
        return permissions(path)
                .filter(permissions -> permissions.stream().anyMatch(FORBIDDEN::contains))
                .<Answer>map(permissions ->
                        new Bad(
                                shown + " with mode " + PosixFilePermissions.toString(permissions),
                                EXPECTED,
                                Optional.of("chmod 640 the file")))
                .orElseGet(() -> new Good(new KeyFile(path)));
    }

    /// Nothing where the file system knows no POSIX modes.
    private static Optional<Set<PosixFilePermission>> permissions(Path path) {
        try {
            return Optional.of(Files.getPosixFilePermissions(path));
        } catch (UnsupportedOperationException | IOException e) {
            return Optional.empty();
        }
    }
}
