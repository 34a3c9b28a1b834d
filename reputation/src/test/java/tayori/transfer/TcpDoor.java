package tayori.transfer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The TCP side of a name server that knows transfers only, on a free port of the loopback.
final class TcpDoor implements AutoCloseable {
    final List<Transfer> transfers = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final TransferService service;

    TcpDoor(TransferService service) throws IOException {
        this.service = service;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                transfers.add(
                        service.answer(
                                message,
                                message.length,
                                client.getInetAddress(),
                                (octets, length) -> {
                                    out.writeShort(length);
                                    out.write(octets, 0, length);
                                    out.flush();
                                }));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
