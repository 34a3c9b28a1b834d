package tayori.nameserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import tayori.access.ResponseRateLimit;

/// One message at a time, with what every Java has.
final class ChannelLoop implements UdpLoop {
    private final DatagramChannel channel;
    private final Responder responder;
    private final ResponseRateLimit limit;
    private final InstantSource clock;

    ChannelLoop(
            InetSocketAddress address,
            boolean shared,
            int receiveBuffer,
            Responder responder,
            ResponseRateLimit limit,
            InstantSource clock)
            throws IOException {
        this.responder = responder;
        this.limit = limit;
        this.clock = clock;
        channel =
                DatagramChannel.open(
                        address.getAddress() instanceof java.net.Inet4Address
                                ? StandardProtocolFamily.INET
                                : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            if (shared && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("closed", e);
        }
    }

    @Override
    public void run() throws IOException {
        var buffer = ByteBuffer.allocateDirect(Responder.LEAST_ROOM);
        var octets = new byte[Responder.LEAST_ROOM];
        try {
            while (true) {
                buffer.clear();
                var from = channel.receive(buffer);
                int length = buffer.position();
                buffer.get(0, octets, 0, length);
                int answer = responder.respond(octets, length, false, clock.millis() / 1_000);
                if (answer > 0 && from instanceof InetSocketAddress client) {
                    byte[] network = client.getAddress().getAddress();
                    answer =
                            responder.limited(
                                    limit.check(network, responder.lastKind(), System.nanoTime()),
                                    answer);
                }
                if (answer > 0) {
                    buffer.clear().put(0, octets, 0, answer).limit(answer);
                    send(buffer, from);
                }
            }
        } catch (ClosedChannelException _) {
            // asked to end
        } finally {
            channel.close();
        }
    }

    private void send(ByteBuffer answer, java.net.SocketAddress to) throws IOException {
        try {
            channel.send(answer, to);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (PortUnreachableException _) {
            // the client has gone
        } catch (IOException _) {
            // a forged source that cannot be reached; the next client can
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // nothing is lost: we are done with it
        }
    }
}
