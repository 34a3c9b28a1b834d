package tayori.cfbl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tayori.dns.DomainName;

class CfblFuzzTest {
    @FuzzTest
    void anyTextIsAFieldOrNone(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        CfblAddress.parse(text)
                .ifPresent(address ->
                        assertThat(CfblAddress.parse(address.value())).contains(address));
        FeedbackId.read(text)
                .ifPresent(id ->
                        assertThat(
                                        FeedbackId.read(
                                                id.field()
                                                        .substring(FeedbackId.FIELD.length() + 1)))
                                .contains(id));
        // Nobody signed, so nobody is told.
        assertThat(
                        FeedbackLoop.decide(
                                DomainName.of("example.com"),
                                List.of(text),
                                List.of(text),
                                List.of()))
                .isInstanceOf(FeedbackLoop.None.class);
    }
}
