package tayori.policy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.Listener;

/// The door of this room: answers Postfix's `check_policy_service`.
public final class PolicyServer implements AutoCloseable {

    private final Listener listener;

    private PolicyServer(Listener listener) {
        this.listener = listener;
    }

    /// Binds all addresses and starts to serve.
    ///
    /// @throws IOException when an address cannot be bound; the message names it
    public static PolicyServer start(PolicyOptions options, PolicyHandler handler)
            throws IOException {
        return new PolicyServer(
                Listener.start(
                        "policy",
                        options.addresses(),
                        options.listen(),
                        connection -> new PolicyConnection(connection, options, handler).serve()));
    }

    /// Where we listen, with the real port in place of 0.
    public List<ListenAddress> addresses() {
        return listener.addresses();
    }

    /// Postfix connections open now.
    public int connections() {
        return listener.connections();
    }

    /// Stops accepting, lets requests in progress end, then closes. Postfix asks again on a new connection.
    ///
    /// @return whether everything ended by itself
    public boolean drain(Duration patience) {
        return listener.drain(patience);
    }

    /// Closes everything at once.
    @Override
    public void close() {
        listener.close();
    }
}
