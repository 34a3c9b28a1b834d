package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {
    @Test
    void reads() {
        var tags = TagList.parse(" v=1;\r\n\ta = rsa-sha256 ; b=ab\r\n cd ;n=;\r\n ");
        assertThat(tags.fault()).isEmpty();
        assertThat(tags.size()).isEqualTo(4);
        assertThat(tags.get("v")).contains("1");
        assertThat(tags.get("a")).contains("rsa-sha256");
        assertThat(tags.compact("b")).contains("abcd");
        assertThat(tags.get("n")).contains("");
        assertThat(tags.get("A")).isEmpty();
        assertThat(tags.firstName()).contains("v");
    }

    @ParameterizedTest(name = "RFC 6376 §3.2: «{0}» is no tag list")
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "v",
                "v=1; t; p=",
                "v=1;;a=b",
                "=1",
                "1a=b",
                "a b=c",
                "a=1; a=2",
                "a=\u0007",
                "a=\u007f",
                "ä=1"
            })
    void refuses(String text) {
        assertThat(TagList.parse(text).fault()).isPresent();
    }

    @Test
    void whatStandsBeforeAFaultCanBeRead() {
        var tags = TagList.parse("d=example.com; d=example.net; s=x");
        assertThat(tags.fault()).contains("d= stands twice");
        assertThat(tags.get("d")).contains("example.com");
    }

    @Test
    void limits() {
        var text = new StringBuilder();
        for (int i = 0; i < TagList.MAX_TAGS; i++) {
            text.append('t').append(i).append("=1;");
        }
        assertThat(TagList.parse(text.toString()).fault()).isEmpty();
        assertThat(TagList.parse(text + "x=1").fault()).isPresent();
        String longest = "z=" + "a".repeat(TagList.MAX_LENGTH - 2);
        assertThat(TagList.parse(longest).fault()).isEmpty();
        assertThat(TagList.parse(longest + "a").fault()).isPresent();
    }
}
