package tayori.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.dmarc.DmarcResult;
import tayori.dns.RecordingDns;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class MailFromFileTest {
    @Test
    void whatNeedsTheClientIsNeitherAskedNorClaimed() {
        var zone =
                ZoneDns.builder()
                        .txt("example.com", "v=spf1 ip4:0.0.0.0/0 -all")
                        .txt("_dmarc.example.com", "v=DMARC1; p=reject")
                        .build();
        var dns = new RecordingDns(zone, InstantSource.system());
        var defaults = AuthenticationOptions.DEFAULTS;
        var everything =
                new AuthenticationOptions(
                        defaults.spf(),
                        defaults.dkim(),
                        defaults.arc(),
                        defaults.dmarc(),
                        defaults.questionsPerMail(),
                        EnumSet.allOf(Extra.class));
        var client = new MailAuthenticator(dns, InstantSource.system(), everything).withoutClient();
        client.helo("example.com");
        var mail = client.mail("a@example.com");
        mail.head(new MessageHead(List.of(HeaderField.of("From", "a@example.com"))));
        var result = mail.finish();
        assertThat(result.hasClient()).isFalse();
        assertThat(result.dmarc()).isInstanceOf(DmarcResult.Fail.class);
        assertThat(result.iprev()).isEmpty();
        assertThat(result.spfOfHelo()).isEmpty();
        assertThat(result.senderId()).isEmpty();
        assertThat(result.toResults("mx.example.net").toField().toString())
                .contains("dmarc=fail")
                .doesNotContain("spf=", "iprev=", "sender-id=", "0.0.0.0");
        assertThat(dns.asked())
                .allSatisfy(asked -> assertThat(asked.name().toString()).startsWith("_dmarc."));
    }
}
