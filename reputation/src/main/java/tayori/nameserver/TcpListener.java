package tayori.nameserver;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.transfer.TransferService;

/// DNS over TCP (RFC 7766): each connection is a plain loop on a virtual thread, which answers one query after the other, in
/// their order, as they come, without waiting for the client to read.
///
/// A watch closes connections that are overdue, in reading and in writing alike.
final class TcpListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

    private static final int BACKLOG = 256;

    /// How often the watch looks. Unit: milliseconds.
    private static final long LOOK_ROUND = 250;

    private static final int TRANSFER_BUFFER = 1 << 16;

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final ServerSocket listening;
    private final NameServerOptions options;
    private final Supplier<Responder> responders;
    private final Optional<TransferService> transfers;
    private final InstantSource clock;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> perPeer = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /// @param responders makes one for each connection
    /// @param transfers hands out whole zones
    TcpListener(
            InetSocketAddress address,
            NameServerOptions options,
            Supplier<Responder> responders,
            Optional<TransferService> transfers,
            InstantSource clock)
            throws IOException {
        this.options = options;
        this.responders = responders;
        this.transfers = transfers;
        this.clock = clock;
        listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(address, BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw e;
        }
    }

    void start() {
        Thread.ofVirtual().name("dns-tcp-accept").start(this::accept);
        Thread.ofVirtual().name("dns-tcp-watch").start(this::watch);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                admit(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("DNS over TCP: a connection could not be accepted", e);
                    pause(); // no file descriptor left, for example: others must end first
                }
            }
        }
    }

    private void pause() {
        try {
            if (ended.await(LOOK_ROUND, TimeUnit.MILLISECONDS)) {
                LOG.debug("DNS over TCP ends");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Socket socket) throws IOException {
        var peer = socket.getInetAddress();
        int theirs = perPeer.merge(peer, 1, Integer::sum);
        if (theirs > options.maxConnectionsPerPeer()
                || connections.size() >= options.maxConnections()) {
            leave(peer);
            socket.close();
            return;
        }
        var connection = new Connection(socket);
        connections.add(connection);
        Thread.ofVirtual()
                .name("dns-tcp")
                .start(() -> {
                    try {
                        connection.serve();
                    } catch (IOException e) {
                        LOG.debug("DNS over TCP: a connection ended: {}", e.toString());
                    } finally {
                        connections.remove(connection);
                        leave(peer);
                        connection.close();
                    }
                });
    }

    private void leave(InetAddress peer) {
        perPeer.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
    }

    private void watch() {
        try {
            while (!ended.await(LOOK_ROUND, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                for (var connection : connections) {
                    connection.endIfOverdue(now);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    void close() {
        ended.countDown();
        try {
            listening.close();
        } catch (IOException _) {
            // nothing is lost: we are done with it
        }
        connections.forEach(Connection::close);
    }

    /// One client.
    private final class Connection {
        private final Socket socket;
        private final long opened = System.nanoTime();

        /// When it is overdue, in nanoseconds after [#opened].
        private volatile long deadline = NO_DEADLINE;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void serve() throws IOException {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var responder = responders.get();
            var octets = new byte[Math.max(options.maxQuery(), Responder.LEAST_ROOM)];
            var framed = new byte[2 + octets.length];
            while (true) {
                expectWithin(options.idleTime());
                int upper = in.read();
                if (upper < 0) {
                    return;
                }
                expectWithin(options.messageTime());
                int length = upper << 8 | readOctet(in);
                if (length > options.maxQuery()) {
                    return;
                }
                if (in.readNBytes(octets, 0, length) < length) {
                    return;
                }
                if (transfers.isPresent() && TransferService.isTransfer(octets, length)) {
                    transfer(transfers.get(), octets, length, out);
                    continue;
                }
                int answer = responder.respond(octets, length, true, clock.millis() / 1_000);
                if (answer == 0) {
                    return; // no query: whoever sends that is no client
                }
                expectWithin(options.messageTime());
                Wire.put16(framed, 0, answer);
                System.arraycopy(octets, 0, framed, 2, answer);
                out.write(framed, 0, 2 + answer); // length and answer in one segment, RFC 7766 §8
            }
        }

        private void transfer(TransferService service, byte[] query, int length, OutputStream out)
                throws IOException {
            var buffered = new BufferedOutputStream(out, TRANSFER_BUFFER);
            var transfer =
                    service.answer(
                            query,
                            length,
                            socket.getInetAddress(),
                            (message, size) -> {
                                expectWithin(options.messageTime());
                                buffered.write(size >> 8);
                                buffered.write(size);
                                buffered.write(message, 0, size);
                            });
            buffered.flush();
            LOG.info(
                    "DNS: transfer of {} to {}: {} {}, {} records, {} octets",
                    transfer.zone(),
                    socket.getInetAddress().getHostAddress(),
                    transfer.kind(),
                    transfer.reason(),
                    transfer.records(),
                    transfer.octets());
        }

        private int readOctet(InputStream in) throws IOException {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the length was cut off");
            }
            return octet;
        }

        private void expectWithin(Duration time) {
            deadline = System.nanoTime() - opened + time.toNanos();
        }

        void endIfOverdue(long now) {
            if (now - opened > deadline) {
                close();
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException _) {
                // nothing is lost: we are done with it
            }
        }
    }
}
