package tayori.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import tayori.listen.Connection;

/// TLS over a connection, our side the server.
///
/// An engine and not a socket of the library, so that reads and writes keep the time limits of the connection.
final class TlsStream implements OctetStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final SSLEngine engine;

    /// What has come and is not decrypted yet; ready to be read from.
    private final ByteBuffer encrypted;

    /// What is decrypted and not asked for yet; ready to be read from.
    private final ByteBuffer plain;

    private final ByteBuffer outgoing;
    private boolean established;

    private TlsStream(Connection connection, SSLEngine engine) {
        this.connection = connection;
        this.engine = engine;
        this.encrypted = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
        this.outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /// Shakes hands.
    ///
    /// @param limit for all of it
    /// @throws IOException when the client does not, or speaks no version that we do
    static TlsStream serve(Connection connection, SSLContext context, Duration limit)
            throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        var stream = new TlsStream(connection, engine);
        engine.beginHandshake();
        stream.shakeHands(new Deadline(limit), false);
        stream.established = true;
        return stream;
    }

    /// A limit for several reads together.
    private record Deadline(long end) {
        Deadline(Duration limit) {
            this(System.nanoTime() + limit.toNanos());
        }

        Duration left() {
            return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        }
    }

    private void shakeHands(Deadline deadline, boolean resting) throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_TASK -> {
                    Runnable task = engine.getDelegatedTask();
                    while (task != null) {
                        task.run();
                        task = engine.getDelegatedTask();
                    }
                }
                case NEED_WRAP -> wrap(NOTHING.duplicate(), deadline.left());
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (established) {
                        throw new IOException("the client wants to shake hands once more");
                    }
                    if (!unwrap(deadline, resting)) {
                        throw new IOException("the client has gone within the handshake");
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    // the loop ends
                }
            }
            status = engine.getHandshakeStatus();
        }
    }

    /// Decrypts one record into `plain`, which is empty.
    ///
    /// @return whether there was one; not when the client has ended the stream
    private boolean unwrap(Deadline deadline, boolean resting) throws IOException {
        while (true) {
            plain.clear();
            SSLEngineResult result = engine.unwrap(encrypted, plain);
            plain.flip();
            switch (result.getStatus()) {
                case OK -> {
                    return true;
                }
                case CLOSED -> {
                    return false;
                }
                case BUFFER_UNDERFLOW -> {
                    if (!fill(deadline, resting && !encrypted.hasRemaining())) {
                        return false;
                    }
                }
                case BUFFER_OVERFLOW -> throw new IOException("a TLS record beyond its limit");
            }
        }
    }

    private boolean fill(Deadline deadline, boolean resting) throws IOException {
        encrypted.compact();
        try {
            int count =
                    connection.read(
                            encrypted.array(),
                            encrypted.position(),
                            encrypted.remaining(),
                            deadline.left(),
                            resting);
            if (count > 0) {
                encrypted.position(encrypted.position() + count);
            }
            return count > 0;
        } finally {
            encrypted.flip();
        }
    }

    private void wrap(ByteBuffer octets, Duration limit) throws IOException {
        do {
            outgoing.clear();
            Status status = engine.wrap(octets, outgoing).getStatus();
            if (status == Status.BUFFER_OVERFLOW || status == Status.BUFFER_UNDERFLOW) {
                throw new IOException("a TLS record beyond its limit");
            }
            connection.write(outgoing.array(), 0, outgoing.position(), limit);
            if (status == Status.CLOSED) {
                return;
            }
        } while (octets.hasRemaining());
    }

    @Override
    public int read(byte[] buffer, int offset, int length, Duration limit, boolean resting)
            throws IOException {
        var deadline = new Deadline(limit);
        while (!plain.hasRemaining()) {
            if (!unwrap(deadline, resting)) {
                return -1;
            }
            // A new key of TLS 1.3 wants its answer.
            shakeHands(deadline, resting);
        }
        int count = Math.min(length, plain.remaining());
        plain.get(buffer, offset, count);
        return count;
    }

    @Override
    public void write(byte[] octets, Duration limit) throws IOException {
        wrap(ByteBuffer.wrap(octets), limit);
    }

    /// With the word for it, so that the client knows that nothing was cut off.
    @Override
    public void end(Duration limit) throws IOException {
        engine.closeOutbound();
        if (!engine.isOutboundDone()) {
            wrap(NOTHING.duplicate(), limit);
        }
    }
}
