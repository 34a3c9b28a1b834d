package tayori.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection: blocking reads and writes with a time limit, used by the one thread that serves it.
///
/// The watch of the listener looks at it from outside: it closes a read or write that is overdue, tells the loop when work takes
/// long, and ends the connection when the listener drains and nothing is going on.
public final class Connection {

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final SocketChannel channel;
    private final String peer;
    private final Ticker ticker;

    /// Guards the change between *waiting for the peer* and *at work*, and every write.
    private final ReentrantLock turn = new ReentrantLock();

    private byte @Nullable [] readArray;
    private ByteBuffer readView = ByteBuffer.allocate(0);

    private volatile long deadline = NO_DEADLINE;
    private volatile long busySince;
    private volatile long quietSince;
    private volatile boolean atRest;
    private volatile @Nullable Thread worker;
    private volatile @Nullable String endedBecause;
    private volatile Consumer<Duration> busyWatch = _ -> {};
    private volatile byte[] farewell = {};
    private boolean interrupted;

    Connection(SocketChannel channel, String peer, Ticker ticker) {
        this.channel = channel;
        this.peer = peer;
        this.ticker = ticker;
        this.busySince = ticker.now();
    }

    /// The peer for log lines: `192.0.2.1:40123`, or `unix:/path` of the socket it came through.
    public String peer() {
        return peer;
    }

    /// The IP address of the peer; nothing where it came through a unix socket, whose peer is this machine.
    public Optional<InetAddress> address() throws IOException {
        return channel.getRemoteAddress() instanceof InetSocketAddress inet
                ? Optional.of(inet.getAddress())
                : Optional.empty();
    }

    /// Why we ended this connection from our side, if we did: a time limit, or the drain.
    public @Nullable String endedBecause() {
        return endedBecause;
    }

    /// Sets what is called about once a second while the loop neither reads nor writes, with the time since its last read or
    /// write: the moment for a sign of life to the peer. Runs on the thread of the watch and must not block.
    public void whenStillBusy(Consumer<Duration> action) {
        busyWatch = action;
    }

    /// Sets what the peer hears when a drain ends the connection: nothing, unless its protocol has a word for it.
    public void farewell(byte[] octets) {
        farewell = octets.clone();
    }

    /// Waits for octets.
    ///
    /// @param limit longest wait; then the connection is closed and this method throws
    /// @param resting whether nothing is in progress, so that a drain may end the connection here
    /// @return how many octets came, at least 1; or -1 when the peer has closed
    public int read(byte[] buffer, int offset, int length, Duration limit, boolean resting)
            throws IOException {
        long now = ticker.now();
        beginWaiting();
        quietSince = now;
        atRest = resting;
        deadline = now + limit.toNanos();
        try {
            ByteBuffer view = viewOf(buffer);
            view.limit(offset + length).position(offset);
            return channel.read(view);
        } finally {
            deadline = NO_DEADLINE;
            atRest = false;
            busySince = ticker.now();
        }
    }

    /// Sends octets, all of them.
    public void write(byte[] octets, int offset, int length, Duration limit) throws IOException {
        beginWaiting();
        deadline = ticker.now() + limit.toNanos();
        turn.lock();
        try {
            writeFully(ByteBuffer.wrap(octets, offset, length));
        } finally {
            turn.unlock();
            deadline = NO_DEADLINE;
            busySince = ticker.now();
        }
    }

    /// Sends a few octets from another thread while the loop is at work, and only then: once the loop writes itself, nothing
    /// of this can stand between its octets.
    ///
    /// @param stillWanted asked again under the lock
    public void writeMeanwhile(byte[] octets, BooleanSupplier stillWanted) {
        Thread.startVirtualThread(() -> {
            turn.lock();
            try {
                if (busySince != 0 && stillWanted.getAsBoolean()) {
                    writeFully(ByteBuffer.wrap(octets));
                }
            } catch (IOException _) {
                // the loop meets the same trouble when it writes, and says so
            } finally {
                turn.unlock();
            }
        });
    }

    /// Interrupts the loop if it is still at work: what it waits for has taken too long.
    public void interruptWork() {
        turn.lock();
        try {
            Thread thread = worker;
            if (busySince != 0 && thread != null) {
                interrupted = true;
                thread.interrupt();
            }
        } finally {
            turn.unlock();
        }
    }

    private void beginWaiting() {
        turn.lock();
        try {
            busySince = 0;
            if (interrupted) {
                // An interrupt that the work has slept through must not close the channel.
                interrupted = false;
                Thread.interrupted();
            }
        } finally {
            turn.unlock();
        }
    }

    private void writeFully(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the view is of this very array, not of an equal one
    private ByteBuffer viewOf(byte[] buffer) {
        if (readArray != buffer) {
            readArray = buffer;
            readView = ByteBuffer.wrap(buffer);
        }
        return readView;
    }

    void servedBy(Thread thread) {
        worker = thread;
    }

    /// One look of the watch.
    void look(long now) {
        if (now > deadline) {
            end("time limit reached");
            return;
        }
        long since = busySince;
        if (since != 0) {
            busyWatch.accept(Duration.ofNanos(now - since));
        }
    }

    /// Ends the connection if nothing is in progress and the peer has been quiet for that long.
    void endIfQuiet(long now, Duration quiet) {
        if (atRest && endedBecause == null && now - quietSince >= quiet.toNanos()) {
            endedBecause = "shutting down";
            if (farewell.length == 0) {
                close();
            } else {
                Thread.startVirtualThread(this::sayFarewell);
            }
        }
    }

    /// On a thread of its own: a peer that does not read must not hold up the drain, which in the end closes the channel.
    private void sayFarewell() {
        turn.lock();
        try {
            writeFully(ByteBuffer.wrap(farewell));
        } catch (IOException _) {
            // the peer has gone meanwhile
        } finally {
            turn.unlock();
            close();
        }
    }

    void end(String because) {
        if (endedBecause == null) {
            endedBecause = because;
        }
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // nothing is lost: we are done with it
        }
    }
}
