package tayori.dns;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/// A DNS server that says whatever a test wants, byte by byte, over UDP and TCP.
final class FakeServer implements Closeable {
    /// What goes back for one question: datagrams, or the messages of a TCP connection, in order.
    interface Script {
        List<byte[]> replies(Message question, boolean overTcp) throws IOException;
    }

    private final DatagramChannel udp;
    private final ServerSocket tcp;
    private final Script script;

    /// Questions in the order they came.
    final ConcurrentLinkedQueue<Message> questions = new ConcurrentLinkedQueue<>();

    /// Where the datagrams came from.
    final ConcurrentLinkedQueue<SocketAddress> clients = new ConcurrentLinkedQueue<>();

    FakeServer(Script script) {
        this.script = script;
        try {
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            this.tcp = new ServerSocket(0, 16, loopback);
            this.udp = DatagramChannel.open();
            udp.bind(new InetSocketAddress(loopback, tcp.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::serveUdp);
        Thread.ofPlatform().daemon().start(this::serveTcp);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private void serveUdp() {
        var packet = ByteBuffer.allocate(65_535);
        while (udp.isOpen()) {
            try {
                packet.clear();
                var client = udp.receive(packet);
                clients.add(client);
                packet.flip();
                var question = new Message(packet);
                questions.add(question);
                for (byte[] reply : script.replies(question, false)) {
                    udp.send(ByteBuffer.wrap(reply), client);
                }
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (var connection = tcp.accept()) {
                var in = new java.io.DataInputStream(connection.getInputStream());
                var octets = new byte[in.readUnsignedShort()];
                in.readFully(octets);
                var question = new Message(octets);
                questions.add(question);
                for (byte[] reply : script.replies(question, true)) {
                    connection.getOutputStream().write(reply);
                }
            } catch (IOException e) {
                // closed
            }
        }
    }

    /// An empty answer to this question, to be filled.
    static Message answerTo(Message question) {
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question.getQuestion(), org.xbill.DNS.Section.QUESTION);
        return answer;
    }

    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(message.length + 2)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    @Override
    public void close() {
        try {
            udp.close();
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
