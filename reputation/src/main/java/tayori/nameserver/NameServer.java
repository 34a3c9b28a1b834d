package tayori.nameserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.access.ResponseRateLimit;

/// Answers DNS queries about our zones, over UDP and TCP, until it is closed.
///
/// Each UDP socket has a platform thread of its own that waits in the kernel; what it needs is made at the start. Nothing is
/// shared between them but the tables.
public final class NameServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);

    /// Tries to find a port that is free for UDP and TCP, where the kernel may choose.
    private static final int PORT_TRIES = 20;

    private final NameServerOptions options;
    private final Zones zones;
    private final Admission admission;
    private final InstantSource clock;
    private final List<UdpLoop> loops = new ArrayList<>();
    private final List<TcpListener> listeners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    private final List<Tally> tallies = new ArrayList<>();
    private final Tally overTcp = new Tally.Shared();
    private volatile boolean closed;

    private NameServer(
            NameServerOptions options, Zones zones, Admission admission, InstantSource clock) {
        this.options = options;
        this.zones = zones;
        this.admission = admission;
        this.clock = clock;
        tallies.add(overTcp);
    }

    /// Begins to answer.
    ///
    /// @throws IOException where it cannot listen on one of the addresses; then it listens on none
    public static NameServer start(NameServerOptions options, Zones zones) throws IOException {
        return start(options, zones, Admission.DEFAULTS, InstantSource.system());
    }

    /// The same with rights, limits and another clock.
    public static NameServer start(
            NameServerOptions options, Zones zones, Admission admission, InstantSource clock)
            throws IOException {
        var server = new NameServer(options, zones, admission, clock);
        try {
            for (var address : options.addresses()) {
                server.listen(address);
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
        server.listeners.forEach(TcpListener::start);
        for (var loop : server.loops) {
            server.threads.add(
                    Thread.ofPlatform()
                            .name("dns-udp-" + loop.address().getPort())
                            .daemon()
                            .start(() -> server.run(loop)));
        }
        LOG.info("DNS: answering on {}", server.addresses);
        return server;
    }

    private void listen(InetSocketAddress wanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            var first = loop(wanted);
            var address = new InetSocketAddress(wanted.getAddress(), first.address().getPort());
            try {
                var tcp =
                        new TcpListener(
                                address,
                                options,
                                () -> new Responder(zones, admission, overTcp),
                                admission.transfers(),
                                clock);
                listeners.add(tcp);
            } catch (IOException e) {
                if (wanted.getPort() != 0 || attempt == PORT_TRIES) {
                    loops.add(first); // closed with the others
                    throw new IOException("cannot listen on " + address + " (TCP)", e);
                }
                end(first);
                continue;
            }
            loops.add(first);
            addresses.add(address);
            for (int socket = 1; socket < options.sockets(); socket++) {
                loops.add(loop(address));
            }
            return;
        }
    }

    private UdpLoop loop(InetSocketAddress address) throws IOException {
        var tally = new Tally.OfLoop();
        var responder = new Responder(zones, admission, tally);
        var limit =
                new ResponseRateLimit(
                        admission.limit(), new SecureRandom().nextLong(), System.nanoTime());
        boolean shared = options.sockets() > 1;
        UdpLoop loop =
                options.batch() > 1 && BatchLoop.isAvailable()
                        ? new BatchLoop(
                                address,
                                shared,
                                options.receiveBuffer(),
                                options.batch(),
                                responder,
                                limit,
                                clock)
                        : new ChannelLoop(
                                address, shared, options.receiveBuffer(), responder, limit, clock);
        tallies.add(tally);
        return loop;
    }

    private void run(UdpLoop loop) {
        try {
            loop.run();
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.error("DNS: no more answers on {}", loop.address(), e);
            }
        }
    }

    /// A loop that never ran.
    private static void end(UdpLoop loop) throws IOException {
        loop.close();
        loop.run();
    }

    /// Where it listens, with the ports that were chosen.
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// How many queries came to what, since the start, over UDP and TCP.
    public Map<Outcome, Long> counts() {
        var counts = new EnumMap<Outcome, Long>(Outcome.class);
        for (var outcome : Outcome.values()) {
            counts.put(outcome, tallies.stream().mapToLong(tally -> tally.counted(outcome)).sum());
        }
        return counts;
    }

    /// Stops answering, at once; waits for the threads.
    @Override
    public void close() {
        closed = true;
        loops.forEach(UdpLoop::close);
        listeners.forEach(TcpListener::close);
        try {
            for (var thread : threads) {
                thread.join();
            }
            if (threads.isEmpty()) {
                for (var loop : loops) {
                    end(loop);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("DNS: a socket that was never used could not be closed", e);
        }
    }
}
