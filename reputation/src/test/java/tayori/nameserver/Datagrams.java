package tayori.nameserver;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// One datagram there, one back, octet by octet.
final class Datagrams {
    private static final int PATIENCE_MS = 5_000;

    private Datagrams() {}

    static byte[] exchange(InetSocketAddress server, byte[] query) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.send(new DatagramPacket(query, query.length, server));
            var answer = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }
}
