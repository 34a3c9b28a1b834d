package tayori.nameserver;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.InstantSource;
import tayori.access.ResponseRateLimit;

/// All messages that wait, at once: one system call to take them, one to send the answers.
///
/// The memory that both calls work on is laid out once: for each message a `struct mmsghdr` (64 octets), a `struct iovec`,
/// a source address, and room for the message.
final class BatchLoop implements UdpLoop {
    private static final int ROOM = Responder.LEAST_ROOM;
    private static final int HEADER = 64;
    private static final int VECTOR = 16;
    private static final int SOURCE = 32;

    // struct msghdr: name, its length, iovec, their number; then in struct mmsghdr the length of
    // the message.
    private static final int SOURCE_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTORS_AT = 24;
    private static final int LENGTH_AT = 56;

    /// How often the loop looks whether it shall end. Unit: microseconds.
    private static final long LOOK_ROUND = 200_000;

    private static final java.lang.foreign.ValueLayout.OfShort PORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final java.lang.foreign.ValueLayout.OfInt ADDRESS_OF_IPV4 =
            JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final java.lang.foreign.ValueLayout.OfLong PREFIX_OF_IPV6 =
            JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena memory = Arena.ofShared();
    private final MemorySegment state = memory.allocate(LinuxSockets.CALL_STATE);
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment sources;
    private final MemorySegment messages;
    private final int batch;
    private final int fd;
    private final InetSocketAddress address;
    private final Responder responder;
    private final ResponseRateLimit limit;
    private final InstantSource clock;
    private final boolean ipv4;
    private volatile boolean ending;

    /// Whether this machine has the system calls: 64-bit Linux that allows native access and knows them.
    static boolean isAvailable() {
        String machine = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux")
                && (machine.equals("amd64") || machine.equals("aarch64"))
                && BatchLoop.class.getModule().isNativeAccessEnabled()
                && Linker.nativeLinker().defaultLookup().find("recvmmsg").isPresent()
                && Linker.nativeLinker().defaultLookup().find("sendmmsg").isPresent();
    }

    BatchLoop(
            InetSocketAddress wanted,
            boolean shared,
            int receiveBuffer,
            int batch,
            Responder responder,
            ResponseRateLimit limit,
            InstantSource clock)
            throws IOException {
        this.batch = batch;
        this.responder = responder;
        this.limit = limit;
        this.clock = clock;
        headers = memory.allocate((long) HEADER * batch, 8);
        vectors = memory.allocate((long) VECTOR * batch, 8);
        sources = memory.allocate((long) SOURCE * batch, 8);
        messages = memory.allocate((long) ROOM * batch, 16);
        for (int i = 0; i < batch; i++) {
            long header = (long) HEADER * i;
            headers.set(JAVA_LONG, header, sources.address() + (long) SOURCE * i);
            headers.set(JAVA_LONG, header + VECTOR_AT, vectors.address() + (long) VECTOR * i);
            headers.set(JAVA_LONG, header + VECTORS_AT, 1);
            vectors.set(JAVA_LONG, (long) VECTOR * i, messages.address() + (long) ROOM * i);
        }
        ipv4 = wanted.getAddress() instanceof Inet4Address;
        fd = LinuxSockets.socket(state, ipv4 ? LinuxSockets.AF_INET : LinuxSockets.AF_INET6);
        if (fd < 0) {
            throw failed("make a socket");
        }
        try {
            option(LinuxSockets.SOL_SOCKET, LinuxSockets.SO_RCVBUF, receiveBuffer);
            if (shared) {
                option(LinuxSockets.SOL_SOCKET, LinuxSockets.SO_REUSEPORT, 1);
            }
            if (!ipv4) {
                option(LinuxSockets.IPPROTO_IPV6, LinuxSockets.IPV6_V6ONLY, 1);
            }
            var timeout = memory.allocate(16, 8);
            timeout.set(JAVA_LONG, 8, LOOK_ROUND);
            LinuxSockets.setOption(
                    state, fd, LinuxSockets.SOL_SOCKET, LinuxSockets.SO_RCVTIMEO, timeout, 16);
            address = bind(wanted);
        } catch (IOException e) {
            LinuxSockets.close(state, fd);
            throw e;
        }
    }

    private void option(int level, int option, int value) throws IOException {
        var number = memory.allocate(JAVA_INT);
        number.set(JAVA_INT, 0, value);
        if (LinuxSockets.setOption(state, fd, level, option, number, 4) < 0) {
            throw failed("set option " + option);
        }
    }

