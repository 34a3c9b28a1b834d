package tayori.smtp;

import java.io.IOException;
import java.time.Duration;

/// What a session is read from and written to: the bare connection, or TLS over it.
interface OctetStream {

    /// As [tayori.listen.Connection#read].
    int read(byte[] buffer, int offset, int length, Duration limit, boolean resting)
            throws IOException;

    /// Sends all of it.
    void write(byte[] octets, Duration limit) throws IOException;

    /// Says goodbye where the protocol below has a word for it.
    void end(Duration limit) throws IOException;
}
