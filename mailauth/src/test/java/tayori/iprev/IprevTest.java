package tayori.iprev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.iprev.IprevResult.Fail;
import tayori.iprev.IprevResult.Pass;
import tayori.iprev.IprevResult.PermError;
import tayori.iprev.IprevResult.TempError;

class IprevTest {
    private static final String REVERSE_V6 =
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

    private static final ZoneDns ZONE =
            ZoneDns.builder()
                    .ptr("1.2.0.192.in-addr.arpa", "mail.example.net")
                    .address("mail.example.net", "192.0.2.99")
                    .address("mail.example.net", "192.0.2.1")
                    .ptr(REVERSE_V6, "mail6.example.net")
                    .address("mail6.example.net", "2001:db8::1")
                    .ptr("2.2.0.192.in-addr.arpa", "pretender.example.net")
                    .address("pretender.example.net", "192.0.2.99")
                    .ptr("3.2.0.192.in-addr.arpa", "gone.example.net")
                    .ptr("4.2.0.192.in-addr.arpa", "slow.example.net")
                    .broken("slow.example.net", Trouble.TIMEOUT)
                    .broken("5.2.0.192.in-addr.arpa", RecordType.PTR, Trouble.SERVFAIL)
                    .name("6.2.0.192.in-addr.arpa")
                    .ptr("7.2.0.192.in-addr.arpa", "slow.example.net")
                    .ptr("7.2.0.192.in-addr.arpa", "seven.example.net")
                    .address("seven.example.net", "192.0.2.7")
                    .build();

    @ParameterizedTest(name = "RFC 8601 §2.7.3 {0} is {1}")
    @CsvSource({
        "192.0.2.1,   pass",
        "::ffff:192.0.2.1, pass",
        "2001:db8::1, pass",
        "192.0.2.2,   fail",
        "192.0.2.3,   fail",
        "192.0.2.4,   temperror",
        "192.0.2.5,   temperror",
        "192.0.2.6,   permerror",
        "192.0.2.7,   pass",
        "192.0.2.8,   permerror",
        "2001:db8::2, permerror"
    })
    void results(String client, String word) {
        assertThat(new Iprev(ZONE).check(InetAddress.ofLiteral(client)).word()).isEqualTo(word);
    }

    @Test
    void eachResultSaysWhy() {
        var iprev = new Iprev(ZONE);
        assertThat(iprev.check(InetAddress.ofLiteral("192.0.2.1")))
                .isEqualTo(new Pass(DomainName.of("mail.example.net")));
        assertThat(iprev.check(InetAddress.ofLiteral("192.0.2.2")))
                .isEqualTo(new Fail("pretender.example.net does not lead back to the address"));
        assertThat(iprev.check(InetAddress.ofLiteral("192.0.2.8")))
                .isEqualTo(new PermError("the address has no name"));
        assertThat(iprev.check(InetAddress.ofLiteral("192.0.2.4"))).isInstanceOf(TempError.class);
    }

    @Test
    void onlySoManyNamesAreLookedUp() {
        assertThat(withNames(Iprev.MAX_NAMES - 1)).isInstanceOf(Pass.class);
        assertThat(withNames(Iprev.MAX_NAMES)).isInstanceOf(Fail.class);
    }

    private static IprevResult withNames(int wrongOnes) {
        var zone = ZoneDns.builder();
        for (int i = 0; i < wrongOnes; i++) {
            zone.ptr("9.2.0.192.in-addr.arpa", "n" + i + ".example.net");
        }
        zone.ptr("9.2.0.192.in-addr.arpa", "right.example.net");
        zone.address("right.example.net", "192.0.2.9");
        return new Iprev(zone.build()).check(InetAddress.ofLiteral("192.0.2.9"));
    }

    @Test
    void onlySoManyAddressesAreCompared() {
        assertThat(withAddresses(Iprev.MAX_ADDRESSES - 1)).isInstanceOf(Pass.class);
        assertThat(withAddresses(Iprev.MAX_ADDRESSES)).isInstanceOf(Fail.class);
    }

    private static IprevResult withAddresses(int wrongOnes) {
        var zone = ZoneDns.builder().ptr("9.2.0.192.in-addr.arpa", "right.example.net");
        for (int i = 0; i < wrongOnes; i++) {
            zone.address("right.example.net", "198.51.100." + i);
        }
        zone.address("right.example.net", "192.0.2.9");
        return new Iprev(zone.build()).check(InetAddress.ofLiteral("192.0.2.9"));
    }
}
