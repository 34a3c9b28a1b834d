package tayori.transfer;

import java.io.IOException;

/// Takes the messages of one answer, in their order, and sends them over one TCP connection.
@FunctionalInterface
public interface MessageSink {
    /// Blocks until the message is on its way. The two octets of length before it (RFC 1035 §4.2.2) are the taker's.
    ///
    /// @param message holds the message in its first `length` octets; used again for the next one
    void send(byte[] message, int length) throws IOException;
}
