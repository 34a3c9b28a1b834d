package tayori.milter;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.listen.Connection;
import tayori.milter.wire.Answer;
import tayori.milter.wire.PacketWriter;

/// The loop between a socket and a [MilterSession]: read what is there, work it off, send what has come of it.
final class MilterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(MilterConnection.class);

    /// What a connection reads into at first: a mail of usual size in two reads, and little to hold while nothing happens.
    static final int FIRST_BUFFER = 8_192;

    /// What a busy connection reads into: a full body piece. Only a larger single packet makes the buffer grow further.
    static final int BULK_BUFFER = 65_536;

    private static final int FIRST_ANSWERS = 512;

    private static final byte[] PROGRESS = new PacketWriter(5).packet(Answer.PROGRESS).octets();

    private final Connection connection;
    private final MilterOptions options;
    private final MilterSession session;
    private final PacketWriter out = new PacketWriter(FIRST_ANSWERS);

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;

    private long packetBegun;
    private long packetInProgress = -1;

    private int progressSent;

    MilterConnection(
            Connection connection,
            MilterOptions options,
            MilterFilters filters,
            FilterNeeds needs) {
        this.connection = connection;
        this.options = options;
        this.session = new MilterSession(options, filters, needs, out);
    }

    void serve() throws IOException {
        connection.whenStillBusy(this::stillBusy);
        try {
            boolean open = true;
            while (open) {
                from = session.consume(buffer, from, to);
                send();
                if (session.ending() != null) {
                    sayEnding();
                    open = false;
                } else if (!session.wantsToSendFirst()) {
                    open = read();
                }
            }
        } finally {
            session.close();
        }
    }

    private void send() throws IOException {
        if (out.size() > 0) {
            connection.write(out.octets(), 0, out.size(), options.packetTime());
            out.clear();
        }
    }

    private boolean read() throws IOException {
        makeRoom();
        int count =
                connection.read(
                        buffer, to, buffer.length - to, patience(), session.atRest() && from == to);
        if (count < 0) {
            return false;
        }
        to += count;
        return true;
    }

    /// The buffer starts small, grows fourfold while reads fill it, and shrinks when a mail has ended.
    private void makeRoom() {
        boolean filled = to == buffer.length;
        if (from == to) {
            from = 0;
            to = 0;
            if (filled && buffer.length < BULK_BUFFER) {
                buffer = new byte[Math.min(buffer.length * 4, BULK_BUFFER)];
            } else if (buffer.length > FIRST_BUFFER && session.atRest()) {
                buffer = new byte[FIRST_BUFFER];
            }
        } else if (filled) {
            // A packet that has not arrived whole stands at `from`; its length has been checked
            // against the limit.
            byte[] target = from > buffer.length / 2 ? buffer : new byte[grown()];
            System.arraycopy(buffer, from, target, 0, to - from);
            buffer = target;
            to -= from;
            from = 0;
        }
    }

    private int grown() {
        long wanted = buffer.length < BULK_BUFFER ? buffer.length * 4L : buffer.length * 2L;
        return (int) Math.min(wanted, Math.max(BULK_BUFFER, options.maxPacket() + 4L));
    }

    private Duration patience() {
        if (from == to && !session.inPacket()) {
            packetInProgress = -1;
            return session.negotiated() ? options.idleTime() : options.negotiationTime();
        }
        // Trickling octets do not start the time anew: it belongs to the packet.
        long now = System.nanoTime();
        if (packetInProgress != session.packets()) {
            packetInProgress = session.packets();
            packetBegun = now;
        }
        Duration left = options.packetTime().minusNanos(now - packetBegun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void stillBusy(Duration busyFor) {
        if (busyFor.compareTo(options.commandTime()) > 0) {
            LOG.error(
                    "milter: a filter has worked for {} s for {} and is interrupted",
                    busyFor.toSeconds(),
                    connection.peer());
            connection.interruptWork();
        } else if (session.atEndOfMessage()) {
            int due = (int) busyFor.dividedBy(options.progressInterval());
            // A smaller number is the next message's.
            if (due > 0 && due != progressSent) {
                connection.writeMeanwhile(PROGRESS, session::atEndOfMessage);
            }
            progressSent = due;
        }
    }

    private void sayEnding() {
        if (!session.endedByQuit()) {
            LOG.warn("milter: connection from {} ended: {}", connection.peer(), session.ending());
        }
    }
}
