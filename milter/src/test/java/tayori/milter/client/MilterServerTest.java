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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;
import tayori.milter.Action;
import tayori.milter.EnvelopeAddress;
import tayori.milter.FilterNeeds;
import tayori.milter.Macros;
import tayori.milter.MilterFilter;
import tayori.milter.MilterFilters;
import tayori.milter.MilterOptions;
import tayori.milter.MilterServer;
import tayori.milter.Modifications;
import tayori.milter.Reply;
import tayori.milter.client.MilterResult.Verdict;
import tayori.milter.wire.Negotiation;

/// Server and client over real sockets.
class MilterServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);
    private static final SmtpClient CLIENT = SmtpClient.of("192.0.2.1", "client.example");
    private static final MailEnvelope ENVELOPE =
            MailEnvelope.of("a@example.com", "b@receiver.example");
    private static final MailMessage MESSAGE =
            message("From: a@example.com\nSubject: one\n two\nReceived: x\nReceived: y\n\nHello\n");

    private static MailMessage message(String text) {
        return MailMessage.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Filters(FilterNeeds needs, Function<Macros, MilterFilter> make)
            implements MilterFilters {
        @Override
        public MilterFilter connected(Macros macros) {
            return make.apply(macros);
        }
    }

    private static MilterFilters atEnd(Function<Modifications, Reply> end) {
        return new Filters(
                FilterNeeds.wholeMail(EnumSet.allOf(Action.class)),
                _ ->
                        new MilterFilter() {
                            @Override
                            public Reply endOfMessage(Modifications modifications) {
                                return end.apply(modifications);
                            }
                        });
    }

    private static MilterClient client(MilterServer server) throws IOException {
        return MilterClient.connect(server.addresses().getFirst(), PATIENCE);
    }

    @Test
    void changesAreAppliedAsAnMtaDoes() throws IOException {
        MilterFilters filters =
                atEnd(changes -> {
                    changes.deleteHeader(1, "received");
                    changes.deleteHeader(2, "Received");
                    changes.insertHeader(0, "Authentication-Results", "mx; none");
                    changes.insertHeader(1, "X-Second", "2");
                    changes.addHeader("X-Last", "z");
                    changes.changeHeader(1, "Subject", "new");
                    changes.addRecipient(new EnvelopeAddress("c@receiver.example"));
                    changes.deleteRecipient(new EnvelopeAddress("b@receiver.example"));
                    changes.changeFrom(new EnvelopeAddress("z@example.com"), "");
                    byte[] body = "Bye\r\n".getBytes(StandardCharsets.US_ASCII);
                    changes.replaceBody(body, 0, body.length);
                    changes.quarantine("looks odd");
                    return Reply.CONTINUE;
                });
        try (MilterServer server =
                        MilterServer.start(MilterOptions.listeningOn(ANY_PORT), filters);
                MilterClient client = client(server)) {
            for (int mail = 0; mail < 3; mail++) {
                MilterResult result = client.send(CLIENT, ENVELOPE, MESSAGE);
                assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
                assertThat(new String(result.message().octets(), StandardCharsets.US_ASCII))
                        .isEqualTo(
                                """
                                Authentication-Results: mx; none
                                X-Second: 2
                                From: a@example.com
                                Subject: new
                                X-Last: z

                                Bye
                                """
                                        .replace("\n", "\r\n"));
                assertThat(result.sender()).hasToString("<z@example.com>");
                assertThat(result.recipients())
                        .containsExactly(new EnvelopeAddress("c@receiver.example"));
                assertThat(result.deleted()).hasSize(2);
                assertThat(result.added("x-last")).containsExactly("z");
                assertThat(result.quarantine()).contains("looks odd");
            }
        }
    }

    @Test
    void aVersion2MtaGetsTheSameHeader() throws IOException {
        MilterFilters filters =
                atEnd(changes -> {
                    changes.insertHeader(0, "X-Seen", "yes");
                    return Reply.ACCEPT;
                });
        try (MilterServer server =
                        MilterServer.start(MilterOptions.listeningOn(ANY_PORT), filters);
                MilterClient client =
                        MilterClient.connect(
                                server.addresses().getFirst(),
                                PATIENCE,
                                new Negotiation(2, 0x3f, 0x7f))) {
            MilterResult result = client.send(CLIENT, ENVELOPE, MESSAGE);
            assertThat(result.message().header().getFirst()).hasToString("X-Seen: yes");
        }
    }

    @Test
    void refusalsInTheFiltersOwnWords() throws IOException {
        try (MilterServer server =
                        MilterServer.start(
                                MilterOptions.listeningOn(ANY_PORT),
                                atEnd(_ ->
                                        new Reply.Custom(
                                                550, "5.7.1", List.of("100 % no", "really"))));
                MilterClient client = client(server)) {
            MilterResult result = client.send(CLIENT, ENVELOPE, MESSAGE);
            assertThat(result.verdict()).isEqualTo(Verdict.REPLY);
            assertThat(result.text()).isEqualTo("550-5.7.1 100 % no\n550 5.7.1 really");
        }
    }

    @ParameterizedTest(name = "a mail of {0} octets arrives octet by octet")
    @ValueSource(ints = {0, 1, 1_000, 65_535, 65_536, 131_072, 3_000_001})
    void bodiesOfAllSizes(int size) throws IOException {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        String longValue = " " + "x".repeat(Math.min(size, 200_000));
        List<Object> seen = new ArrayList<>();
        MilterFilters filters =
                new Filters(
                        FilterNeeds.wholeMail(Set.of()),
                        macros ->
                                new MilterFilter() {
                                    private final byte[] got = new byte[size];
                                    private int count;

                                    @Override
                                    public Reply header(byte[] name, byte[] value) {
                                        seen.add(
                                                new String(value, StandardCharsets.US_ASCII)
                                                        .equals(longValue));
                                        return Reply.CONTINUE;
                                    }

                                    @Override
                                    public Reply body(byte[] buffer, int offset, int length) {
                                        System.arraycopy(buffer, offset, got, count, length);
                                        count += length;
                                        return Reply.CONTINUE;
                                    }

                                    @Override
                                    public Reply endOfMessage(Modifications modifications) {
                                        seen.add(Arrays.equals(got, body) && count == size);
                                        seen.add(macros.get("i").orElseThrow());
                                        return Reply.CONTINUE;
                                    }
                                });
        try (MilterServer server =
                        MilterServer.start(MilterOptions.listeningOn(ANY_PORT), filters);
                MilterClient client = client(server)) {
            client.send(
                    CLIENT,
                    ENVELOPE,
                    new MailMessage(List.of(MailField.of("X-Long", longValue)), body));
        }
        assertThat(seen).containsExactly(true, true, "4TAYORI0001");
    }

    private static MilterOptions patient(
            Duration command, Duration progress, ListenOptions listen) {
        MilterOptions usual = MilterOptions.listeningOn(ANY_PORT);
        return new MilterOptions(
                usual.addresses(),
                listen,
                MilterOptions.OnFailure.TEMPFAIL,
                usual.maxPacket(),
                usual.maxMacros(),
                usual.negotiationTime(),
                usual.idleTime(),
                usual.packetTime(),
                command,
                progress);
    }

    @Test
    void aFilterThatNeverEndsIsInterruptedAndTheConnectionLivesOn() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        MilterFilters filters =
                atEnd(_ -> {
                    try {
                        never.await();
                        return Reply.CONTINUE;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        MilterOptions options =
                patient(Duration.ofMillis(1), Duration.ofMinutes(1), ListenOptions.DEFAULTS);
        try (MilterServer server = MilterServer.start(options, filters);
                MilterClient client = client(server)) {
            assertThat(client.send(CLIENT, ENVELOPE, MESSAGE).verdict())
                    .isEqualTo(Verdict.TEMPFAIL);
            never.countDown();
            assertThat(client.send(CLIENT, ENVELOPE, MESSAGE).verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void theMtaHearsFromUsWhileTheEndOfAMessageIsAtWork() throws IOException {
        CountDownLatch heard = new CountDownLatch(1);
        MilterFilters filters =
                atEnd(_ -> {
                    try {
                        heard.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Reply.ACCEPT;
                });
        MilterOptions options =
                patient(Duration.ofMinutes(1), Duration.ofMillis(1), ListenOptions.DEFAULTS);
        try (MilterServer server = MilterServer.start(options, filters);
                Socket mta = raw(server)) {
            mta.getOutputStream()
                    .write(
                            new byte[] {
                                0, 0, 0, 13, 'O', 0, 0, 0, 6, 0, 0, 1, -1, 0, 31, -1, -1, 0, 0, 0,
                                1, 'M'
                            },
                            0,
                            17);
            assertThat(mta.getInputStream().readNBytes(17)[4]).isEqualTo((byte) 'O');
            mta.getOutputStream()
                    .write(
                            new byte[] {
                                0, 0, 0, 4, 'C', 'x', 0, 'U', 0, 0, 0, 4, 'M', '<', '>', 0, 0, 0, 0,
                                1, 'E'
                            });
            assertThat(mta.getInputStream().readNBytes(5)).containsExactly(0, 0, 0, 1, 'p');
            heard.countDown();
            byte letter;
            do {
                letter = mta.getInputStream().readNBytes(5)[4];
            } while (letter == 'p');
            assertThat(letter).isEqualTo((byte) 'a');
        }
    }

    private static Socket raw(MilterServer server) throws IOException {
        int port = ((ListenAddress.Tcp) server.addresses().getFirst()).port();
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void moreConnectionsThanAllowedAreClosedAtOnce() throws IOException {
        MilterOptions options =
                patient(Duration.ofMinutes(1), Duration.ofMinutes(1), new ListenOptions(8, 5, 1));
        try (MilterServer server = MilterServer.start(options, atEnd(_ -> Reply.ACCEPT))) {
            try (MilterClient first = client(server)) {
                assertThatThrownBy(() -> client(server).close()).isInstanceOf(IOException.class);
                assertThat(first.send(CLIENT, ENVELOPE, MESSAGE).verdict())
                        .isEqualTo(Verdict.ACCEPT);
            }
            await().until(() -> server.connections() == 0);
            try (MilterClient again = client(server)) {
                assertThat(again.send(CLIENT, ENVELOPE, MESSAGE).verdict())
                        .isEqualTo(Verdict.ACCEPT);
            }
        }
    }

    @Test
    void aDrainLetsTheMailInProgressEndAndTakesNoNewConnection() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MilterFilters filters =
                atEnd(_ -> {
                    working.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Reply.ACCEPT;
                });
        try (MilterServer server =
                        MilterServer.start(MilterOptions.listeningOn(ANY_PORT), filters);
                MilterClient client = client(server)) {
            List<Object> outcome = new ArrayList<>();
            Thread mail =
                    Thread.startVirtualThread(() -> {
                        try {
                            outcome.add(client.send(CLIENT, ENVELOPE, MESSAGE).verdict());
                        } catch (IOException e) {
                            outcome.add(e);
                        }
                    });
            working.await();
            Thread drain = Thread.startVirtualThread(() -> outcome.add(server.drain(PATIENCE)));
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> client(server)).isInstanceOf(IOException.class));
            goOn.countDown();
            mail.join();
            drain.join();
            assertThat(outcome).containsExactly(Verdict.ACCEPT, true);
        }
    }

    @Test
    void aUnixSocketHasItsModeAndReplacesOnlyADeadOne(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("milter.sock");
        ListenAddress.Unix address = new ListenAddress.Unix(path);
        MilterOptions options = MilterOptions.listeningOn(address);
        try (MilterServer server = MilterServer.start(options, atEnd(_ -> Reply.ACCEPT));
                MilterClient client = client(server)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            assertThat(client.send(CLIENT, ENVELOPE, MESSAGE).verdict()).isEqualTo(Verdict.ACCEPT);
            assertThatThrownBy(() -> MilterServer.start(options, atEnd(_ -> Reply.ACCEPT)))
                    .hasMessageContaining("somebody listens there already")
                    .hasMessageContaining(path.toString());
        }
        assertThat(path).doesNotExist();

        try (var dead =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            dead.bind(java.net.UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        try (MilterServer server = MilterServer.start(options, atEnd(_ -> Reply.ACCEPT));
                MilterClient client = client(server)) {
            assertThat(client.send(CLIENT, ENVELOPE, MESSAGE).verdict()).isEqualTo(Verdict.ACCEPT);
        }

        Files.writeString(path, "precious");
        assertThatThrownBy(() -> MilterServer.start(options, atEnd(_ -> Reply.ACCEPT)))
                .hasMessageContaining("not a socket");
        assertThat(path).hasContent("precious");
    }

    @Test
    void abandonedMailsAndNewSmtpSessionsOnOneConnection() throws IOException {
        List<String> told = new ArrayList<>();
        MilterFilters filters =
                new Filters(
                        FilterNeeds.wholeMail(Set.of()),
                        macros ->
                                new MilterFilter() {
                                    @Override
                                    public Reply mail(
                                            EnvelopeAddress sender, List<String> arguments) {
                                        told.add(
                                                "mail "
                                                        + macros.get("{client_addr}").isPresent()
                                                        + sender);
                                        return Reply.CONTINUE;
                                    }

                                    @Override
                                    public void abort() {
                                        told.add("abort");
                                    }

                                    @Override
                                    public void closed() {
                                        told.add("closed");
                                    }
                                });
        try (MilterServer server =
                MilterServer.start(MilterOptions.listeningOn(ANY_PORT), filters)) {
            try (MilterClient client = client(server)) {
                client.abandon(CLIENT, ENVELOPE, MESSAGE);
                client.send(
                        SmtpClient.of("2001:db8::1", "six.example"),
                        MailEnvelope.of("", "b@r.example"),
                        MESSAGE);
            }
            await().until(() -> server.connections() == 0);
        }
        assertThat(told)
                .containsExactly(
                        "mail false<a@example.com>", "abort", "closed", "mail false<>", "closed");
    }
}
