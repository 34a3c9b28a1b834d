package tayori.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.unsubscribe.OneClick.Post;
import tayori.unsubscribe.OneClick.Refused;

class OneClickTest {
    private static final List<OneClick.Signed> SIGNED =
            List.of(new OneClick.Signed(List.of("list-unsubscribe", "list-unsubscribe-post")));

    private static OneClick decide(String uri) {
        return OneClick.decide(List.of("<" + uri + ">"), List.of(OneClick.BODY), SIGNED);
    }

    @ParameterizedTest(name = "RFC 8058 §3.1  {0}: {1}")
    @CsvSource({
        "https://news.example.com/u, true",
        "HTTPS://news.example.com/u, true",
        "https://news.example.com:8443/u, true",
        "https://93.184.216.34/u, true",
        "http://news.example.com/u, false",
        "https://localhost/u, false",
        "https://printer.local/u, false",
        "https://intranet/u, false",
        "https://db.internal/u, false",
        "https://10.0.0.1/u, false",
        "https://169.254.169.254/u, false",
        "https://100.64.0.1/u, false",
        "https://127.1/u, false",
        "https://[::1]/u, false",
        "https://[fd00::1]/u, false",
        "https://[::ffff:10.0.0.1]/u, false",
        "https://[64:ff9b::7f00:1]/u, false",
        "https://0x7f.1/u, false",
        "https://u:p@news.example.com/u, false",
        "'https:///u', false"
    })
    void hosts(String uri, boolean posted) {
        assertThat(decide(uri)).isInstanceOf(posted ? Post.class : Refused.class);
    }

    /// RFC 2369 §2: folds inside a URI are no part of it; what stands outside brackets is ignored.
    @Test
    void uris() {
        var field =
                ListUnsubscribe.parse(
                        "(list) <https://example.com/a\t b>, junk, <MAILTO:u@example.com>, <open");
        assertThat(field.uris()).containsExactly("https://example.com/ab", "MAILTO:u@example.com");
        assertThat(field.of("mailto")).containsExactly("MAILTO:u@example.com");
        assertThat(field.toString()).isEqualTo("2 URIs");
        assertThat(ListUnsubscribe.parse("<a:b>".repeat(100)).uris())
                .hasSize(ListUnsubscribe.MAX_URIS);
    }

    @Test
    void aFieldGivenTwiceIsNotTrusted() {
        assertThat(
                        OneClick.decide(
                                List.of("<https://a.example.com/>", "<https://b.example.com/>"),
                                List.of(OneClick.BODY),
                                SIGNED))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aUriLongerThanAnyIsRefused() {
        assertThat(decide("https://example.com/" + "x".repeat(OneClick.MAX_URI_LENGTH)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theTokenOfAReaderIsNotShown() {
        assertThat(decide("https://example.com/u?reader=7")).hasToString("post to example.com");
    }
}
