package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
    })
    void contains(String prefix, String address, boolean expected) {
        assertThat(Network.parse(prefix).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.1/8",
                "192.0.2.1/24",
                "192.0.2.0/33",
                "2001:db8::/129",
                "192.0.2.0/-1",
                "192.0.2.0/+8",
                "example.com",
                "192.0.2.0/24/24",
                "fe80::1%eth0"
            })
    void noBlock(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }
}
