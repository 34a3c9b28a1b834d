package tayori.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tayori.unsubscribe.OneClick.Post;

class OneClickFuzzTest {
    private static final List<OneClick.Signed> SIGNED =
            List.of(new OneClick.Signed(List.of(ListUnsubscribe.FIELD, OneClick.POST_FIELD)));

    @FuzzTest
    void anyTextIsPostedToOverHttpsOrNotAtAll(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (OneClick.decide(List.of(text), List.of(OneClick.BODY), SIGNED)
                instanceof Post(var uri)) {
            assertThat(uri.getScheme()).isEqualToIgnoringCase("https");
            assertThat(uri.getHost()).isNotEmpty();
            assertThat(uri.getRawUserInfo()).isNull();
        }
        assertThat(ListUnsubscribe.parse(text).uris())
                .hasSizeLessThanOrEqualTo(ListUnsubscribe.MAX_URIS);
    }
}
