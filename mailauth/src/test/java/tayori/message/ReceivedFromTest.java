package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedFromTest {
    private static MessageHead head(String value) {
        return new MessageHead(
                List.of(
                        HeaderField.of("Received", value),
                        HeaderField.of(
                                "Received", "from old.example ([192.0.2.99]) by b.example")));
    }

    @ParameterizedTest(name = "RFC 5321 §4.4  {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    from mail.example.com (mx.example.com [192.0.2.1]) by mx.example.net with ESMTPS id 4A  | 192.0.2.1 | mail.example.com
                    from mail.example.com (unknown [IPv6:2001:db8::1]) by mx.example.net (Postfix)          | 2001:db8:0:0:0:0:0:1 | mail.example.com
                    FROM mail.example.com ([192.0.2.1]) BY mx.example.net                                   | 192.0.2.1 | mail.example.com
                    from [192.0.2.1] (helo=laptop) by mx.example.net with esmtp (Exim 4.98)                 | 192.0.2.1 | laptop
                    from mx.example.com ([192.0.2.1] helo=mail.example.com) by mx.example.net               | 192.0.2.1 | mail.example.com
                    """)
    void clientAndHelo(String field, String client, String helo) {
        assertThat(ReceivedFrom.topmost(head(field)))
                .hasValueSatisfying(from -> {
                    assertThat(from.client().getHostAddress()).isEqualTo(client);
                    assertThat(from.helo()).isEqualTo(helo);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by mx.example.net (Postfix, from userid 1000) id 4A",
                "from localhost by mx.example.net with LMTP",
                "from mail.example.com (mx [192.0.2]) by mx.example.net",
                "from mail.example.com (mx [host.example.com]) by mx.example.net",
                "from mail.example.com (mx [fe80::1%eth0]) by mx.example.net",
                "from mail.example.com by mx.example.net ([192.0.2.1])",
                "from mail.example.com (mx [192.0.2.1",
                "from ",
                ""
            })
    void anyOtherFormSaysNothing(String field) {
        assertThat(ReceivedFrom.topmost(head(field))).isEmpty();
    }
}
