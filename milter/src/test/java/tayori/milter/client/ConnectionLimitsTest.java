package tayori.milter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;
import tayori.milter.FilterNeeds;
import tayori.milter.Macros;
import tayori.milter.MilterFilter;
import tayori.milter.MilterFilters;
import tayori.milter.MilterOptions;
import tayori.milter.MilterServer;
import tayori.milter.client.MilterResult.Verdict;

/// Peers that stay, say nothing or never come to an end, and how long they may.
class ConnectionLimitsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);
    private static final SmtpClient CLIENT = SmtpClient.of("192.0.2.1", "client.example");
    private static final MailEnvelope ENVELOPE =
            MailEnvelope.of("a@example.com", "b@receiver.example");
    private static final MailMessage MESSAGE =
            MailMessage.parse("From: a@example.com\n\nHello\n".getBytes(StandardCharsets.US_ASCII));

    private static final MilterFilters FILTERS =
            new MilterFilters() {
                @Override
                public MilterFilter connected(Macros macros) {
                    return new MilterFilter() {};
                }

                @Override
                public FilterNeeds needs() {
                    return FilterNeeds.wholeMail(Set.of());
                }
            };

    private static MilterServer server(
            ListenAddress address,
            ListenOptions listen,
            Duration negotiation,
            Duration idle,
            Duration packet)
            throws IOException {
        return MilterServer.start(
                new MilterOptions(
                        List.of(address),
                        listen,
                        MilterOptions.OnFailure.TEMPFAIL,
                        MilterOptions.DEFAULT_MAX_PACKET,
                        MilterOptions.DEFAULT_MAX_MACROS,
                        negotiation,
                        idle,
                        packet,
                        LONG,
                        LONG),
                FILTERS);
    }

    private static Socket raw(MilterServer server) throws IOException {
        int port = ((ListenAddress.Tcp) server.addresses().getFirst()).port();
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /// Blocks until the server has hung up; the test's own time limit is the only other way out.
    private static void assertHungUp(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static final byte[] NEGOTIATION = {
        0, 0, 0, 13, 'O', 0, 0, 0, 6, 0, 0, 1, -1, 0, 31, -1, -1
    };

    @Test
    void whoNeverNegotiatesIsHungUpOn() throws IOException {
        try (var server = server(ANY_PORT, ListenOptions.DEFAULTS, SHORT, LONG, LONG);
                var peer = raw(server)) {
            assertHungUp(peer);
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void whoFallsSilentAfterTheNegotiationIsHungUpOn() throws IOException {
        try (var server = server(ANY_PORT, ListenOptions.DEFAULTS, LONG, SHORT, LONG);
                var peer = raw(server)) {
            peer.getOutputStream().write(NEGOTIATION);
            assertThat(peer.getInputStream().readNBytes(17)[4]).isEqualTo((byte) 'O');
            while (peer.getInputStream().read() >= 0) {
                // the rest of the answer, macro lists
            }
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void whoNeverFinishesAPacketIsHungUpOn() throws IOException {
        try (var server = server(ANY_PORT, ListenOptions.DEFAULTS, LONG, LONG, SHORT);
                var peer = raw(server)) {
            peer.getOutputStream().write(NEGOTIATION, 0, 6);
            assertHungUp(peer);
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void silenceWithinTheLimitsIsNoOffence() throws IOException {
        try (var server = server(ANY_PORT, ListenOptions.DEFAULTS, LONG, LONG, LONG);
                var first = MilterClient.connect(server.addresses().getFirst(), PATIENCE);
                var second = MilterClient.connect(server.addresses().getFirst(), PATIENCE)) {
            assertThat(second.send(CLIENT, ENVELOPE, MESSAGE).verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(first.send(CLIENT, ENVELOPE, MESSAGE).verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void thereIsALimitToAllConnectionsTogether(@TempDir Path folder) throws IOException {
        // A unix socket: its peers have no address, so that only the total can be what refuses.
        var address = new ListenAddress.Unix(folder.resolve("milter.sock"));
        var listen = new ListenOptions(8, 3, 3);
        try (var server = server(address, listen, LONG, LONG, LONG)) {
            var open = new ArrayList<MilterClient>();
            for (int i = 0; i < 3; i++) {
                open.add(MilterClient.connect(address, PATIENCE));
            }
            assertThatThrownBy(() -> MilterClient.connect(address, PATIENCE))
                    .isInstanceOf(IOException.class);
            assertThat(server.connections()).isEqualTo(3);
            for (var client : open) {
                assertThat(client.send(CLIENT, ENVELOPE, MESSAGE).verdict())
                        .isEqualTo(Verdict.ACCEPT);
            }
            open.getFirst().close();
            await().until(() -> server.connections() == 2);
            open.set(0, MilterClient.connect(address, PATIENCE));
            for (var client : open) {
                client.close();
            }
        }
    }

    /// Giving a file away needs root; without, the operator is told so, and nothing is left behind.
    @Test
    void theSocketFileBelongsToWhomItShall(@TempDir Path folder) throws IOException {
        var path = folder.resolve("milter.sock");
        var address =
                new ListenAddress.Unix(
                        path,
                        PosixFilePermissions.fromString("rw-rw----"),
                        Optional.of("daemon"),
                        Optional.of("mail"));
        boolean root = System.getProperty("user.name").equals("root");
        if (root) {
            try (var _ = server(address, ListenOptions.DEFAULTS, LONG, LONG, LONG)) {
                var file = Files.readAttributes(path, PosixFileAttributes.class);
                assertThat(file.owner().getName()).isEqualTo("daemon");
                assertThat(file.group().getName()).isEqualTo("mail");
                assertThat(PosixFilePermissions.toString(file.permissions()))
                        .isEqualTo("rw-rw----");
            }
        } else {
            assertThatThrownBy(() -> server(address, ListenOptions.DEFAULTS, LONG, LONG, LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(path.toString());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anOwnerThatDoesNotExistIsNamed(@TempDir Path folder) {
        var address =
                new ListenAddress.Unix(
                        folder.resolve("milter.sock"),
                        PosixFilePermissions.fromString("rw-rw----"),
                        Optional.of("nobody-of-this-name"),
                        Optional.empty());
        assertThatThrownBy(() -> server(address, ListenOptions.DEFAULTS, LONG, LONG, LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("milter.sock");
        assertThat(folder).isEmptyDirectory();
    }
}
