package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class MacroParserFuzzTest {
    private static final int LIMIT = 1000;

    /// Whatever is read expands within its bounds.
    @FuzzTest
    void expand(byte[] data) {
        var text = new String(data, StandardCharsets.ISO_8859_1);
        var parser = new MacroParser(text);
        var explanation = parser.explanation();
        if (explanation == null) {
            assertThat(parser.errorAt()).isBetween(0, text.length());
        } else {
            var expansion = explanation.expandText(letter -> "a.b-c" + letter, LIMIT);
            assertThat(expansion == null || expansion.length() <= LIMIT).isTrue();
        }
        var domain = new MacroParser(text).domainSpec(0, text.length());
        if (domain != null) {
            var name = domain.expandName(letter -> "a.b-c" + letter);
            assertThat(name == null || name.toString().length() <= 253).isTrue();
        }
    }
}
