package tayori.milter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.EnumSet;
import tayori.listen.ListenAddress;
import tayori.milter.wire.PacketWriter;

/// Whatever octets come: no exception, no octet taken twice or left out, and the answers stay small.
class MilterSessionFuzzTest {

    private static final MilterOptions OPTIONS =
            MilterOptions.listeningOn(new ListenAddress.Tcp("127.0.0.1", 0));

    /// Each command is answered by one packet, the end of a message with one field more.
    private static final int MOST_ANSWER_PER_OCTET = 12;

    @FuzzTest
    void session(byte[] octets) {
        check(octets, FilterNeeds.everything());
        check(octets, FilterNeeds.wholeMail(EnumSet.allOf(Action.class)));
    }

    private static void check(byte[] octets, FilterNeeds needs) {
        ToldFilter filter =
                new ToldFilter(needs)
                        .reading("i", "{auth_authen}")
                        .bodyInOnePiece()
                        .changing(changes -> changes.insertHeader(0, "X-Seen", "yes"));
        PacketWriter out = new PacketWriter(64);
        MilterSession session = new MilterSession(OPTIONS, filter, needs, out);
        int from = 0;
        int sent = 0;
        boolean again = true;
        while (again && session.ending() == null) {
            int next = session.consume(octets, from, octets.length);
            assertThat(next).isBetween(from, octets.length);
            from = next;
            sent += out.size();
            Talk.answers(out);
            out.clear();
            again = session.wantsToSendFirst();
        }
        session.close();
        assertThat(sent).isLessThanOrEqualTo(64 + MOST_ANSWER_PER_OCTET * octets.length);
        if (session.ending() != null) {
            assertThat(session.ending()).isNotBlank();
        }
    }
}
