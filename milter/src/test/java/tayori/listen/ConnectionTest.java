package tayori.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Time limits with a clock that the test moves.
class ConnectionTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(1);
    private final ServerSocketChannel door;
    private final SocketChannel peer;
    private final Connection connection;

    ConnectionTest() throws IOException {
        door =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        peer = SocketChannel.open(door.getLocalAddress());
        connection = new Connection(door.accept(), "peer", clock::get);
    }

    @BeforeEach
    void served() {
        connection.servedBy(Thread.currentThread());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        peer.close();
        door.close();
    }

    private Thread reading(List<Object> outcome, Duration limit, boolean resting) {
        return Thread.startVirtualThread(() -> {
            try {
                outcome.add(connection.read(new byte[10], 0, 10, limit, resting));
            } catch (IOException e) {
                outcome.add(e);
            }
        });
    }

    @Test
    void aReadThatIsOverdueIsEnded() throws Exception {
        List<Object> outcome = new ArrayList<>();
        Thread reader = reading(outcome, Duration.ofSeconds(10), true);
        while (connection.endedBecause() == null) {
            // the reader may not have begun to wait when the clock is first looked at
            connection.look(clock.get() + 9 * SECOND);
            assertThat(connection.endedBecause()).isNull();
            connection.look(clock.get() + 11 * SECOND);
        }
        reader.join();
        assertThat(connection.endedBecause()).isEqualTo("time limit reached");
        assertThat(outcome.getFirst()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aDrainEndsOnlyWhatRestsAndIsQuiet() throws Exception {
        connection.endIfQuiet(100 * SECOND, Duration.ofSeconds(1));
        assertThat(connection.endedBecause()).as("at work").isNull();

        List<Object> outcome = new ArrayList<>();
        Thread reader = reading(outcome, Duration.ofSeconds(10), true);
        while (connection.endedBecause() == null) {
            connection.endIfQuiet(clock.get() + SECOND / 2, Duration.ofSeconds(1));
            assertThat(connection.endedBecause()).as("not quiet for long").isNull();
            connection.endIfQuiet(clock.get() + 2 * SECOND, Duration.ofSeconds(1));
        }
        reader.join();
        assertThat(connection.endedBecause()).isEqualTo("shutting down");
    }

    @Test
    void workThatTakesLongIsNoticedAndMayBeInterruptedWithoutHarmToTheConnection()
            throws IOException {
        List<Duration> busy = new ArrayList<>();
        connection.whenStillBusy(busy::add);
        connection.look(1 + 7 * SECOND);
        assertThat(busy).containsExactly(Duration.ofSeconds(7));

        connection.interruptWork();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        connection.write(new byte[] {1, 2, 3}, 0, 3, Duration.ofSeconds(10));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        peer.shutdownOutput();
        assertThat(connection.read(new byte[1], 0, 1, Duration.ofSeconds(10), true)).isEqualTo(-1);
    }

    @Test
    void nothingIsInterruptedThatOnlyWaits() throws Exception {
        List<Object> outcome = new ArrayList<>();
        Thread reader = reading(outcome, Duration.ofSeconds(10), true);
        peer.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2}));
        reader.join();
        assertThat(outcome).containsExactly(2);
        assertThatThrownBy(() -> connection.read(new byte[1], 0, 2, Duration.ofSeconds(1), true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
