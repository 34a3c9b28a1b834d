package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class ALabelsFuzzTest {
    @FuzzTest
    void anyText(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        var name = ALabels.toDomainName(text);
        if (name.isPresent()) {
            assertThat(name.get().toString().length()).isLessThanOrEqualTo(253);
            // What people are shown leads back to the same name.
            assertThat(ALabels.toDomainName(ALabels.toUnicode(name.get()))).isEqualTo(name);
        }
        DomainName.parse(new String(octets, StandardCharsets.ISO_8859_1))
                .ifPresent(raw ->
                        assertThat(ALabels.toDomainName(ALabels.toUnicode(raw))).contains(raw));
    }
}
