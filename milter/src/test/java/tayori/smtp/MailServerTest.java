package tayori.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;
import tayori.milter.EnvelopeAddress;

/// What needs a socket: time, other connections, TLS, the end.
class MailServerTest {

    private static final MailServerOptions OPTIONS =
            MailServerOptions.smtp("mx.tayori.example", new ListenAddress.Tcp("127.0.0.1", 0));

    private static final Duration SHORT = Duration.ofMillis(200);

    private final ToldHandler handler = new ToldHandler();

    /// A client that says and hears lines.
    private record Client(Socket socket, BufferedReader in) implements AutoCloseable {
        static Client of(Socket socket) throws IOException {
            return new Client(
                    socket,
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII)));
        }

        static Client connect(MailServer server) throws IOException {
            int port = ((ListenAddress.Tcp) server.addresses().getFirst()).port();
            return of(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        Client say(String... lines) throws IOException {
            String text = String.join("\r\n", lines) + "\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return this;
        }

        Client hear(String... beginnings) throws IOException {
            for (String beginning : beginnings) {
                assertThat(in.readLine()).startsWith(beginning);
            }
            return this;
        }

        Client untilData() throws IOException {
            return hear("220")
                    .say("HELO client.example", "MAIL FROM:<a@x.example>", "RCPT TO:<b@x.example>")
                    .hear("250", "250", "250")
                    .say("DATA")
                    .hear("354");
        }

        /// Hears the end of the connection, by a FIN or by a reset.
        void hearNothingMore() throws IOException {
            try {
                assertThat(in.readLine()).isNull();
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aPipelinedMailOverTheWire() throws IOException {
        try (var server = MailServer.start(OPTIONS, handler);
                var client = Client.connect(server)) {
            client.hear("220")
                    .say("EHLO client.example")
                    .hear("250-", "250-", "250-", "250-", "250-", "250 ")
                    .say("MAIL FROM:<a@x.example>", "RCPT TO:<b@x.example>", "DATA")
                    .hear("250 2.1.0", "250 2.1.5", "354")
                    .say("Hello", ".", "QUIT")
                    .hear("250 2.0.0", "221 2.0.0")
                    .hearNothingMore();
            assertThat(handler.taken).containsExactly("<a@x.example> -> <b@x.example>", "Hello");
        }
    }

    @Test
    void aLargeMailInManyReads() throws IOException {
        try (var server = MailServer.start(OPTIONS, handler);
                var client = Client.connect(server)) {
            client.untilData();
            String line = "x".repeat(998);
            for (int i = 0; i < 1_000; i++) {
                client.say(line);
            }
            client.say(".").hear("250 2.0.0");
            assertThat(handler.taken).hasSize(1_001).endsWith(line);
        }
    }

    /// A handler that says when it is at work, and works until it may end.
    private static final class Slow implements MailHandler {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public SmtpReply recipient(Envelope envelope, EnvelopeAddress recipient) {
            return SmtpReply.RECIPIENT_OK;
        }

        @Override
        public List<SmtpReply> message(Envelope envelope, byte[] octets) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            return List.of(SmtpReply.OK);
        }
    }

    @Test
    void theMailIsAnsweredOnlyWhenTheHandlerIsDone() throws Exception {
        var slow = new Slow();
        try (var server = MailServer.start(OPTIONS, slow);
                var client = Client.connect(server)) {
            client.untilData().say("Hello", ".");
            slow.begun.await();
            assertThat(client.socket().getInputStream().available()).isZero();
            slow.mayEnd.countDown();
            client.hear("250 2.0.0");
        }
    }

    @Test
    void aDrainLetsTheMailInProgressEndAndTakesNoOtherClient() throws Exception {
        var slow = new Slow();
        try (var server = MailServer.start(OPTIONS, slow);
                var client = Client.connect(server)) {
            client.untilData().say("Hello", ".");
            slow.begun.await();
            var drained = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofMinutes(1)));
            slow.mayEnd.countDown();
            client.hear("250 2.0.0");
            client.hear("421 4.3.2").hearNothingMore();
            assertThat(drained.join()).isTrue();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aHandlerThatTakesTooLongIsInterrupted() throws Exception {
        var times =
                new MailTimes(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        SHORT,
                        Duration.ofMinutes(1));
        try (var server = MailServer.start(OPTIONS.with(times), new Slow());
                var client = Client.connect(server)) {
            client.untilData().say("Hello", ".").hear("451 4.3.0").say("NOOP").hear("250");
        }
    }

    @ParameterizedTest(name = "RFC 5321 §4.5.3.2 {0}")
    @ValueSource(strings = {"command", "block", "message"})
    void aClientThatIsLateLosesItsConnectionAndKeepsItsMail(String late) throws Exception {
        var minute = Duration.ofMinutes(1);
        var times =
                new MailTimes(
                        late.equals("command") ? SHORT : minute,
                        late.equals("block") ? SHORT : minute,
                        late.equals("message") ? SHORT : minute,
                        minute,
                        minute);
        try (var server = MailServer.start(OPTIONS.with(times), handler);
                var client = Client.connect(server)) {
            if (late.equals("command")) {
                client.hear("220");
            } else {
                client.untilData().say("half a mail");
            }
            client.hearNothingMore();
            await().until(() -> server.connections() == 0);
            assertThat(handler.taken).isEmpty();
        }
    }

    @Test
    void tricklingDoesNotBeginTheTimeAnew() throws Exception {
        var minute = Duration.ofMinutes(1);
        var times = new MailTimes(SHORT, minute, minute, minute, minute);
        try (var server = MailServer.start(OPTIONS.with(times), handler);
                var client = Client.connect(server)) {
            client.hear("220");
            client.socket().setSoTimeout(50);
            boolean open = true;
            while (open) {
                try {
                    client.socket().getOutputStream().write('x');
                    open = client.socket().getInputStream().read() >= 0;
                } catch (SocketTimeoutException _) {
                    // still open, and silent
                } catch (SocketException _) {
                    open = false;
                }
            }
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws Exception {
        try (var server = MailServer.start(OPTIONS.with(new ListenOptions(10, 10, 1)), handler);
                var first = Client.connect(server)) {
            first.hear("220");
            try (var second = Client.connect(server)) {
                second.hearNothingMore();
            }
            first.say("NOOP").hear("250");
        }
    }

    @Test
    void aUnixSocket(@TempDir Path folder) throws Exception {
        var path = folder.resolve("lmtp.sock");
        var options = MailServerOptions.lmtp("mx.example", new ListenAddress.Unix(path));
        try (var _ = MailServer.start(options, handler);
                var channel =
                        java.nio.channels.SocketChannel.open(
                                java.net.UnixDomainSocketAddress.of(path))) {
            var in =
                    new BufferedReader(
                            java.nio.channels.Channels.newReader(
                                    channel, StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("220 mx.example LMTP");
        }
    }

    // ---- RFC 3207

    private static SSLContext context(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        if (!Files.exists(file)) {
            var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var made =
                    new ProcessBuilder(
                                    tool,
                                    "-genkeypair",
                                    "-alias",
                                    "mx",
                                    "-keyalg",
                                    "EC",
                                    "-dname",
                                    "CN=mx.tayori.example",
                                    "-storepass",
                                    "changeit",
                                    "-keystore",
                                    file.toString(),
                                    "-storetype",
                                    "PKCS12")
                            .redirectErrorStream(true)
                            .start();
            made.getInputStream().readAllBytes();
            assertThat(made.waitFor()).isZero();
        }
        var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Client startTls(Client plain) throws IOException {
        return plain.hear("220")
                .say("EHLO client.example")
                .hear("250-", "250-", "250-", "250-", "250-", "250-STARTTLS", "250 ")
                .say("STARTTLS")
                .hear("220 2.0.0");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aMailOverTls(String version, @TempDir Path folder) throws Exception {
        var context = context(folder);
        try (var server = MailServer.start(OPTIONS.with(context), handler);
                var plain = startTls(Client.connect(server));
                var socket =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket(
                                                plain.socket(), "mx.tayori.example", 25, true)) {
            socket.setEnabledProtocols(new String[] {version});
            var client = Client.of(socket);
            client.say("MAIL FROM:<a@x.example>").hear("503 5.5.1");
            client.say("EHLO client.example")
                    .hear("250-", "250-", "250-", "250-", "250-", "250 ENHANCEDSTATUSCODES");
            client.say("MAIL FROM:<a@x.example>", "RCPT TO:<b@x.example>", "DATA")
                    .hear("250", "250", "354");
            String line = "x".repeat(998);
            for (int i = 0; i < 100; i++) {
                client.say(line);
            }
            client.say(".", "QUIT").hear("250", "221");
            // The end of the stream is said, not only come: nothing was cut off.
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(handler.taken).hasSize(101);
        }
    }

    @Test
    void plainTextInPlaceOfAHandshakeIsTakenForNothing(@TempDir Path folder) throws Exception {
        try (var server = MailServer.start(OPTIONS.with(context(folder)), handler);
                var client = startTls(Client.connect(server))) {
            client.say("EHLO evil.example", "MAIL FROM:<a@x.example>", "RCPT TO:<b@x.example>");
            var heard = new StringBuilder();
            try {
                for (int c = client.in().read(); c >= 0; c = client.in().read()) {
                    heard.append((char) c);
                }
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            assertThat(heard).doesNotContain("250");
            await().until(() -> server.connections() == 0);
        }
    }
}