    /// `struct sockaddr_in`: family, port, address. `struct sockaddr_in6`: family, port, flow, address, scope.
    private InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        var name = memory.allocate(28, 8);
        name.set(JAVA_SHORT, 0, (short) (ipv4 ? LinuxSockets.AF_INET : LinuxSockets.AF_INET6));
        name.set(PORT, 2, (short) wanted.getPort());
        byte[] octets = wanted.getAddress().getAddress();
        MemorySegment.copy(octets, 0, name, JAVA_BYTE, ipv4 ? 4 : 8, octets.length);
        if (wanted.getAddress() instanceof java.net.Inet6Address ipv6) {
            name.set(JAVA_INT, 24, ipv6.getScopeId());
        }
        if (LinuxSockets.bind(state, fd, name, ipv4 ? 16 : 28) < 0) {
            throw failed("listen on " + wanted);
        }
        var length = memory.allocate(JAVA_INT);
        length.set(JAVA_INT, 0, 28);
        if (LinuxSockets.socketName(state, fd, name, length) < 0) {
            throw failed("learn the port");
        }
        return new InetSocketAddress(
                InetAddress.getByAddress(octets), Short.toUnsignedInt(name.get(PORT, 2)));
    }

    private IOException failed(String what) {
        return new IOException("cannot " + what + ": errno " + LinuxSockets.errno(state));
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void run() throws IOException {
        var octets = new byte[ROOM];
        int used = batch;
        try {
            while (!ending) {
                for (int i = 0; i < used; i++) {
                    vectors.set(JAVA_LONG, (long) VECTOR * i + 8, ROOM);
                    headers.set(JAVA_INT, (long) HEADER * i + SOURCE_LENGTH_AT, SOURCE);
                }
                int received =
                        LinuxSockets.receive(
                                state, fd, headers, batch, LinuxSockets.MSG_WAITFORONE);
                if (received < 0) {
                    int errno = LinuxSockets.errno(state);
                    if (errno != LinuxSockets.EAGAIN && errno != LinuxSockets.EINTR) {
                        throw failed("receive");
                    }
                    used = 0;
                    continue;
                }
                used = received;
                long now = clock.millis() / 1_000;
                long nanoTime = System.nanoTime();
                int answers = 0;
                for (int i = 0; i < received; i++) {
                    int length =
                            Math.min(headers.get(JAVA_INT, (long) HEADER * i + LENGTH_AT), ROOM);
                    long at = vectors.get(JAVA_LONG, (long) VECTOR * i) - messages.address();
                    MemorySegment.copy(messages, JAVA_BYTE, at, octets, 0, length);
                    int answer = responder.respond(octets, length, false, now);
                    if (answer > 0) {
                        var decision =
                                limit.check(!ipv4, network(i), responder.lastKind(), nanoTime);
                        answer = responder.limited(decision, answer);
                    }
                    if (answer > 0) {
                        MemorySegment.copy(octets, 0, messages, JAVA_BYTE, at, answer);
                        answers = queue(i, answers, answer);
                    }
                }
                send(answers);
            }
        } finally {
            LinuxSockets.close(state, fd);
            memory.close();
        }
    }

    /// The first 64 bits of the address that message `i` came from; those of IPv4 in the upper half.
    private long network(int i) {
        long source = headers.get(JAVA_LONG, (long) HEADER * i) - sources.address();
        return ipv4
                ? (long) sources.get(ADDRESS_OF_IPV4, source + 4) << 32
                : sources.get(PREFIX_OF_IPV6, source + 8);
    }

    /// Puts the answer to message `i` behind the answers there are. Where every message is answered, which is the rule, it
    /// stays where it is.
    private int queue(int i, int place, int length) {
        if (place != i) {
            swap(place, i);
        }
        vectors.set(JAVA_LONG, (long) VECTOR * place + 8, length);
        return place + 1;
    }

    /// Exchanges two messages by what their headers point at.
    private void swap(int one, int other) {
        exchange(vectors, (long) VECTOR * one, (long) VECTOR * other);
        exchange(headers, (long) HEADER * one, (long) HEADER * other);
        exchange(
                headers,
                (long) HEADER * one + SOURCE_LENGTH_AT,
                (long) HEADER * other + SOURCE_LENGTH_AT);
    }

    private static void exchange(MemorySegment memory, long one, long other) {
        long first = memory.get(JAVA_LONG, one);
        memory.set(JAVA_LONG, one, memory.get(JAVA_LONG, other));
        memory.set(JAVA_LONG, other, first);
    }

    private void send(int answers) {
        int sent = 0;
        while (sent < answers) {
            int now =
                    LinuxSockets.send(
                            state, fd, headers.asSlice((long) HEADER * sent), answers - sent);
            // One that cannot be sent, to a forged source for example, is left out.
            sent += now > 0 ? now : 1;
        }
    }

    @Override
    public void close() {
        ending = true;
    }
}
