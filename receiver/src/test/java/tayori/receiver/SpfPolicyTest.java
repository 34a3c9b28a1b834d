package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.MailAuthenticator;
import tayori.dns.ZoneDns;
import tayori.policy.PolicyAction;
import tayori.policy.PolicyRequest;

/// What a Postfix hears that asks for a policy.
class SpfPolicyTest {
    private final SpfPolicy policy =
            new SpfPolicy(
                    new MailAuthenticator(
                            ZoneDns.builder()
                                    .txt("shop.example", "v=spf1 ip4:192.0.2.10 -all")
                                    .build(),
                            InstantSource.system(),
                            AuthenticationOptions.DEFAULTS),
                    "mx.receiver.example");

    private static final Map<String, String> RCPT =
            Map.of(
                    "request", "smtpd_access_policy",
                    "protocol_state", "RCPT",
                    "client_address", "192.0.2.10",
                    "helo_name", "mail.shop.example",
                    "sender", "news@shop.example",
                    "recipient", "a@receiver.example",
                    "recipient_count", "0",
                    "instance", "1.2.3");

    private PolicyAction ask(String name, String value) {
        var attributes = new HashMap<>(RCPT);
        attributes.put(name, value);
        return policy.decide(new PolicyRequest(attributes));
    }

    @Test
    void aMailGetsOneFieldHoweverManyRecipientsItHas() {
        assertThat(ask("recipient", "a@receiver.example").toString())
                .contains("Received-SPF")
                .contains("pass");
        assertThat(ask("recipient", "b@receiver.example")).isEqualTo(PolicyAction.DUNNO);
        assertThat(ask("instance", "1.2.4").toString()).contains("Received-SPF");
    }

    @Test
    void theOldestMailIsForgottenFirst() {
        for (int mail = 0; mail <= SpfPolicy.MAX_REMEMBERED_MAILS; mail++) {
            ask("instance", "mail" + mail);
        }

        assertThat(ask("instance", "mail1")).isEqualTo(PolicyAction.DUNNO);
        assertThat(ask("instance", "mail0").toString()).contains("Received-SPF");
    }

    @Test
    void atDataEveryRecipientIsKnown() {
        assertThat(ask("protocol_state", "DATA").toString()).contains("Received-SPF");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "protocol_state, MAIL",
        "protocol_state, END-OF-MESSAGE",
        "sasl_username, someone",
        "client_address, unknown",
        "client_address, ''",
    })
    void whoIsNotAskedAboutGetsNoField(String name, String value) {
        assertThat(ask(name, value)).isEqualTo(PolicyAction.DUNNO);
    }
}
