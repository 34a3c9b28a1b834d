package tayori.milter.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import tayori.listen.ListenAddress;
import tayori.milter.wire.Answer;
import tayori.milter.wire.Octets;
import tayori.milter.wire.PacketWriter;

/// Packets to and from a filter.
final class Wire implements AutoCloseable {

    private static final int FIRST_BUFFER = 8_192;

    /// Largest answer that makes sense: a body piece with room to spare.
    private static final int MAX_PACKET = 1 << 20;

    private final SocketChannel channel;
    private final Duration patience;
    private final PacketWriter out = new PacketWriter(FIRST_BUFFER);
    private final Thread watch;

    private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER).flip();
    private byte[] data = {};
    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean overdue;

    private Wire(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
        this.watch = Thread.startVirtualThread(this::watch);
    }

    static Wire connect(ListenAddress address, Duration patience) throws IOException {
        SocketChannel channel =
                switch (address) {
                    case ListenAddress.Unix unix ->
                            SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
                    case ListenAddress.Tcp tcp ->
                            SocketChannel.open(
                                            new InetSocketAddress(
                                                    InetAddress.getByName(tcp.host()), tcp.port()))
                                    .setOption(StandardSocketOptions.TCP_NODELAY, true);
                };
        return new Wire(channel, patience);
    }

    /// Where packets are gathered until they are sent.
    PacketWriter out() {
        return out;
    }

    /// Sends what was gathered.
    void flush() throws IOException {
        ByteBuffer view = ByteBuffer.wrap(out.octets(), 0, out.size());
        try {
            while (view.hasRemaining()) {
                channel.write(view);
            }
        } catch (ClosedChannelException e) {
            throw lost(e);
        }
        out.clear();
    }

    /// Sends what was gathered and waits for the next packet.
    ///
    /// @return its letter
    byte ask() throws IOException {
        flush();
        return next();
    }

    byte askPastProgress() throws IOException {
        byte letter = ask();
        while (letter == Answer.PROGRESS) {
            letter = next();
        }
        return letter;
    }

    /// Waits for the next packet.
    byte next() throws IOException {
        deadline = System.nanoTime() + patience.toNanos();
        try {
            need(4);
            int length = Octets.int32(in.array(), in.position());
            if (length < 1 || length > MAX_PACKET) {
                throw new ProtocolException(
                        "answer of " + Integer.toUnsignedString(length) + " octets");
            }
            need(4 + length);
            byte[] array = in.array();
            int at = in.position() + 4;
            data = Arrays.copyOfRange(array, at + 1, at + length);
            in.position(at + length);
            return array[at];
        } catch (ClosedChannelException e) {
            throw lost(e);
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    /// Data of the last packet.
    byte[] data() {
        return data;
    }

    private IOException lost(ClosedChannelException e) {
        return overdue
                ? new SocketTimeoutException("no answer for " + patience.toSeconds() + " s")
                : e;
    }

    private void need(int octets) throws IOException {
        if (in.remaining() >= octets) {
            return;
        }
        if (in.capacity() < octets) {
            in = ByteBuffer.allocate(Math.max(octets, in.capacity() * 4)).put(in);
        } else {
            in.compact();
        }
        while (in.position() < octets) {
            if (channel.read(in) < 0) {
                throw new EOFException("the filter has closed the connection");
            }
        }
        in.flip();
    }

    private void watch() {
        try {
            while (channel.isOpen()) {
                // a clock: looks for a filter that is overdue
                Thread.sleep(Math.clamp(patience.toMillis() / 10, 1, 1_000));
                long limit = deadline;
                if (limit != Long.MAX_VALUE && System.nanoTime() - limit > 0) {
                    overdue = true;
                    channel.close();
                }
            }
        } catch (InterruptedException | IOException _) {
            // closed: nothing left to watch
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        channel.close();
    }
}
