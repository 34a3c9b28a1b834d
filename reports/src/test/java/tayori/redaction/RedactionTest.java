package tayori.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);

    private final Redaction keyed = Redaction.keyed(KEY);

    /// RFC 6590 §3: one reader, one token, and the domain stays.
    @Test
    void theSameReaderIsTheSameTokenInAnyCase() {
        assertThat(keyed.address("Reader@example.com"))
                .isEqualTo(keyed.address("reader@example.com"))
                .endsWith("@example.com")
                .doesNotContain("eader@");
        assertThat(keyed.address("other@example.com"))
                .isNotEqualTo(keyed.address("reader@example.com"));
        assertThat(keyed.address("reader@example.net"))
                .doesNotStartWith(local(keyed.address("reader@example.com")));
    }

    @Test
    void anotherKeyIsAnotherToken() {
        byte[] other = KEY.clone();
        other[0]++;
        assertThat(Redaction.keyed(other).address("reader@example.com"))
                .isNotEqualTo(keyed.address("reader@example.com"));
    }

    /// HMAC-SHA-256 of `reader@example.com`, its first 96 bits in base64 without padding (RFC 4648 §5).
    @Test
    void aTokenIsATruncatedHmac() throws Exception {
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(KEY, "HmacSHA256"));
        byte[] whole = mac.doFinal("reader@example.com".getBytes(US_ASCII));
        String token =
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(java.util.Arrays.copyOf(whole, Redaction.TOKEN_OCTETS));
        assertThat(keyed.address("reader@example.com")).isEqualTo(token + "@example.com");
    }

    @Test
    void plainTellsNothingAndNoneHidesNothing() {
        assertThat(Redaction.plain().address("reader@example.com"))
                .isEqualTo("redacted@example.com");
        assertThat(Redaction.plain().text("subscriber 7")).isEqualTo("redacted");
        assertThat(Redaction.none().address("reader@example.com")).isEqualTo("reader@example.com");
        assertThat(Redaction.none().redacts()).isFalse();
    }

    @Test
    void whatIsNoAddressIsRedactedWhole() {
        assertThat(Redaction.plain().address("reader")).isEqualTo("redacted");
        assertThat(keyed.address("reader")).doesNotContain("reader");
    }

    @Test
    void aShortKeyIsRefusedAndNoKeyIsShown() {
        assertThatThrownBy(() -> Redaction.keyed(new byte[Redaction.MIN_KEY_OCTETS - 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(keyed.toString()).isEqualTo("KEYED");
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }
}
