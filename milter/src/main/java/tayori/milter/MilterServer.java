package tayori.milter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.Listener;

/// The door of this room: listens for MTAs and shows their mail to filters.
///
/// ```java
/// try (var server = MilterServer.start(MilterOptions.listeningOn(ListenAddress.parse("127.0.0.1:8891")), filters)) {
///     …
///     server.drain(Duration.ofSeconds(30));
/// }
/// ```
public final class MilterServer implements AutoCloseable {

    private final Listener listener;

    private MilterServer(Listener listener) {
        this.listener = listener;
    }

    /// Binds all addresses and starts to serve.
    ///
    /// @throws IOException when an address cannot be bound; the message names it
    public static MilterServer start(MilterOptions options, MilterFilters filters)
            throws IOException {
        FilterNeeds needs = filters.needs();
        return new MilterServer(
                Listener.start(
                        "milter",
                        options.addresses(),
                        options.listen(),
                        connection ->
                                new MilterConnection(connection, options, filters, needs).serve()));
    }

    /// Where we listen, with the real port in place of 0.
    public List<ListenAddress> addresses() {
        return listener.addresses();
    }

    /// MTA connections open now.
    public int connections() {
        return listener.connections();
    }

    /// Stops accepting, lets mails in progress end, then closes.
    ///
    /// A connection without a mail in progress is closed once the MTA has been quiet for a second; an SMTP session that goes on
    /// later meets the MTA's own rule for an absent filter (`milter_default_action` in Postfix).
    ///
    /// @param patience longest wait; a mail still in progress then is cut off, and meets the same rule
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
