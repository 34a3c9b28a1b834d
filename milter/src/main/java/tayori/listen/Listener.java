package tayori.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on one or more addresses and gives every connection a virtual thread of its own.
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// How often the watch looks for overdue connections: time limits are met within this much.
    static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /// How long a peer with nothing in progress must have been quiet before a drain ends its connection. An SMTP client between
    /// two commands answers within this time, so its next mail still finds us.
    static final Duration DRAIN_QUIET = Duration.ofSeconds(1);

    /// How often a drain looks whether all have gone.
    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(50);

    /// Pause after an accept that failed (out of file descriptors, mostly), so that it does not spin.
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    /// Least time between two log lines about refused connections.
    private static final Duration REFUSAL_LOG_INTERVAL = Duration.ofSeconds(10);

    private final String name;
    private final ListenOptions options;
    private final ConnectionLoop loop;
    private final Ticker ticker;

    private final List<ServerSocketChannel> doors = new ArrayList<>();
    private final List<UnixSocketFile> socketFiles = new ArrayList<>();
    private final List<ListenAddress> addresses = new ArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> openPerPeer = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile long refusalLogged;
    private volatile boolean closing;

    private Listener(String name, ListenOptions options, ConnectionLoop loop, Ticker ticker) {
        this.name = name;
        this.options = options;
        this.loop = loop;
        this.ticker = ticker;
    }

    /// Binds all addresses and starts to accept.
    ///
    /// @param name for threads and log lines: `milter`, `policy`
    /// @throws IOException when an address cannot be bound; then none is. The message names the address
    public static Listener start(
            String name,
            List<? extends ListenAddress> addresses,
            ListenOptions options,
            ConnectionLoop loop)
            throws IOException {
        Listener listener = new Listener(name, options, loop, Ticker.system());
        try {
            for (ListenAddress address : addresses) {
                listener.bind(address);
            }
        } catch (IOException e) {
            listener.closeDoors();
            throw e;
        }
        listener.run();
        return listener;
    }

    /// Where we listen, with the real port in place of 0.
    public List<ListenAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// Connections open now.
    public int connections() {
        return open.get();
    }

    /// Stops accepting, lets what is in progress end, then closes everything.
    ///
    /// @param patience longest wait; what is still in progress then is cut off
    /// @return whether everything ended by itself
    public boolean drain(Duration patience) {
        closeDoors();
        long start = ticker.now();
        boolean interrupted = false;
        while (open.get() > 0 && ticker.now() - start < patience.toNanos() && !interrupted) {
            long now = ticker.now();
            connections.forEach(connection -> connection.endIfQuiet(now, DRAIN_QUIET));
            try {
                Thread.sleep(DRAIN_INTERVAL); // quiet is the passing of time: nothing to await
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        boolean allGone = open.get() == 0;
        close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return allGone;
    }

    /// Closes everything at once.
    @Override
    public void close() {
        closeDoors();
        connections.forEach(connection -> connection.end("shutting down"));
    }

    private void bind(ListenAddress address) throws IOException {
        try {
            switch (address) {
                case ListenAddress.Tcp tcp -> bindTcp(tcp);
                case ListenAddress.Unix unix -> bindUnix(unix);
            }
        } catch (IOException e) {
            throw new IOException(
                    name + ": cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private void bindTcp(ListenAddress.Tcp tcp) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        doors.add(door);
        door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        door.bind(
                new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port()),
                options.backlog());
        int port = ((InetSocketAddress) door.getLocalAddress()).getPort();
        addresses.add(new ListenAddress.Tcp(tcp.host(), port));
    }

    private void bindUnix(ListenAddress.Unix unix) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        doors.add(door);
        socketFiles.add(UnixSocketFile.bind(door, unix, options.backlog()));
        addresses.add(unix);
    }

    private void run() {
        for (int i = 0; i < doors.size(); i++) {
            ServerSocketChannel door = doors.get(i);
            String address = addresses.get(i).toString();
            // A platform thread: it blocks in one system call per connection and needs no poller.
            Thread.ofPlatform()
                    .daemon()
                    .name(name + "-accept-" + address)
                    .start(() -> acceptAll(door, address));
        }
        Thread.ofVirtual().name(name + "-watch").start(this::watch);
    }

    private void acceptAll(ServerSocketChannel door, String address) {
        while (!closing) {
            try {
                welcome(door.accept(), address);
            } catch (IOException e) {
                if (!closing) {
                    LOG.warn("{}: accepting on {} failed: {}", name, address, e.toString());
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(
                    ACCEPT_PAUSE); // out of file descriptors, say: nobody tells when it is over
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(SocketChannel channel, String address) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        InetAddress peer = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        String peerText = remote instanceof InetSocketAddress inet ? textOf(inet) : address;
        if (!admit(peer)) {
            channel.close();
            sayRefused(peerText);
            return;
        }
        Connection connection = new Connection(channel, peerText, ticker);
        connections.add(connection);
        if (closing) {
            // Accepted while the doors were being closed: whoever closes may have missed it.
            connection.end("shutting down");
        }
        Thread.startVirtualThread(() -> serve(connection, channel, peer));
    }

    private void serve(Connection connection, SocketChannel channel, @Nullable InetAddress peer) {
        try {
            connection.servedBy(Thread.currentThread());
            if (peer != null) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            loop.serve(connection);
        } catch (IOException e) {
            sayEnded(connection, e);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: connection from {} ended by a bug", name, connection.peer(), e);
        } finally {
            connection.close();
            connections.remove(connection);
            leave(peer);
        }
    }

    private void sayEnded(Connection connection, IOException e) {
        String because = connection.endedBecause();
        if (because != null) {
            LOG.info("{}: connection from {} ended: {}", name, connection.peer(), because);
        } else {
            LOG.debug("{}: connection from {} lost: {}", name, connection.peer(), e.toString());
        }
    }

    private boolean admit(@Nullable InetAddress peer) {
        if (open.incrementAndGet() > options.maxConnections()) {
            open.decrementAndGet();
            return false;
        }
        if (peer != null
                && openPerPeer.merge(peer, 1, Integer::sum) > options.maxConnectionsPerPeer()) {
            leave(peer);
            return false;
        }
        return true;
    }

    private void leave(@Nullable InetAddress peer) {
        if (peer != null) {
            openPerPeer.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
        }
        open.decrementAndGet();
    }

    private void sayRefused(String peer) {
        long count = refused.incrementAndGet();
        long now = ticker.now();
        if (refusalLogged == 0 || now - refusalLogged > REFUSAL_LOG_INTERVAL.toNanos()) {
            refusalLogged = now;
            LOG.warn(
                    "{}: connection from {} refused, {} so far: limit is {} in all, {} per peer",
                    name,
                    peer,
                    count,
                    options.maxConnections(),
                    options.maxConnectionsPerPeer());
        }
    }

    private static String textOf(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private void watch() {
        while (!closing || open.get() > 0) {
            try {
                Thread.sleep(WATCH_INTERVAL); // a clock: one watch for all time limits
            } catch (InterruptedException _) {
                return;
            }
            look(ticker.now());
        }
    }

    /// One look at all connections as if it were that moment.
    void look(long now) {
        for (Connection connection : connections) {
            connection.look(now);
        }
    }

    private void closeDoors() {
        closing = true;
        for (ServerSocketChannel door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                LOG.debug("{}: closing a listening socket: {}", name, e.getMessage());
            }
        }
        socketFiles.forEach(UnixSocketFile::removeIfOurs);
    }
}
