package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class SpfRecordFuzzTest {
    /// A record is either refused at a place within it, or reads the same again from its own terms.
    @FuzzTest
    void parse(byte[] data) {
        var text = new String(data, StandardCharsets.ISO_8859_1);
        switch (SpfRecord.parse(text)) {
            case SpfRecord.Parsed.Invalid invalid -> {
                assertThat(invalid.position()).isBetween(0, text.length());
                assertThat(invalid.expected()).isNotEmpty();
            }
            case SpfRecord.Parsed.Valid(var record) -> {
                assertThat(Printable.is(text)).isTrue();
                var again = new StringBuilder("v=spf1");
                record.terms().forEach(term -> again.append(' ').append(term.text()));
                assertThat(SpfRecord.parse(again.toString()))
                        .isInstanceOfSatisfying(
                                SpfRecord.Parsed.Valid.class,
                                valid ->
                                        assertThat(valid.record().terms())
                                                .hasSameSizeAs(record.terms()));
            }
        }
    }
}
