package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tayori.authentication.Authentication;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.MailAuthenticator;
import tayori.dkim.DkimResult;
import tayori.dkim.SignatureFacts;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.message.MessageHead;
import tayori.reputation.Identity;

class SenderIdentitiesTest {
    private static DkimResult verified(String domain, long octetsBeyond) {
        return new DkimResult.Pass(
                new SignatureFacts(
                        domain,
                        DomainName.parse(domain),
                        "@" + domain,
                        "s",
                        "ed25519-sha256",
                        "abcd",
                        OptionalInt.empty(),
                        false,
                        OptionalLong.empty(),
                        octetsBeyond,
                        Optional.empty(),
                        Optional.empty(),
                        List.of("from")),
                "verified");
    }

    /// A mail of nobody, but for its signatures.
    private static SenderIdentities signedBy(DkimResult... signatures) {
        var session =
                new MailAuthenticator(
                                ZoneDns.builder().build(),
                                InstantSource.fixed(Mx.NOW),
                                AuthenticationOptions.DEFAULTS)
                        .connect(InetAddress.ofLiteral("192.0.2.99"))
                        .mail("");
        session.head(new MessageHead(List.of()));
        var mail = session.finish();
        return SenderIdentities.of(
                new Authentication(
                        mail.client(),
                        mail.helo(),
                        mail.mailFrom(),
                        mail.author(),
                        mail.iprev(),
                        mail.spfOfHelo(),
                        mail.spf(),
                        List.of(signatures),
                        mail.arc(),
                        mail.dmarc(),
                        mail.senderId(),
                        mail.domainKeys(),
                        mail.bimi(),
                        mail.bodyOctets(),
                        mail.dnsQuestions()),
                Optional.empty());
    }

    @Test
    void howeverManySignNotMoreThanTheFirstAreCharged() {
        var sender =
                signedBy(
                        IntStream.range(0, 50)
                                .mapToObj(i -> verified("d" + i + ".example", 0))
                                .toArray(DkimResult[]::new));
        assertThat(sender.charged())
                .hasSize(SenderIdentities.MAX_SIGNERS)
                .contains(
                        Identity.dkim(DomainName.of("d0.example")),
                        Identity.dkim(DomainName.of("d2.example")));
        assertThat(sender.charged()).hasSizeLessThanOrEqualTo(SenderIdentities.MAX_CHARGED);
        assertThat(sender.responsible()).contains(Identity.dkim(DomainName.of("d0.example")));
    }

    @Test
    void rfc6376Section82ASignatureThatLeavesOctetsOutChargesNobody() {
        assertThat(signedBy(verified("shop.example", 1)).responsible())
                .contains(Identity.addressBlock(InetAddress.ofLiteral("192.0.2.99")));
    }
}
