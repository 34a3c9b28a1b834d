package tayori.embedded;

import java.io.IOException;

/// What is stored of one subject cannot be read; of all others it can.
final class DamagedStateException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param cause not kept: its message may name an address, and this one goes to the program log
    DamagedStateException(String subject, RuntimeException cause) {
        super(
                "what is stored of %s cannot be read: %s"
                        .formatted(
                                HotSubject.forLog(subject),
                                subject.indexOf('/') < 0 ? cause.getMessage() : "damaged"));
    }
}
