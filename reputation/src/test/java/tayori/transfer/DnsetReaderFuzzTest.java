package tayori.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever stands in a file: entries and problems, never an exception.
class DnsetReaderFuzzTest {
    private static final String FILE =
            """
            $SOA 3600 ns.rep.example h.rep.example 1 600 300 1d 300
            $NS 3600 ns.rep.example -ns2.rep.example
            $TTL 5m
            #$TIMESTAMP 2026:11:22:21:00:00 +6h
            :127.0.0.3:see $
            one.example
            .two.example :5
            *.three.example :127.0.1.4:costs $$5
            !four.example
            """;

    @FuzzTest
    void read(byte[] octets) throws IOException {
        var contents =
                DnsetReader.read(
                        new ByteArrayInputStream(octets),
                        entry -> {
                            assertThat(entry.itself() || entry.below()).isTrue();
                            assertThat(entry.name().toString()).isNotEmpty();
                        });
        assertThat(contents.problems()).hasSizeLessThanOrEqualTo(DnsetReader.MAX_PROBLEMS);
        assertThat(contents.problems())
                .allSatisfy(problem -> assertThat(problem.wrong()).isPrintable());
        assertThat(contents.wrong() + contents.entries()).isLessThanOrEqualTo(octets.length + 1L);
        assertThat(contents.whole()).isTrue();
    }

    @Test
    void brokenFiles() throws IOException {
        var random = new Random(5782);
        byte[] whole = FILE.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = whole.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] =
                        random.nextBoolean()
                                ? whole[random.nextInt(whole.length)]
                                : (byte) random.nextInt(256);
            }
            read(broken);
        }
    }
}
