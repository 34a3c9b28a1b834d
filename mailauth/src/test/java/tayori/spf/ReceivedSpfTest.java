package tayori.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceivedSpfTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.3");

    @Test
    void rfc7208Section9_1() {
        var result =
                new SpfResult.Pass(
                        SpfIdentity.MAIL_FROM,
                        "example.com",
                        Optional.of("ip4:192.0.2.0/24"),
                        "192.0.2.3 is permitted (so it is said)");
        assertThat(
                        ReceivedSpf.field(
                                        result, CLIENT, "a@example.com", "mx.example.com", "r.test")
                                .toString())
                .isEqualTo(
                        """
                        Received-SPF: pass (r.test: 192.0.2.3 is permitted \\(so it is said\\))\r
                         client-ip=192.0.2.3;\r
                         envelope-from="a@example.com";\r
                         helo=mx.example.com;\r
                         receiver=r.test;\r
                         identity=mailfrom;\r
                         mechanism="ip4:192.0.2.0/24\"\
                        """);
    }

    @Test
    void strangersCannotAddHeaderFields() {
        var result =
                new SpfResult.PermError(
                        SpfIdentity.HELO,
                        "x\r\nEvil: 1",
                        Optional.empty(),
                        "bad\r\nSubject: evil) (\\");
        var value =
                ReceivedSpf.value(
                        result,
                        CLIENT,
                        "a\"\r\nEvil: 1@x.test",
                        "h\n \u00fc" + "y".repeat(5000),
                        "r.test");
        for (var line : value.split("\r\n", -1)) {
            assertThat(line).doesNotContain("\r", "\n").hasSizeLessThan(998);
        }
        assertThat(value.split("\r\n ", -1)).hasSize(7);
        assertThat(value).contains("envelope-from=\"a\\\"??Evil: 1@x.test\"").contains("problem=");
    }

    @Test
    void ipv6IsQuotedAndShort() {
        var result = new SpfResult.None(SpfIdentity.HELO, "x.test", Optional.empty(), "no record");
        assertThat(
                        ReceivedSpf.value(
                                result,
                                InetAddress.ofLiteral("2001:db8:0:0:1:0:0:1"),
                                "",
                                "h",
                                "r"))
                .contains("client-ip=\"2001:db8::1:0:0:1\"")
                .contains("envelope-from=\"\"");
    }
}
