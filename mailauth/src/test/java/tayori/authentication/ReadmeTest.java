package tayori.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The example that the README shows; `DocumentsTest` compares the two.
class ReadmeTest {
    @Test
    void theExampleOfTheReadme() {
        var dns =
                ZoneDns.builder()
                        .txt("example.org", "v=spf1 ip4:192.0.2.1 -all")
                        .txt("_dmarc.example.org", "v=DMARC1; p=reject")
                        .build();
        var head = new MessageHead(List.of(field("From", " News <news@example.org>")));
        byte[] body = "Good morning.\r\n".getBytes(StandardCharsets.US_ASCII);
        // example
        var authenticator =
                new MailAuthenticator(dns, InstantSource.system(), AuthenticationOptions.DEFAULTS);
        var client = authenticator.connect(InetAddress.ofLiteral("192.0.2.1"));
        client.helo("mail.example.org");
        var mail = client.mail("news@example.org");
        mail.head(head);
        mail.body(body, 0, body.length);
        Authentication result = mail.finish();
        System.out.println(result.dmarc().keyword() + ": " + result.dmarc().reason());
        // end of example
        assertThat(result.dmarc().keyword()).isEqualTo("pass");
    }

    private static HeaderField field(String name, String value) {
        return HeaderField.of(
                name.getBytes(StandardCharsets.US_ASCII),
                value.getBytes(StandardCharsets.US_ASCII));
    }
}
