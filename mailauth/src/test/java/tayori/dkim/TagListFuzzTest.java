package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class TagListFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void reads(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        var tags = TagList.parse(text);
        assertThat(tags.size()).isLessThanOrEqualTo(TagList.MAX_TAGS);
        tags.firstName()
                .ifPresent(name -> {
                    assertThat(tags.has(name)).isTrue();
                    int start = tags.start(name);
                    int end = tags.end(name);
                    assertThat(text.substring(start, end)).contains(tags.get(name).orElseThrow());
                    assertThat(text.charAt(start - 1)).isEqualTo('=');
                    assertThat(end == text.length() || text.charAt(end) == ';').isTrue();
                });
        // Once more around: a good list stays the same list when it is written again.
        if (tags.fault().isEmpty()) {
            assertThat(TagList.parse(text + (text.strip().endsWith(";") ? "" : ";")).size())
                    .isEqualTo(tags.size());
        }
    }
}
