package tayori.embedded;

import java.io.IOException;

/// What is stored of one subject cannot be read; of all others it can.
final class DamagedStateException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedStateException(String subject, RuntimeException cause) {
        super("what is stored of " + subject + " cannot be read: " + cause.getMessage(), cause);
    }
}
