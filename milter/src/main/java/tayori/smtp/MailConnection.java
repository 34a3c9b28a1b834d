package tayori.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.listen.Connection;

/// The loop between a socket and an [SmtpSession]: send what there is to say, read what comes, work it off.
final class MailConnection {

    private static final Logger LOG = LoggerFactory.getLogger(MailConnection.class);

    /// What a connection reads into: a TLS record, and more than the longest command.
    static final int BUFFER = 16_384;

    /// RFC 5321 §3.8, first case.
    private static final byte[] SHUTTING_DOWN =
            SmtpReply.of(421, "4.3.2", "Shutting down, come again")
                    .toString()
                    .getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final MailServerOptions options;
    private final MailTimes times;
    private final SmtpSession session;

    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    private OctetStream stream;
    private long step = -1;
    private long stepBegun;

    MailConnection(
            Connection connection,
            MailServerOptions options,
            MailHandler handler,
            OctetBudget budget)
            throws IOException {
        this.connection = connection;
        this.options = options;
        this.times = options.times();
        this.stream = new Bare(connection);
        this.session = new SmtpSession(options, handler, budget, connection.address());
    }

    /// The connection without TLS.
    private record Bare(Connection connection) implements OctetStream {
        @Override
        public int read(byte[] buffer, int offset, int length, Duration limit, boolean resting)
                throws IOException {
            return connection.read(buffer, offset, length, limit, resting);
        }

        @Override
        public void write(byte[] octets, Duration limit) throws IOException {
            connection.write(octets, 0, octets.length, limit);
        }

        @Override
        public void end(Duration limit) {
            // nothing to say
        }
    }

    void serve() throws IOException {
        connection.whenStillBusy(this::stillBusy);
        connection.farewell(SHUTTING_DOWN);
        try {
            boolean open = true;
            while (open) {
                send();
                open =
                        switch (session.next()) {
                            case READ -> workOff() || read();
                            case START_TLS -> startTls();
                            case CLOSE -> {
                                stream.end(times.replyTime());
                                yield false;
                            }
                        };
            }
        } finally {
            session.close();
        }
    }

    /// Whether anything was worked off; then there may be replies to send before the next read.
    private boolean workOff() {
        int before = from;
        from = session.consume(buffer, from, to);
        return from > before;
    }

    private void send() throws IOException {
        byte[] replies = session.replies();
        if (replies.length > 0) {
            stream.write(replies, times.replyTime());
        }
    }

    private boolean read() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        // A session leaves less than one command behind, so there is always room.
        boolean resting = session.atRest() && to == 0;
        int count = stream.read(buffer, to, buffer.length - to, patience(), resting);
        to += Math.max(count, 0);
        return count >= 0;
    }

    private Duration patience() {
        long now = System.nanoTime();
        if (step != session.steps()) {
            step = session.steps();
            stepBegun = now;
        }
        Duration whole = session.inMessage() ? times.messageTime() : times.commandTime();
        Duration left = whole.minusNanos(now - stepBegun);
        if (session.inMessage() && left.compareTo(times.blockTime()) > 0) {
            left = times.blockTime();
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean startTls() throws IOException {
        SSLContext context = options.tls().orElseThrow();
        from = 0;
        to = 0;
        connection.farewell(new byte[0]); // it would not be encrypted
        stream = TlsStream.serve(connection, context, times.commandTime());
        session.encrypted();
        return true;
    }

    private void stillBusy(Duration busyFor) {
        if (busyFor.compareTo(times.handlerTime()) > 0) {
            LOG.error(
                    "smtp: the handler has worked for {} s for {} and is interrupted",
                    busyFor.toSeconds(),
                    connection.peer());
            connection.interruptWork();
        }
    }
}
