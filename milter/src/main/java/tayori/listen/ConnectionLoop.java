package tayori.listen;

import java.io.IOException;

/// What is done with one connection: a plain loop that reads and writes until it is done, on a virtual thread of its own.
@FunctionalInterface
public interface ConnectionLoop {

    /// Serves the connection until the peer has gone or nothing more is to be said; the listener closes it afterwards.
    ///
    /// @throws IOException when reading or writing failed: the end of this connection, worth a line at debug level, no more
    void serve(Connection connection) throws IOException;
}
