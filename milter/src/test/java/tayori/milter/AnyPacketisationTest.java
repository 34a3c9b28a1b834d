package tayori.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TCP may break the stream anywhere: the session must come out the same.
class AnyPacketisationTest {

    private static final List<String> TALK =
            List.of(
                    "NEGOTIATE 6 0x1ff 0x1fffff",
                    "MACRO C j=mx.receiver.example",
                    "CONNECT client.example 6 40123 IPv6:2001:db8::1",
                    "HELO client.example",
                    "MACRO M i=4T1",
                    "MAIL <a@example.com> SIZE=10",
                    "RCPT <b@receiver.example>",
                    "DATA",
                    "HEADER Subject: one\\n two",
                    "EOH",
                    "BODY " + "line of text\\r\\n".repeat(50),
                    "BODY more",
                    "EOM end",
                    "MAIL <>",
                    "RCPT <c@receiver.example>",
                    "ABORT",
                    "MAIL <d@example.com>",
                    "EOM",
                    "QUIT");

    private static ToldFilter filter(boolean answering) {
        FilterNeeds needs =
                answering
                        ? FilterNeeds.everything()
                        : FilterNeeds.wholeMail(EnumSet.allOf(Action.class));
        return new ToldFilter(needs)
                .reading("i")
                .bodyInOnePiece()
                .changing(changes -> changes.insertHeader(0, "X-Seen", "yes"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void gives(long seed) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        TALK.forEach(line -> stream.writeBytes(Talk.packet(line)));
        byte[] octets = stream.toByteArray();
        boolean answering = seed % 2 == 0;
        String whole =
                MilterSessionTest.playOctets(
                        filter(answering), octets, sizes -> sizes.add(octets.length));
        assertThat(whole).contains("Subject", "abort", "quit", "INSERT 0 X-Seen: yes");

        Random random = new Random(seed);
        String broken =
                MilterSessionTest.playOctets(
                        filter(answering),
                        octets,
                        sizes -> {
                            for (int sum = 0; sum < octets.length; ) {
                                int size = 1 + random.nextInt(seed < 5 ? 3 : 200);
                                sizes.add(size);
                                sum += size;
                            }
                        });
        assertThat(broken).isEqualTo(whole);
    }
}
