package tayori.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tayori.listen.ListenAddress;
import tayori.listen.Listener;

/// The door of this room: listens for mail and hands it to a handler.
///
/// ```java
/// var options = MailServerOptions.lmtp("reports.example.jp", ListenAddress.parse("127.0.0.1:2424"));
/// try (var server = MailServer.start(options, handler)) {
///     …
///     server.drain(Duration.ofSeconds(30));
/// }
/// ```
public final class MailServer implements AutoCloseable {

    private final Listener listener;

    private MailServer(Listener listener) {
        this.listener = listener;
    }

    /// Binds all addresses and starts to serve.
    ///
    /// @throws IOException when an address cannot be bound; the message names it
    public static MailServer start(MailServerOptions options, MailHandler handler)
            throws IOException {
        OctetBudget budget = new OctetBudget(options.limits().maxHeld());
        return new MailServer(
                Listener.start(
                        options.protocol() == MailServerOptions.Protocol.LMTP ? "lmtp" : "smtp",
                        options.addresses(),
                        options.listen(),
                        connection ->
                                new MailConnection(connection, options, handler, budget).serve()));
    }

    /// Where we listen, with the real port in place of 0.
    public List<ListenAddress> addresses() {
        return listener.addresses();
    }

    /// Connections open now.
    public int connections() {
        return listener.connections();
    }

    /// Stops accepting, lets mails in progress end, then closes.
    ///
    /// A connection without a mail in progress hears 421 4.3.2 (under TLS: nothing) and is closed once the client has been
    /// quiet for a second; whatever was not answered with 250 is still the client's, which comes again.
    ///
    /// @param patience longest wait; a mail still in progress then is cut off
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
