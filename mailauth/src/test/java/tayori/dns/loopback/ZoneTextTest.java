package tayori.dns.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DnsAnswer.Failed;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsAnswer.NoData;
import tayori.dns.DnsAnswer.NoSuchName;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.loopback.ZoneText.Unreadable;

class ZoneTextTest {
    @Test
    void aZone() {
        var zone =
                ZoneText.of(
                        """
                        ; a comment; with another

                        example.org.  3600 IN TXT "v=spf1 mx; " "-all" ; strings are joined
                        example.org           mx  10 Mail.Example.org
                        example.org        60 TXT plain\\032word "say \\"hi\\" \\\\ ü"
                        mail.example.org      A    192.0.2.25
                        mail.example.org      AAAA 2001:db8::25
                        nomail.example        MX   0 .
                        empty.example.org
                        sick.example.org      !SERVFAIL A MX
                        slow.example.org      !timeout
                        """);
        var name = DomainName.of("example.org");
        assertThat(zone.query(name, RecordType.TXT).texts())
                .containsExactly("v=spf1 mx; -all", "plain wordsay \"hi\" \\ \u00c3\u00bc");
        assertThat(((Found) zone.query(name, RecordType.TXT)).ttl())
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(((Found) zone.query(name, RecordType.MX)).ttl())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(((Found) zone.query(name, RecordType.MX)).records())
                .containsExactly(new DnsRecord.MailExchange(10, DomainName.of("mail.example.org")));
        assertThat(zone.query(DomainName.of("mail.example.org"), RecordType.AAAA).addresses())
                .hasSize(1);
        assertThat(((Found) zone.query(DomainName.of("nomail.example"), RecordType.MX)).records())
                .containsExactly(new DnsRecord.MailExchange(0, DomainName.ROOT));
        assertThat(zone.query(DomainName.of("empty.example.org"), RecordType.A))
                .isInstanceOf(NoData.class);
        assertThat(zone.query(DomainName.of("none.example.org"), RecordType.A))
                .isInstanceOf(NoSuchName.class);
        assertThat(zone.query(DomainName.of("sick.example.org"), RecordType.MX))
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.trouble()).isEqualTo(Trouble.SERVFAIL));
        assertThat(zone.query(DomainName.of("sick.example.org"), RecordType.TXT))
                .isInstanceOf(NoData.class);
        assertThat(zone.query(DomainName.of("slow.example.org"), RecordType.TXT))
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.trouble()).isEqualTo(Trouble.TIMEOUT));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    a..b A 192.0.2.1            | line 2: «a..b» is no domain name
                    a.example A 192.0.2.256     | line 2: «192.0.2.256» is no IPv4 address
                    a.example A 2001:db8::1     | line 2: «2001:db8::1» is no IPv4 address
                    a.example AAAA mail.example | line 2: «mail.example» is no IPv6 address
                    a.example 60                | line 2: a record type is missing
                    a.example 99999999999 TXT x | line 2: «99999999999» is no TTL
                    a.example SRV 1 2 3 b       | line 2: «SRV» is no record type known here
                    a.example MX mail.example   | line 2: MX needs a preference and a host, as in «10 mail.example.org»
                    a.example MX 65536 b.example | line 2: «65536» is no preference
                    a.example TXT               | line 2: TXT needs a text
                    a.example TXT "open         | line 2: a quote is not closed
                    a.example TXT x\\1          | line 2: a backslash needs three digits or a character after it
                    a.example CNAME b c         | line 2: CNAME needs one value, not 2
                    a.example !BROKEN           | line 2: «!BROKEN» is none of !SERVFAIL, !TIMEOUT, !REFUSED
                    a.example TLSA x            | line 2: «x» is no TLSA data
                    """)
    void saysWhatIsWrongAndWhere(String line, String error) {
        assertThat(ZoneText.parse("; first\n" + line)).isEqualTo(new Unreadable(List.of(error)));
    }

    @Test
    void allErrorsButNotEndlessly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZoneText.of("a..b\nok.example TXT x\n..\n"))
                .withMessage("line 1: «a..b» is no domain name\nline 3: «..» is no domain name");
        var result = (Unreadable) ZoneText.parse("..\n".repeat(1_000));
        assertThat(result.errors()).hasSize(ZoneText.MAX_ERRORS);
        assertThat(ZoneText.parse(" ".repeat(ZoneText.MAX_CHARS + 1)))
                .isInstanceOf(Unreadable.class);
    }
}
