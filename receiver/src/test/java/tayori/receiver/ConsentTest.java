package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DomainName;
import tayori.milter.EnvelopeAddress;

class ConsentTest {
    @ParameterizedTest(name = "{0} is an exception: {1}")
    @CsvSource({
        "hanako@isp.example, true",
        "HANAKO@ISP.example, true",
        "hanako+news@isp.example, true",
        "taro@isp.example, false",
        "hanako@other.example, false",
        "anybody@firm.example, true",
        "anybody@sub.firm.example, false",
        "hanako, false",
        "'', false",
        "+hanako@isp.example, false"
    })
    void exceptionsTurnTheDefaultRound(String recipient, boolean exception) {
        var named = Set.of("Hanako@isp.example");
        var domains = Set.of(DomainName.of("firm.example"));
        assertThat(new ConsentList(true, named, domains).agreed(recipient)).isEqualTo(!exception);
        assertThat(new ConsentList(false, named, domains).agreed(recipient)).isEqualTo(exception);
    }

    @ParameterizedTest(name = "RFC 5233 §1: {0} becomes {1}")
    @CsvSource({
        "hanako@isp.example, hanako+Junk@isp.example",
        "hanako+news@isp.example, hanako+Junk@isp.example",
        "+news@isp.example, +news+Junk@isp.example",
        "hanako@other.example, none",
        "hanako, none",
        "'\"ha na\"@isp.example', none",
        "'', none"
    })
    void subAddresses(String recipient, String expected) {
        var junk = new JunkAddress('+', "Junk", Set.of(DomainName.of("isp.example")));
        assertThat(
                        junk.of(new EnvelopeAddress(recipient))
                                .map(EnvelopeAddress::text)
                                .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "RFC 3461 §4: {0} with {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a@x.example   | ''                            | ORCPT=rfc822;a@x.example
                    a+b@x.example | ''                            | ORCPT=rfc822;a+2Bb@x.example
                    a=é@x.example | ''                            | ORCPT=rfc822;a+3D+C3+A9@x.example
                    a@x.example   | notify=NEVER                  | notify=NEVER ORCPT=rfc822;a@x.example
                    a@x.example   | ORCPT=rfc822;b@y.example      | ORCPT=rfc822;b@y.example
                    a@x.example   | RRVS=2014-04-03 NOTIFY=DELAY  | NOTIFY=DELAY ORCPT=rfc822;a@x.example
                    """)
    void bouncesNameTheAddressThatTheSenderWroteTo(
            String recipient, String arguments, String expected) {
        assertThat(
                        JunkAddress.arguments(
                                new EnvelopeAddress(recipient),
                                arguments.isEmpty()
                                        ? List.of()
                                        : List.of(arguments.split(" ", -1))))
                .isEqualTo(expected);
    }

    @Test
    void whereThereAreTooManyRecipientsNobodyAgreed() {
        var recipients = new Recipients();
        for (int i = 0; i < Recipients.MAX_RECIPIENTS; i++) {
            recipients.add(new EnvelopeAddress("r" + i + "@isp.example"), List.of());
        }
        assertThat(recipients.agreeing(ConsentBook.EVERYBODY)).hasSize(Recipients.MAX_RECIPIENTS);
        recipients.add(new EnvelopeAddress("one@isp.example"), List.of());
        assertThat(recipients.agreeing(ConsentBook.EVERYBODY)).isEmpty();
    }

    @Test
    void anAllowanceIsCountedByDayAndBounded() {
        var volume = new DailyVolume();
        assertThat(volume.count("a.example", 1)).isEqualTo(1);
        assertThat(volume.count("a.example", 1)).isEqualTo(2);
        assertThat(volume.count("a.example", 2)).isEqualTo(1);
        for (int i = 0; i < DailyVolume.MAX_DOMAINS; i++) {
            assertThat(volume.count("d" + i, 2)).isOne();
        }
        assertThat(volume.count("a.example", 2)).as("pushed out by newer ones").isEqualTo(1);
        assertThat(volume.count("d" + (DailyVolume.MAX_DOMAINS - 1), 2)).isEqualTo(2);
    }
}
