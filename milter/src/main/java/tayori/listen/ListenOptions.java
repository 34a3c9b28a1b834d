package tayori.listen;

/// How many may come, and how many may wait.
///
/// @param backlog connections that the kernel holds until we accept them; the kernel may cap it (`net.core.somaxconn`)
/// @param maxConnections connections at the same time over all addresses; one more is closed at once, with a log line
/// @param maxConnectionsPerPeer connections at the same time from one IP address; unix sockets are not counted, as their peer
///     is this machine and has no address
public record ListenOptions(int backlog, int maxConnections, int maxConnectionsPerPeer) {

    /// Connections that wait in the kernel: twice the usual 100 `smtpd` processes of Postfix, rounded up.
    public static final int DEFAULT_BACKLOG = 256;

    /// Connections at the same time. Postfix opens one per SMTP session and runs 100 sessions by default; the largest sites run a
    /// few thousand.
    public static final int DEFAULT_MAX_CONNECTIONS = 4_000;

    /// Connections at the same time from one address: an MTA is usually the only peer, so it may have nearly everything.
    public static final int DEFAULT_MAX_CONNECTIONS_PER_PEER = 2_000;

    public static final ListenOptions DEFAULTS =
            new ListenOptions(
                    DEFAULT_BACKLOG, DEFAULT_MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS_PER_PEER);

    public ListenOptions {
        if (backlog < 1 || maxConnections < 1 || maxConnectionsPerPeer < 1) {
            throw new IllegalArgumentException("backlog and connection limits start at 1");
        }
    }
}
