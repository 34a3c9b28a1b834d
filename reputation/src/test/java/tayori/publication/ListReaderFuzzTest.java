package tayori.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// Any octets as a list: what is read can be found, within the bounds of a DNS answer.
class ListReaderFuzzTest {
    @FuzzTest
    void reads(byte[] data) throws IOException {
        for (var list : new ImportedList[] {ListFiles.dnset(data), ListFiles.tsv(data)}) {
            var name = new WireName();
            var found = new ImportedEntry();
            list.forEach((text, entry) -> {
                assertThat(entry.address() >>> 24).isEqualTo(127);
                assertThat(entry.text().length).isLessThanOrEqualTo(ListReader.MAX_TEXT);
                boolean plain =
                        text.indexOf('\\') < 0 && !text.startsWith(".") && !text.startsWith("*");
                if (plain && name.set(text)) {
                    name.hash(0, name.labels());
                    assertThat(list.find(name, name.labels(), found)).isTrue();
                }
            });
        }
    }
}
