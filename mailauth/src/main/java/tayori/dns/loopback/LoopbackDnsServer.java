package tayori.dns.loopback;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import tayori.dns.Dns;
import tayori.dns.ZoneDns;

/// A DNS server on a free port of 127.0.0.1, UDP and TCP, that answers from a [Dns] and looks like a recursive resolver.
///
/// What the `Dns` calls SERVFAIL, REFUSED or MALFORMED is answered with that code (the last as FORMERR); on TIMEOUT it
/// stays silent. UDP answers that do not fit are cut off and come whole over TCP. AD is set where the answer is
/// authenticated and the question cares.
public final class LoopbackDnsServer implements AutoCloseable {
    /// Most questions answered at a time from a `Dns` that may block; one more is dropped, as UDP may be.
    static final int MAX_WAITING_QUESTIONS = 4_096;

    private static final int PORT_TRIES = 50;

    private final DatagramChannel udp;
    private final ServerSocket tcp;
    private final InetSocketAddress address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore waiting = new Semaphore(MAX_WAITING_QUESTIONS);
    private final LongAdder questions = new LongAdder();
    private final Thread udpThread;
    private final Thread tcpThread;
    private volatile Dns dns;

    private LoopbackDnsServer(DatagramChannel udp, ServerSocket tcp, Dns dns) {
        this.udp = udp;
        this.tcp = tcp;
        this.dns = dns;
        this.udpThread =
                Thread.ofPlatform().daemon().name("loopback-dns-udp").unstarted(this::serveUdp);
        this.tcpThread = Thread.ofVirtual().name("loopback-dns-tcp").unstarted(this::serveTcp);
        this.address = (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    /// Starts one that answers from `dns`.
    ///
    /// @throws UncheckedIOException if this machine has no loopback or no free port
    public static LoopbackDnsServer start(Dns dns) {
        try {
            var server = bind(dns);
            server.udpThread.start();
            server.tcpThread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no DNS server on loopback", e);
        }
    }

    /// Takes a free TCP port and tries for the same one with UDP.
    private static LoopbackDnsServer bind(Dns dns) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        IOException last = new IOException("no port is free for both UDP and TCP");
        for (int i = 0; i < PORT_TRIES; i++) {
            var tcp = new ServerSocket(0, 256, loopback);
            var udp = DatagramChannel.open();
            try {
                udp.bind(new InetSocketAddress(loopback, tcp.getLocalPort()));
                return new LoopbackDnsServer(udp, tcp, dns);
            } catch (IOException e) {
                last = e;
                udp.close();
                tcp.close();
            }
        }
        throw last;
    }

    /// Where it listens, for UDP and TCP alike.
    public InetSocketAddress address() {
        return address;
    }

    /// Answers from another `Dns` from now on.
    public void serve(Dns dns) {
        this.dns = dns;
    }

    /// Messages that came in so far, over UDP and TCP, readable or not.
    public long questions() {
        return questions.sum();
    }

    private void serveUdp() {
        var packet = ByteBuffer.allocateDirect(64 << 10);
        while (udp.isOpen()) {
            try {
                packet.clear();
                var client = udp.receive(packet);
                if (client == null) {
                    continue;
                }
                packet.flip();
                var message = new byte[packet.remaining()];
                packet.get(message);
                questions.increment();
                var source = dns;
                if (source instanceof ZoneDns) {
                    answerUdp(source, message, client); // data only: quicker than any hand-over
                } else if (waiting.tryAcquire()) {
                    Thread.startVirtualThread(() -> answerUdpAndRelease(source, message, client));
                }
            } catch (IOException e) {
                // Closed, which ends the loop, or one datagram that could not be taken.
            }
        }
    }

    private void answerUdpAndRelease(Dns source, byte[] message, SocketAddress client) {
        try {
            answerUdp(source, message, client);
        } catch (IOException e) {
            // The client will think it was lost on the way.
        } finally {
            waiting.release();
        }
    }

    private void answerUdp(Dns source, byte[] message, SocketAddress client) throws IOException {
        var reply = WireReply.to(message, source, false);
        if (reply.isPresent()) {
            udp.send(ByteBuffer.wrap(reply.get()), client);
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var connection = tcp.accept();
                connections.add(connection);
                if (tcp.isClosed()) {
                    connection.close();
                }
                Thread.startVirtualThread(() -> serveConnection(connection));
            } catch (IOException e) {
                // Closed, which ends the loop, or one connection that went away too soon.
            }
        }
    }

    private void serveConnection(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new DataInputStream(connection.getInputStream());
            while (true) { // until the client hangs up or the server is closed
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                questions.increment();
                Optional<byte[]> reply = WireReply.to(message, dns, true);
                if (reply.isPresent()) {
                    byte[] octets = reply.get();
                    var framed = ByteBuffer.allocate(octets.length + 2);
                    framed.putShort((short) octets.length).put(octets);
                    connection.getOutputStream().write(framed.array());
                }
            }
        } catch (IOException e) {
            // The client has hung up: the ordinary end.
        } finally {
            connections.remove(connection);
        }
    }

    /// Stops listening and hangs up on everybody. When it returns the port is free.
    @Override
    public void close() {
        try (tcp;
                udp) {
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("DNS server on loopback does not close", e);
        }
        try { // a socket is gone only when nobody waits on it any more
            udpThread.join();
            tcpThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
