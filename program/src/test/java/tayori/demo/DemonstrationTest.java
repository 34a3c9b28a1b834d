package tayori.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The show as a whole: real sockets, real DNS, real signatures; what a newcomer sees first must be right.
class DemonstrationTest {
    @Test
    void everyMailGetsItsAnswer() throws IOException {
        var show = Demonstration.run();
        assertThat(
                        show.rows().stream()
                                .map(row ->
                                        String.join(
                                                " | ",
                                                row.mail(),
                                                row.identity(),
                                                row.spf(),
                                                row.dkim(),
                                                row.dmarc(),
                                                row.arc(),
                                                row.decision(),
                                                row.reason(),
                                                Integer.toString(row.removed()))))
                .containsExactly(
                        """
                        a newsletter, signed twice | shop.example | pass | pass+pass | pass | none | accept | dmarc-pass | 0
                        the same over IPv6 | shop.example | pass | pass+pass | pass | none | accept | dmarc-pass | 0
                        the same, changed on the way | shop.example | pass | fail+fail | pass | none | accept | dmarc-pass | 0
                        the bank | bank.example | pass | pass | pass | none | accept | dmarc-pass | 0
                        a thief in the bank's name | bank.example | none | none | fail | none | reject | dmarc-reject | 0
                        a thief with results of his own | bank.example | none | none | fail | none | reject | dmarc-reject | 1
                        the bank by a list we trust | bank.example | pass | pass+fail | fail | pass | accept | trusted-arc-sealer | 0
                        the bank by a list without seal | bank.example | pass | pass+fail | fail | none | junk | dmarc-reject-as-quarantine | 0
                        a name the club does not use | news.club.example | none | none | fail | none | reject | dmarc-reject | 0
                        a policy that is only a test | careful.example | none | none | fail | none | accept | dmarc-policy-none | 0
                        a name with its own letters | xn--r8jz45g.example | none | pass | pass | none | accept | dmarc-pass | 0
                        name servers that do not answer | lame.example | pass | none | temperror | none | accept | dns-trouble | 0
                        two authors |  | none | none | none | none | accept | no-single-author-domain | 0
                        a bounce, no envelope sender | mx.bank.example | pass | none | pass | none | accept | dmarc-pass | 0
                        the example of RFC 6376 §A.2 | football.example.com | none | pass | none | none | accept | no-dmarc-policy | 0
                        the example of RFC 8463 §A.3 | football.example.com | none | pass+pass | none | none | accept | no-dmarc-policy | 0
                        a real mail, sealed twice | stalw.art | none | pass+pass+fail | none | pass | accept | no-dmarc-policy | 0
                        """
                                .strip()
                                .split("\n"));
        assertThat(show.questions()).isPositive();
    }
}
