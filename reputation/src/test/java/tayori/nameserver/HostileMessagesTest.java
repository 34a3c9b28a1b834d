package tayori.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static tayori.nameserver.TestServer.question;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/// Whatever is sent: one answer or none, within bounds, never an exception.
class HostileMessagesTest {
    private static final int MUTANTS = 20_000;

    private final Hostile hostile = new Hostile();

    private static List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (String type : List.of("A", "TXT", "SOA", "NS", "ANY", "IXFR", "DS", "AAAA")) {
            for (String name :
                    List.of(
                            "spam.example.com.dbl.z.example",
                            "mail.good.example.jp.dwl.z.example",
                            "fresh.example.com.new.z.example",
                            "good.example.jp._vouch.z.example",
                            "test-2-3.dwl.z.example",
                            "a.b.c.d.e.f.wide.example.list.test",
                            "status.z.example",
                            "dbl.z.example",
                            "nowhere.org")) {
                var query = question(name, type);
                seeds.add(query.toWire());
                query.addRecord(new OPTRecord(4_096, 0, 0, 0x8000), Section.ADDITIONAL);
                seeds.add(query.toWire());
            }
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void mutants(long seed) throws IOException {
        var random = new Random(seed);
        var seeds = seeds();
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(seeds.get(random.nextInt(seeds.size())).clone(), random);
            byte[] answer = hostile.check(mutant, random.nextInt(4) == 0);
            if (answer.length > 0) {
                var read = new Message(answer);
                assertThat(read.getSection(Section.ANSWER).size()).isLessThanOrEqualTo(13);
            }
        }
    }

    private static byte[] mutate(byte[] message, Random random) {
        byte[] mutant = message;
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant = java.util.Arrays.copyOf(mutant, 1 + at);
                case 3 ->
                        mutant =
                                java.util.Arrays.copyOf(mutant, mutant.length + random.nextInt(40));
                case 4 -> mutant[at] = (byte) 0xc0;
                default -> {
                    var longer = new byte[mutant.length + 1 + random.nextInt(8)];
                    System.arraycopy(mutant, 0, longer, 0, at);
                    System.arraycopy(
                            mutant,
                            at,
                            longer,
                            longer.length - (mutant.length - at),
                            mutant.length - at);
                    mutant = longer;
                }
            }
        }
        return mutant;
    }

    @Test
    void everyBeginningOfAQuery() throws IOException {
        for (byte[] seed : seeds()) {
            for (int length = 0; length < seed.length; length++) {
                hostile.check(java.util.Arrays.copyOf(seed, length), false);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a name that points at itself      | 1234 0100 0001 0000 0000 0000 c00c 0001 0001                        | 1
                    a label of 64                     | 1234 0100 0001 0000 0000 0000 40 00 0001 0001                       | 1
                    no end of the name                | 1234 0100 0001 0000 0000 0000 03 616263                             | 1
                    no class                          | 1234 0100 0001 0000 0000 0000 00 0001                               | 1
                    an octet too many                 | 1234 0100 0001 0000 0000 0000 00 0001 0001 00                       | 1
                    an answer in the question         | 1234 0100 0001 0001 0000 0000 00 0001 0001 00 0001 0001 00000000 0000 | 1
                    two OPT records                   | 1234 0100 0001 0000 0000 0002 00 0001 0001 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000 | 1
                    an OPT record of a name           | 1234 0100 0001 0000 0000 0001 00 0001 0001 0161 00 0029 0200 00000000 0000 | 1
                    data longer than the message      | 1234 0100 0001 0000 0000 0001 00 0001 0001 00 0029 0200 00000000 ffff | 1
                    65,535 additional records         | 1234 0100 0001 0000 0000 ffff 00 0001 0001                          | 1
                    no question                       | 1234 0100 0000 0000 0000 0000                                       | 1
                    the root                          | 1234 0100 0001 0000 0000 0000 00 0001 0001                          | 5
                    an operation that is none         | 1234 7900 0001 0000 0000 0000 00 0001 0001                          | 4
                    """)
    void malformed(String what, String message, int code) {
        byte[] answer = hostile.check(HexFormat.of().parseHex(message.replace(" ", "")), false);
        assertThat(answer[3] & 15).as(what).isEqualTo(code);
    }

    @Test
    void anAnswerIsNeverAnswered() throws IOException {
        byte[] message = question("spam.example.com.dbl.z.example", "A").toWire();
        message[2] |= (byte) 0x80;
        assertThat(hostile.check(message, false)).isEmpty();
    }

    @Test
    void aNameOf127LabelsIsLookedUpWithinBounds() throws IOException {
        var name = "a.".repeat(117) + "z.example";
        assertThat(new Message(hostile.check(question(name, "A").toWire(), false)).getRcode())
                .isEqualTo(Wire.NXDOMAIN);
    }
}
