package tayori.authres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.authres.ForgedResults.Forged;
import tayori.authres.ForgedResults.Reason;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class ForgedResultsTest {
    private final ForgedResults forged =
            new ForgedResults(List.of("MX.Example.com", "bücher.example"));

    @ParameterizedTest(name = "RFC 8601 §5 claims to be ours: {0}")
    @ValueSource(
            strings = {
                "mx.example.com; spf=pass",
                "MX.EXAMPLE.COM; spf=pass",
                "(hello (nested)) mx.example.com 1; spf=pass",
                "\"mx.example.com\"; spf=pass",
                "\"mx.\\example.com\" ; spf=pass",
                "\r\n\tmx.example.com\r\n\t(x); none",
                "mx.example.com 1 ; spf=pass",
                "mx.example.com 2; spf=pass",
                "mx.example.com foo = = bar;",
                "mx.example.com",
                "mx.example.com.; none",
                "mx.example.com/4ABC12; spf=pass",
                "mx.example.com=; spf=pass",
                "mx.example.com; spf=(((",
                "xn--bcher-kva.example; none",
                "\"B\u00fccher.example\"; none"
            })
    void claimsOurName(String value) {
        assertThat(forged.find(head("Authentication-Results", value)))
                .containsExactly(new Forged(1, Reason.OUR_NAME));
    }

    @ParameterizedTest(name = "RFC 8601 §5 nobody can say whose it is: {0}")
    @ValueSource(
            strings = {
                "",
                "(",
                "; spf=pass",
                "spf=pass smtp.mailfrom=example.com; dkim=none",
                "\"mx.example.com; spf=pass",
                "=?utf-8?q?mx.example.com?=; spf=pass",
                "mx\u0000.example.com; spf=pass",
                "other.example (; spf=pass"
            })
    void unreadableName(String value) {
        assertThat(forged.find(head("Authentication-Results", value)))
                .containsExactly(new Forged(1, Reason.NO_READABLE_NAME));
    }

    @ParameterizedTest(name = "RFC 8601 §5 not ours: {0}")
    @ValueSource(
            strings = {
                "lists.other.example; spf=pass",
                "other.example (mx.example.com); spf=pass",
                "notmx.example.com; spf=pass",
                "mx.example.com.evil.example; spf=pass",
                "sub.mx.example.com; spf=pass",
                "other.example 1; spf=pass reason=\"mx.example.com\"",
                "other.example; spf=((("
            })
    void foreignFieldsStay(String value) {
        assertThat(forged.find(head("Authentication-Results", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.example 2; spf=pass", "other.example (x) 99999999999; spf=pass"})
    void rfc8601Section5UnknownVersionsGo(String value) {
        assertThat(forged.find(head("Authentication-Results", value)))
                .containsExactly(new Forged(1, Reason.UNKNOWN_VERSION));
    }

    @Test
    void countsOnlyFieldsOfThisName() {
        var head =
                head(
                        "Received", "by mx.example.com",
                        "AUTHENTICATION-RESULTS", "mx.example.com; none",
                        "ARC-Authentication-Results", "i=1; mx.example.com; none",
                        "Authentication-Results", "other.example; none",
                        "authentication-results ", "mx.example.com; spf=pass");
        assertThat(forged.find(head))
                .containsExactly(new Forged(1, Reason.OUR_NAME), new Forged(3, Reason.OUR_NAME));
    }

    private static MessageHead head(String... namesAndValues) {
        var fields = new ArrayList<HeaderField>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(
                    HeaderField.ofRaw(
                            (namesAndValues[i] + ": " + namesAndValues[i + 1])
                                    .getBytes(StandardCharsets.UTF_8)));
        }
        return new MessageHead(fields);
    }
}
