package tayori.nameserver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How the server listens, and what it bears.
///
/// @param addresses where it listens, UDP and TCP, IPv4 and IPv6; port 0 lets the kernel choose one, the same for both
/// @param socketsPerAddress UDP sockets for each address, each with a thread of its own; the kernel spreads clients over them.
///     0 for one a processor
/// @param receiveBuffer what the kernel may keep for each UDP socket while we are busy. Unit: octets; `net.core.rmem_max` caps it
/// @param batch most UDP messages taken from the kernel at once, where it can do that. 1 takes them one by one
/// @param maxConnections TCP connections at the same time; one more is closed at once
/// @param maxConnectionsPerPeer the same from one address
/// @param idleTime longest wait for the next query of a TCP connection (RFC 7766 §6.2.3)
/// @param messageTime longest time for a TCP message from its first octet to its last, and for the client to take an answer
/// @param maxQuery longest query over TCP. Unit: octets
public record NameServerOptions(
        List<InetSocketAddress> addresses,
        int socketsPerAddress,
        int receiveBuffer,
        int batch,
        int maxConnections,
        int maxConnectionsPerPeer,
        Duration idleTime,
        Duration messageTime,
        int maxQuery) {
    /// A burst of some 10,000 queries: the kernel counts about 768 octets for a small one.
    public static final int DEFAULT_RECEIVE_BUFFER = 8 << 20;

    /// More than wait at once on a machine that keeps up; each costs 2 KB.
    public static final int DEFAULT_BATCH = 64;

    /// Highest [#batch], as the kernel's own (`UIO_MAXIOV`).
    public static final int MAX_BATCH = 1_024;

    public static final int DEFAULT_MAX_CONNECTIONS = 1_000;

    /// A resolver needs one; those behind one address may be several.
    public static final int DEFAULT_MAX_CONNECTIONS_PER_PEER = 50;

    /// RFC 7766 §6.2.3: a few seconds.
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(10);

    public static final Duration DEFAULT_MESSAGE_TIME = Duration.ofSeconds(10);

    /// A question with the longest name, EDNS options and a signature (RFC 8945) has less than 1 KB.
    public static final int DEFAULT_MAX_QUERY = 4_096;

    /// Least [#maxQuery]: the longest question with a signature of the longest key name.
    public static final int LEAST_MAX_QUERY = 1_024;

    public static final NameServerOptions DEFAULTS =
            new NameServerOptions(
                    List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53)),
                    0,
                    DEFAULT_RECEIVE_BUFFER,
                    DEFAULT_BATCH,
                    DEFAULT_MAX_CONNECTIONS,
                    DEFAULT_MAX_CONNECTIONS_PER_PEER,
                    DEFAULT_IDLE_TIME,
                    DEFAULT_MESSAGE_TIME,
                    DEFAULT_MAX_QUERY);

    public NameServerOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        requireWithin("socketsPerAddress", socketsPerAddress, 0, 1_024);
        requireWithin("receiveBuffer", receiveBuffer, 1 << 16, 1 << 30);
        requireWithin("batch", batch, 1, MAX_BATCH);
        requireWithin("maxConnections", maxConnections, 1, 1_000_000);
        requireWithin("maxConnectionsPerPeer", maxConnectionsPerPeer, 1, 1_000_000);
        requireWithin("maxQuery", maxQuery, LEAST_MAX_QUERY, 65_535);
        requirePositive("idleTime", idleTime);
        requirePositive("messageTime", messageTime);
    }

    public NameServerOptions withAddresses(List<InetSocketAddress> others) {
        return new NameServerOptions(
                others,
                socketsPerAddress,
                receiveBuffer,
                batch,
                maxConnections,
                maxConnectionsPerPeer,
                idleTime,
                messageTime,
                maxQuery);
    }

    public NameServerOptions withBatch(int most) {
        return new NameServerOptions(
                addresses,
                socketsPerAddress,
                receiveBuffer,
                most,
                maxConnections,
                maxConnectionsPerPeer,
                idleTime,
                messageTime,
                maxQuery);
    }

    int sockets() {
        return socketsPerAddress == 0
                ? Runtime.getRuntime().availableProcessors()
                : socketsPerAddress;
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(what, least, most, value));
        }
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive");
        }
    }
}
