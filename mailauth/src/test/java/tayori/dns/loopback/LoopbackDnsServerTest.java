package tayori.dns.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import tayori.dns.ZoneDns;

class LoopbackDnsServerTest {
    private static final ZoneDns ZONE =
            ZoneDns.builder()
                    .txt("big.example", "x".repeat(2_000))
                    .cname("www.example", "host.example")
                    .address("host.example", "192.0.2.1")
                    .build();

    private static Message question(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private static Message udp(LoopbackDnsServer server, byte[] octets) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(20_000);
            socket.send(new DatagramPacket(octets, octets.length, server.address()));
            var reply = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(reply);
            return new Message(ByteBuffer.wrap(reply.getData(), 0, reply.getLength()));
        }
    }

    @Test
    void withoutEdnsTheLimitIs512Octets() throws IOException { // RFC 1035 §4.2.1
        try (var server = LoopbackDnsServer.start(ZONE)) {
            var reply = udp(server, question("big.example.", Type.TXT).toWire());
            assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
            assertThat(reply.numBytes()).isLessThanOrEqualTo(512);
        }
    }

    @Test
    void showsTheAliasesOnTheWay() throws IOException {
        try (var server = LoopbackDnsServer.start(ZONE)) {
            var reply = udp(server, question("www.example.", Type.A).toWire());
            assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
            assertThat(reply.getHeader().getFlag(Flags.RA)).isTrue();
        }
    }

    @Test
    void otherTypesHaveNoData() throws IOException {
        try (var server = LoopbackDnsServer.start(ZONE)) {
            var reply = udp(server, question("host.example.", Type.SRV).toWire());
            assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1);
        }
    }

    @Test
    void severalQuestionsOnOneConnection() throws IOException {
        var server = LoopbackDnsServer.start(ZONE);
        try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            for (int i = 0; i < 3; i++) {
                byte[] octets = question("big.example.", Type.TXT).toWire();
                socket.getOutputStream()
                        .write(
                                ByteBuffer.allocate(octets.length + 2)
                                        .putShort((short) octets.length)
                                        .put(octets)
                                        .array());
                var in = new DataInputStream(socket.getInputStream());
                var reply = new byte[in.readUnsignedShort()];
                in.readFully(reply);
                assertThat(new Message(reply).getSection(Section.ANSWER)).hasSize(1);
            }
            server.close(); // hangs up
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void unreadableQuestionsAreFormatErrors() throws IOException {
        try (var server = LoopbackDnsServer.start(ZONE)) {
            byte[] octets = question("host.example.", Type.A).toWire();
            octets[5] = 7;
            assertThat(udp(server, octets).getRcode()).isEqualTo(Rcode.FORMERR);
            var update = question("host.example.", Type.A);
            update.getHeader().setOpcode(Opcode.STATUS);
            assertThat(udp(server, update.toWire()).getRcode()).isEqualTo(Rcode.NOTIMP);
        }
    }

    @Test
    void aBlockingDnsHoldsUpNobodyElse() throws IOException {
        var never = new java.util.concurrent.CountDownLatch(1);
        try (var server =
                        LoopbackDnsServer.start((name, type) -> {
                            if (name.toString().startsWith("slow")) {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                            return ZONE.query(name, type);
                        });
                var socket = new DatagramSocket()) {
            byte[] slow = question("slow.example.", Type.A).toWire();
            socket.send(new DatagramPacket(slow, slow.length, server.address()));
            assertThat(udp(server, question("host.example.", Type.A).toWire()).getRcode())
                    .isEqualTo(Rcode.NOERROR);
            never.countDown();
        }
    }

    @Test
    void onlySoManyQuestionsWait() throws IOException {
        var never = new java.util.concurrent.CountDownLatch(1);
        var waiting = new java.util.concurrent.atomic.AtomicInteger();
        try (var server =
                        LoopbackDnsServer.start((name, type) -> {
                            waiting.incrementAndGet();
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return ZONE.query(name, type);
                        });
                var socket = new DatagramSocket()) {
            byte[] slow = question("slow.example.", Type.A).toWire();
            var packet = new DatagramPacket(slow, slow.length, server.address());
            while (server.questions() < LoopbackDnsServer.MAX_WAITING_QUESTIONS + 10) {
                socket.send(packet); // some may get lost on the way, as UDP does
            }
            org.awaitility.Awaitility.await()
                    .until(() -> waiting.get() == LoopbackDnsServer.MAX_WAITING_QUESTIONS);
            never.countDown();
        }
        assertThat(waiting).hasValue(LoopbackDnsServer.MAX_WAITING_QUESTIONS);
    }

    @Test
    void thePortIsFreeAfterwards() throws IOException {
        var server = LoopbackDnsServer.start(ZONE);
        server.close();
        server.close();
        try (var again = new ServerSocket(server.address().getPort());
                var udp = new DatagramSocket(server.address().getPort())) {
            assertThat(again.isBound() && udp.isBound()).isTrue();
        }
    }
}
