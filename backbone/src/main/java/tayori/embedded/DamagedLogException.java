package tayori.embedded;

import java.io.IOException;
import java.nio.file.Path;

/// The log is damaged where it was whole once: evidence that was acknowledged is lost, and an operator must know.
final class DamagedLogException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param offset of the first octet that cannot be read
    DamagedLogException(Path file, long offset, String what) {
        super(
                "%s is damaged at octet %d: %s. Restore the folder from a backup, or move this file away and lose the evidence in it"
                        .formatted(file, offset, what));
    }
}
