package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.message.HeadLimits;
import tayori.milter.EnvelopeAddress;
import tayori.milter.client.MailEnvelope;
import tayori.milter.client.MilterResult;
import tayori.milter.client.MilterResult.Verdict;

/// A mail has one header and one answer for all its recipients; each of them has a will of his own.
class InboundConsentTest {
    private static final String STRANGER = "192.0.2.99";
    private static final String PHISH = "From: boss@bank.example\n\nPay.\n";

    private static Mx mx(Action onReject, Optional<JunkAddress> junk) throws IOException {
        var rules =
                new DecisionRules(
                        true,
                        Action.JUNK,
                        onReject,
                        Action.TEMPFAIL,
                        false,
                        false,
                        Action.REJECT,
                        Forwarders.NONE,
                        Set.of(),
                        Map.of());
        return Mx.with(
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        new HeadLimits(10_000, 1_000, 20),
                        List.of(),
                        false,
                        rules,
                        junk,
                        Optional.empty()),
                new Surroundings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new ConsentList(
                                false, Set.of("yes@isp.example", "also@isp.example"), Set.of()),
                        InstantSource.fixed(Mx.NOW)));
    }

    private static MilterResult phish(Mx mx, String recipients) throws IOException {
        return mx.send(
                STRANGER, MailEnvelope.of("thief@no.example", recipients.split(" ", -1)), PHISH);
    }

    @ParameterizedTest(name = "{0} advised, to {1}: {2}, {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REJECT | yes@isp.example                  | REPLY  | -                                     | -
                    REJECT | yes@isp.example also@isp.example | REPLY  | -                                     | -
                    REJECT | no@isp.example                   | ACCEPT | no@isp.example                        | accept; advised=reject
                    REJECT | yes@isp.example no@isp.example   | ACCEPT | no@isp.example yes+Junk@isp.example   | accept; advised=reject
                    REJECT | no@isp.example yes+a@isp.example | ACCEPT | no@isp.example yes+Junk@isp.example   | accept; advised=reject
                    JUNK   | yes@isp.example also@isp.example | ACCEPT | yes@isp.example also@isp.example      | junk; reason
                    JUNK   | yes@isp.example no@isp.example   | ACCEPT | no@isp.example yes+Junk@isp.example   | accept; advised=junk
                    JUNK   | no@isp.example other@isp.example | ACCEPT | no@isp.example other@isp.example      | accept; advised=junk
                    HOLD   | yes@isp.example no@isp.example   | ACCEPT | no@isp.example yes+Junk@isp.example   | accept; advised=hold
                    TEMPFAIL | yes@isp.example no@isp.example | ACCEPT | no@isp.example yes+Junk@isp.example   | accept; advised=tempfail
                    """)
    void eachRecipientByHisOwnWill(
            Action advised, String recipients, Verdict verdict, String afterwards, String label)
            throws IOException {
        try (var mx = mx(advised, Optional.of(new JunkAddress('+', "Junk", Set.of())))) {
            var result = phish(mx, recipients);
            assertThat(result.verdict()).isEqualTo(verdict);
            assertThat(result.quarantine()).isEmpty();
            if (verdict == Verdict.ACCEPT) {
                assertThat(result.recipients().stream().map(EnvelopeAddress::text).toList())
                        .containsExactly(afterwards.split(" ", -1));
                assertThat(Mx.values(result, "Tayori-Decision"))
                        .singleElement()
                        .asString()
                        .startsWith(label)
                        .contains("reason=dmarc-reject");
                assertThat(new String(result.message().octets(), StandardCharsets.UTF_8))
                        .doesNotContain("yes@", "no@");
            }
        }
    }

    @Test
    void withoutSubAddressesAMailThatDividesItsRecipientsIsLabelledOnly() throws IOException {
        try (var log = new LogLines();
                var mx = mx(Action.REJECT, Optional.empty())) {
            var result = phish(mx, "yes@isp.example no@isp.example");
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(result.recipients()).hasSize(2);
            assertThat(log.lines().getFirst().get("evidence"))
                    .contains("1 of 2 recipients agreed to filtering, filed for 0")
                    .doesNotContain("isp.example");
        }
    }

    @Test
    void whereTheMtaNamesNoRecipientNobodyAgreed() throws IOException {
        try (var mx = mx(Action.REJECT, Optional.empty())) {
            var result = mx.send(STRANGER, MailEnvelope.of("thief@no.example"), PHISH);
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void toComeAgainWhenTheDnsAnswersNeedsNoConsent() throws IOException {
        try (var mx = mx(Action.REJECT, Optional.empty())) {
            var result =
                    mx.send(
                            STRANGER,
                            MailEnvelope.of("a@lame.example", "no@isp.example"),
                            "From: a@lame.example\n\nHello.\n");
            assertThat(result.text()).startsWith("451 4.4.3 DNS trouble");
        }
    }

    @Test
    void aHeadTooLargeIsRefusedOnlyToThoseWhoAgreed() throws IOException {
        try (var mx = mx(Action.REJECT, Optional.empty())) {
            String large = "X: y\n".repeat(30) + PHISH;
            assertThat(
                            mx.send(
                                            STRANGER,
                                            MailEnvelope.of("thief@no.example", "no@isp.example"),
                                            large)
                                    .verdict())
                    .isEqualTo(Verdict.ACCEPT);
            assertThat(
                            mx.send(
                                            STRANGER,
                                            MailEnvelope.of("thief@no.example", "yes@isp.example"),
                                            large)
                                    .text())
                    .startsWith("552 5.3.4");
        }
    }
}
