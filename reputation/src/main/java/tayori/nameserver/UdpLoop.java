package tayori.nameserver;

import java.io.IOException;
import java.net.InetSocketAddress;

/// One UDP socket and the loop of the one thread that answers on it.
interface UdpLoop {
    /// Where it listens; with the port that the kernel chose.
    InetSocketAddress address();

    /// Answers until [#close].
    ///
    /// @throws IOException when the socket fails
    void run() throws IOException;

    /// Lets the loop end. Any thread may call.
    void close();
}
