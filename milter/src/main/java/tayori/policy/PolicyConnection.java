package tayori.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.listen.Connection;

/// The loop of one connection: a request, an answer, and again.
final class PolicyConnection {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyConnection.class);

    private static final int FIRST_BUFFER = 4_096;

    private final Connection connection;
    private final PolicyOptions options;
    private final PolicyHandler handler;
    private final PolicyParser parser;

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;
    private long requestBegun;

    PolicyConnection(Connection connection, PolicyOptions options, PolicyHandler handler) {
        this.connection = connection;
        this.options = options;
        this.handler = handler;
        this.parser = new PolicyParser(options.maxRequest(), options.maxAttributes());
    }

    void serve() throws IOException {
        connection.whenStillBusy(this::stillBusy);
        boolean open = true;
        while (open) {
            open =
                    switch (parser.parse(buffer, from, to)) {
                        case PolicyParser.Outcome.Complete(var request, int next) -> {
                            from = next;
                            answer(decide(request));
                            yield true;
                        }
                        case PolicyParser.Outcome.Incomplete _ -> read();
                        case PolicyParser.Outcome.Broken(String wrong) -> {
                            LOG.warn(
                                    "policy: connection from {} ended: {}",
                                    connection.peer(),
                                    wrong);
                            answer(options.onFailure());
                            yield false;
                        }
                    };
        }
    }

    private PolicyAction decide(PolicyRequest request) {
        try {
            return handler.decide(request);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "policy: the handler failed, client {}, queue identifier {}: {} for this request",
                    request.get("client_address").orElse("unknown"),
                    request.get("queue_id").orElse("not known yet"),
                    options.onFailure().text(),
                    e);
            return options.onFailure();
        }
    }

    private void answer(PolicyAction action) throws IOException {
        byte[] octets = ("action=" + action.text() + "\n\n").getBytes(StandardCharsets.US_ASCII);
        connection.write(octets, 0, octets.length, options.requestTime());
    }

    private boolean read() throws IOException {
        Duration patience = options.idleTime();
        boolean resting = from == to;
        if (resting) {
            from = 0;
            to = 0;
            requestBegun = 0;
            if (buffer.length > FIRST_BUFFER) {
                buffer = new byte[FIRST_BUFFER];
            }
        } else {
            patience = timeLeft();
            makeRoom();
        }
        int count = connection.read(buffer, to, buffer.length - to, patience, resting);
        to += Math.max(count, 0);
        return count >= 0;
    }

    private Duration timeLeft() {
        long now = System.nanoTime();
        if (requestBegun == 0) {
            requestBegun = now;
        }
        Duration left = options.requestTime().minusNanos(now - requestBegun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            // The parser has seen fewer than the limit, so this ends at twice the limit.
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    private void stillBusy(Duration busyFor) {
        if (busyFor.compareTo(options.commandTime()) > 0) {
            LOG.error(
                    "policy: the handler has worked for {} s for {} and is interrupted",
                    busyFor.toSeconds(),
                    connection.peer());
            connection.interruptWork();
        }
    }
}
