package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.authentication.Authentication;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.MailAuthenticator;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

/// The rules, told as a postmaster would: who sends what from where, and what happens to it.
class DecisionRulesTest {
    private static final DecisionRules ENFORCING =
            new DecisionRules(
                    true,
                    Action.JUNK,
                    Action.REJECT,
                    Action.TEMPFAIL,
                    true,
                    true,
                    Action.REJECT,
                    Forwarders.NONE,
                    Set.of(),
                    Map.of());

    private static final ZoneDns ZONE =
            ZoneDns.builder()
                    .txt("shop.example", "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all")
                    .txt("_dmarc.shop.example", "v=DMARC1; p=reject")
                    .txt("bank.example", "v=spf1 ip4:192.0.2.20 -all")
                    .txt("_dmarc.bank.example", "v=DMARC1; p=reject")
                    .txt("club.example", "v=spf1 ip4:192.0.2.30 -all")
                    .txt("_dmarc.club.example", "v=DMARC1; p=quarantine")
                    .txt("calm.example", "v=spf1 ip4:192.0.2.31 -all")
                    .txt("_dmarc.calm.example", "v=DMARC1; p=none")
                    .txt("test.example", "v=spf1 -all")
                    .txt("_dmarc.test.example", "v=DMARC1; p=reject; t=y")
                    .txt("list.example", "v=spf1 ip4:192.0.2.40 ip6:2001:db8::40 -all")
                    .broken("_dmarc.lame.example", Trouble.SERVFAIL)
                    .name("lame.example")
                    .name("quiet.example")
                    .ptr("40.2.0.192.in-addr.arpa", "out.list.example")
                    .address("out.list.example", "192.0.2.40")
                    .ptr(
                            "0.4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                            "out6.list.example")
                    .address("out6.list.example", "2001:db8::40")
                    .build();

    private static Authentication mail(String client, String mailFrom, String... fields) {
        var authenticator =
                new MailAuthenticator(
                        ZONE,
                        InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z")),
                        AuthenticationOptions.DEFAULTS);
        var session = authenticator.connect(InetAddress.ofLiteral(client));
        session.helo("client.example");
        var mail = session.mail(mailFrom);
        var head = new ArrayList<HeaderField>();
        for (var field : fields) {
            head.add(HeaderField.ofRaw(field.getBytes(StandardCharsets.UTF_8)));
        }
        mail.head(new MessageHead(head));
        mail.body("Hello.\r\n".getBytes(StandardCharsets.US_ASCII), 0, 8);
        return mail.finish();
    }

    @ParameterizedTest(name = "From {2}, sent by {1} at {0}: {3}, because {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.10   | news@shop.example  | news@shop.example   | accept   | dmarc-pass
                    192.0.2.99   | thief@none.example | boss@bank.example   | reject   | dmarc-reject
                    192.0.2.40   | post@list.example  | boss@bank.example   | junk     | dmarc-reject-as-quarantine
                    192.0.2.99   | thief@none.example | us@club.example     | junk     | dmarc-quarantine
                    192.0.2.99   | thief@none.example | us@calm.example     | accept   | dmarc-policy-none
                    192.0.2.99   | thief@none.example | us@test.example     | junk     | dmarc-quarantine
                    192.0.2.99   | a@quiet.example    | a@quiet.example     | accept   | no-dmarc-policy
                    192.0.2.99   | a@lame.example     | a@lame.example      | tempfail | dns-trouble
                    2001:db8::10 | news@shop.example  | news@shop.example   | reject   | ipv6-without-reverse-dns
                    2001:db8::40 | x@quiet.example    | x@quiet.example     | reject   | ipv6-unauthenticated
                    2001:db8::40 | post@list.example  | post@list.example   | accept   | no-dmarc-policy
                    """)
    void enforced(String client, String mailFrom, String from, String action, String reason) {
        var decision = ENFORCING.decide(mail(client, mailFrom, "From: <" + from + ">"));
        assertThat(decision.action().keyword()).isEqualTo(action);
        assertThat(decision.advised()).isEqualTo(decision.action());
        assertThat(decision.reason().keyword()).isEqualTo(reason);
        assertThat(decision.evidence()).isNotEmpty();
    }

    @Test
    void labelOnlySaysWhatWouldHaveBeenDone() {
        var decision =
                DecisionRules.DEFAULTS.decide(
                        mail("192.0.2.99", "thief@none.example", "From: boss@bank.example"));
        assertThat(decision.action()).isEqualTo(Action.ACCEPT);
        assertThat(decision.advised()).isEqualTo(Action.JUNK);
        assertThat(decision.reason()).isEqualTo(Reason.DMARC_REJECT);
    }

    @Test
    void comeAgainWhenTheDnsAnswersIsNoJudgement() {
        var lame = mail("192.0.2.99", "a@lame.example", "From: a@lame.example");
        assertThat(DecisionRules.DEFAULTS.decide(lame).action()).isEqualTo(Action.ACCEPT);
        var labelling =
                new DecisionRules(
                        false,
                        Action.JUNK,
                        Action.REJECT,
                        Action.TEMPFAIL,
                        false,
                        false,
                        Action.REJECT,
                        Forwarders.NONE,
                        Set.of(),
                        Map.of());
        assertThat(labelling.decide(lame).action()).isEqualTo(Action.TEMPFAIL);
    }

    @Test
    void twoAuthorsAreOutsideOfDmarc() {
        var decision =
                ENFORCING.decide(
                        mail(
                                "192.0.2.99",
                                "thief@none.example",
                                "From: boss@bank.example",
                                "From: us@calm.example"));
        assertThat(decision.reason()).isEqualTo(Reason.NO_SINGLE_AUTHOR_DOMAIN);
        assertThat(decision.action()).isEqualTo(Action.ACCEPT);
    }

    @Test
    void aTrustedForwarderIsKnownByItsNetworkOrByItsProvenName() {
        var forwarded = mail("192.0.2.40", "post@list.example", "From: boss@bank.example");
        var byName = trusting(new Forwarders(List.of(), List.of(DomainName.of("list.example"))));
        var byNetwork =
                trusting(
                        new Forwarders(
                                List.of(Network.parse("192.0.2.32/27").orElseThrow()), List.of()));
        assertThat(byName.decide(forwarded).reason()).isEqualTo(Reason.TRUSTED_FORWARDER);
        assertThat(byNetwork.decide(forwarded).reason()).isEqualTo(Reason.TRUSTED_FORWARDER);
        var elsewhere = mail("192.0.2.99", "post@list.example", "From: boss@bank.example");
        assertThat(byName.decide(elsewhere).reason()).isEqualTo(Reason.DMARC_REJECT);
        assertThat(byNetwork.decide(elsewhere).reason()).isEqualTo(Reason.DMARC_REJECT);
    }

    private static DecisionRules trusting(Forwarders forwarders) {
        return new DecisionRules(
                true,
                Action.JUNK,
                Action.REJECT,
                Action.TEMPFAIL,
                false,
                false,
                Action.REJECT,
                forwarders,
                Set.of(),
                Map.of());
    }

    @Test
    void anOverrideForAuthenticatedMailIsNotForWhoeverWritesTheName() {
        var rules =
                new DecisionRules(
                        true,
                        Action.JUNK,
                        Action.REJECT,
                        Action.TEMPFAIL,
                        false,
                        false,
                        Action.REJECT,
                        Forwarders.NONE,
                        Set.of(),
                        Map.of(
                                DomainName.of("shop.example"),
                                new DecisionRules.SenderOverride(Action.HOLD, true, "under review"),
                                DomainName.of("quiet.example"),
                                new DecisionRules.SenderOverride(Action.REJECT, false, "spam")));
        var own = rules.decide(mail("192.0.2.10", "a@shop.example", "From: a@shop.example"));
        assertThat(own.reason()).isEqualTo(Reason.SENDER_OVERRIDE);
        assertThat(own.action()).isEqualTo(Action.HOLD);
        assertThat(own.evidence()).contains("under review");
        var forged = rules.decide(mail("192.0.2.99", "a@none.example", "From: a@shop.example"));
        assertThat(forged.reason()).isEqualTo(Reason.DMARC_REJECT);
        var below = rules.decide(mail("192.0.2.99", "a@none.example", "From: a@x.quiet.example"));
        assertThat(below.action()).isEqualTo(Action.REJECT);
    }
}
