package tayori.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static tayori.nameserver.TestServer.NOW;
import static tayori.nameserver.TestServer.listed;
import static tayori.nameserver.TestServer.question;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import tayori.reputation.ListedFor;

/// DNS over TCP (RFC 7766).
class TcpTest {
    private static final int PATIENCE_MS = 10_000;

    private static TestServer server(int connections, Duration idle) throws IOException {
        var options = NameServerOptions.DEFAULTS;
        var server =
                new TestServer(
                        TestServer.OPTIONS,
                        new NameServerOptions(
                                options.addresses(),
                                1,
                                options.receiveBuffer(),
                                options.batch(),
                                1_000,
                                connections,
                                idle,
                                idle,
                                options.maxQuery()));
        for (int i = 0; i < 300; i++) {
            server.table.put(
                    listed("s" + i + ".example.com", ListedFor.SPAM, NOW.plusSeconds(86_400)));
        }
        return server;
    }

    private static Socket connect(TestServer server) throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static byte[] framed(byte[] message) {
        var out = new ByteArrayOutputStream();
        out.write(message.length >> 8);
        out.write(message.length);
        out.writeBytes(message);
        return out.toByteArray();
    }

    @Test
    void queriesOneBehindTheOtherAreAnsweredInOrder() throws IOException {
        try (var server = server(10, Duration.ofSeconds(10));
                var socket = connect(server)) {
            var all = new ByteArrayOutputStream();
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < 300; i++) {
                var query = question("s" + i + ".example.com.dbl.z.example", "A");
                ids.add(query.getHeader().getID());
                all.writeBytes(framed(query.toWire()));
            }
            socket.getOutputStream().write(all.toByteArray());
            var in = new DataInputStream(socket.getInputStream());
            var answered = new ArrayList<Integer>();
            for (int i = 0; i < 300; i++) {
                var answer = new Message(in.readNBytes(in.readUnsignedShort()));
                assertThat(TestServer.said(answer)).isEqualTo("NOERROR 127.0.1.2");
                answered.add(answer.getHeader().getID());
            }
            assertThat(answered).isEqualTo(ids);
        }
    }

    @Test
    void aQueryInPiecesIsOneQuery() throws IOException {
        try (var server = server(10, Duration.ofSeconds(10));
                var socket = connect(server)) {
            socket.setTcpNoDelay(true);
            for (byte octet : framed(question("s1.example.com.dbl.z.example", "A").toWire())) {
                socket.getOutputStream().write(octet);
            }
            var in = new DataInputStream(socket.getInputStream());
            assertThat(TestServer.said(new Message(in.readNBytes(in.readUnsignedShort()))))
                    .isEqualTo("NOERROR 127.0.1.2");
        }
    }

    @Test
    void whoIsSilentIsLetGo() throws IOException {
        try (var server = server(10, Duration.ofMillis(50));
                var socket = connect(server)) {
            assertThat(socket.getInputStream().read()).as("RFC 7766 §6.2.3").isNegative();
        }
    }

    @Test
    void whoStopsInAMessageIsLetGo() throws IOException {
        try (var server = server(10, Duration.ofMillis(50));
                var socket = connect(server)) {
            socket.getOutputStream().write(new byte[] {0, 40, 1, 2, 3});
            assertThat(endOf(socket)).isTrue();
        }
    }

    @Test
    void tooLongAQueryEndsTheConnection() throws IOException {
        try (var server = server(10, Duration.ofSeconds(10));
                var socket = connect(server)) {
            socket.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff, 0, 0});
            assertThat(endOf(socket)).isTrue();
        }
    }

    @Test
    void anAnswerAsAQueryEndsTheConnection() throws IOException {
        try (var server = server(10, Duration.ofSeconds(10));
                var socket = connect(server)) {
            byte[] query = question("s1.example.com.dbl.z.example", "A").toWire();
            query[2] |= (byte) 0x80;
            socket.getOutputStream().write(framed(query));
            assertThat(endOf(socket)).isTrue();
        }
    }

    @Test
    void oneConnectionTooManyOfOneClientIsClosed() throws IOException {
        try (var server = server(2, Duration.ofSeconds(10))) {
            var sockets = new ArrayList<Socket>(List.of(connect(server), connect(server)));
            try (var third = connect(server)) {
                assertThat(endOf(third)).isTrue();
                for (var socket : sockets) {
                    var query = question("s1.example.com.dbl.z.example", "A").toWire();
                    socket.getOutputStream().write(framed(query));
                    var in = new DataInputStream(socket.getInputStream());
                    assertThat(in.readNBytes(in.readUnsignedShort())).isNotEmpty();
                }
            } finally {
                for (var socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    /// Whether the server ends the connection, cleanly or by a reset.
    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
