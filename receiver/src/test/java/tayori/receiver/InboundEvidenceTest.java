package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.message.HeadLimits;
import tayori.milter.EnvelopeAddress;
import tayori.milter.client.MailEnvelope;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;

/// What one mail counts for, and for whom.
class InboundEvidenceTest {
    private static final String SHOP = "192.0.2.10";
    private static final String STRANGER = "192.0.2.99";

    private static final class Provider implements AutoCloseable {
        final List<EvidenceBatch> batches = new ArrayList<>();
        final EvidenceCollector collector;
        final Mx mx;

        Provider(DecisionRules rules, boolean trapsAreDeliveries) throws IOException {
            collector =
                    EvidenceCollector.start(
                            new EvidenceOptions(
                                    "isp.example",
                                    "mx1",
                                    Duration.ofDays(1),
                                    Duration.ofSeconds(5),
                                    100,
                                    2,
                                    Set.of("Trap@isp.example"),
                                    trapsAreDeliveries),
                            batches::add,
                            InstantSource.fixed(Mx.NOW));
            mx =
                    Mx.with(
                            new ReceiverOptions(
                                    Mx.NAME,
                                    List.of(),
                                    HeadLimits.DEFAULTS,
                                    List.of(Network.parse("192.0.2.200/32").orElseThrow()),
                                    false,
                                    rules),
                            new Surroundings(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(collector),
                                    ConsentBook.EVERYBODY,
                                    InstantSource.fixed(Mx.NOW)));
        }

        void send(String client, String mailFrom, String message, String... recipients)
                throws IOException {
            mx.send(client, MailEnvelope.of(mailFrom, recipients), message);
        }

        /// `kind:subject {counts}`, sorted.
        String seen() {
            collector.flush();
            return batches.stream()
                    .flatMap(batch -> batch.evidence().stream())
                    .peek(evidence ->
                            assertThat(evidence.hour()).isEqualTo(Evidence.hourOf(Mx.NOW)))
                    .map(evidence -> evidence.identity() + " " + evidence.counts())
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        @Override
        public void close() throws IOException {
            mx.close();
            collector.close();
        }
    }

    @ParameterizedTest(name = "From {2}, sent by {1} at {0}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    192.0.2.10   | news@shop.example      | news@shop.example      | author:shop.example {MESSAGES=1}, spf:shop.example {MESSAGES=1}
                    192.0.2.10   | news@shop.example      | a@x.shop.example       | author:shop.example {MESSAGES=1}, author:x.shop.example {MESSAGES=1}, spf:shop.example {MESSAGES=1}
                    192.0.2.10   | news@news.shop.example | a@news.shop.example    | author:news.shop.example {MESSAGES=1}, author:shop.example {MESSAGES=1}, spf:news.shop.example {MESSAGES=1}
                    192.0.2.99   | thief@no.example       | boss@bank.example      | address-block:192.0.2.0/24 {MESSAGES=1}, author:bank.example {AUTH_FAILED=1}
                    192.0.2.40   | post@list.example      | boss@bank.example      | author:bank.example {AUTH_FAILED=1}, spf:list.example {MESSAGES=1}
                    192.0.2.99   | thief@no.example       | a@news.shop.example    | address-block:192.0.2.0/24 {MESSAGES=1}, author:news.shop.example {AUTH_FAILED=1}, author:shop.example {AUTH_FAILED=1}
                    192.0.2.40   | post@list.example      | a@quiet.example        | spf:list.example {MESSAGES=1}
                    192.0.2.99   | a@quiet.example        | a@quiet.example        | address-block:192.0.2.0/24 {MESSAGES=1}
                    2001:db8::99 | a@quiet.example        | a@quiet.example        | address-block:2001:db8:0:0:0:0:0:0/64 {MESSAGES=1}
                    192.0.2.10   | ``                     | bounce@shop.example    | author:shop.example {MESSAGES=1}, spf:mail.shop.example {MESSAGES=1}
                    192.0.2.99   | a@lame.example         | a@lame.example         | ``
                    192.0.2.200  | news@shop.example      | news@shop.example      | ``
                    """)
    void whoIsChargedForWhat(String client, String mailFrom, String from, String expected)
            throws IOException {
        try (var provider = new Provider(DecisionRules.DEFAULTS, false)) {
            provider.send(client, mailFrom, "From: " + from + "\n\nHello.\n", "reader@isp.example");
            assertThat(provider.seen()).isEqualTo(expected);
        }
    }

    @Test
    void aSignerIsChargedWhoeverHandsTheMailOver() throws IOException {
        try (var provider = new Provider(DecisionRules.DEFAULTS, false)) {
            provider.send(
                    STRANGER,
                    "a@quiet.example",
                    Mx.signedByShop("From: news@shop.example\n\nHello.\n"),
                    "reader@isp.example");
            assertThat(provider.seen())
                    .isEqualTo("author:shop.example {MESSAGES=1}, dkim:shop.example {MESSAGES=1}");
        }
    }

    @ParameterizedTest(name = "to {0}, traps are deliveries: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    trap@isp.example                    | false | {TRAPS=1}
                    trap@isp.example                    | true  | {MESSAGES=1, TRAPS=1}
                    TRAP@isp.example reader@isp.example | false | {MESSAGES=1, TRAPS=1}
                    reader@isp.example                  | false | {MESSAGES=1}
                    """)
    void trapsAreNoReaders(String recipients, boolean deliveries, String counts)
            throws IOException {
        try (var provider = new Provider(DecisionRules.DEFAULTS, deliveries)) {
            provider.send(
                    STRANGER,
                    "a@quiet.example",
                    "From: a@quiet.example\n\nHello.\n",
                    recipients.split(" ", -1));
            assertThat(provider.seen()).isEqualTo("address-block:192.0.2.0/24 " + counts);
        }
    }

    @ParameterizedTest(name = "a spoof that gets {0} counts {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ACCEPT   | address-block:192.0.2.0/24 {MESSAGES=1}, author:bank.example {AUTH_FAILED=1}
                    HOLD     | address-block:192.0.2.0/24 {MESSAGES=1}, author:bank.example {AUTH_FAILED=1}
                    REJECT   | author:bank.example {AUTH_FAILED=1}
                    TEMPFAIL | ``
                    """)
    void whatNobodyCanComplainAboutIsNoMessage(Action action, String expected) throws IOException {
        var defaults = DecisionRules.DEFAULTS;
        var rules =
                new DecisionRules(
                        true,
                        action,
                        action,
                        Action.ACCEPT,
                        false,
                        false,
                        Action.REJECT,
                        defaults.trustedForwarders(),
                        defaults.trustedSealers(),
                        defaults.overrides());
        try (var provider = new Provider(rules, false)) {
            provider.send(
                    STRANGER,
                    "thief@no.example",
                    "From: boss@bank.example\n\nPay.\n",
                    "reader@isp.example");
            assertThat(provider.seen()).isEqualTo(expected);
        }
    }

    @Test
    void whatATrustedForwarderBreaksIsNotTheAuthorsFault() throws IOException {
        var defaults = DecisionRules.DEFAULTS;
        var rules =
                new DecisionRules(
                        false,
                        Action.JUNK,
                        Action.REJECT,
                        Action.ACCEPT,
                        false,
                        false,
                        Action.REJECT,
                        new Forwarders(
                                List.of(Network.parse("192.0.2.40/32").orElseThrow()), List.of()),
                        defaults.trustedSealers(),
                        defaults.overrides());
        try (var provider = new Provider(rules, false)) {
            provider.send(
                    "192.0.2.40",
                    "post@list.example",
                    "From: boss@bank.example\n\nHello.\n",
                    "reader@isp.example");
            assertThat(provider.seen()).isEqualTo("spf:list.example {MESSAGES=1}");
        }
    }

    @Test
    void usersOfOurOwnGiveNoEvidence() throws IOException {
        try (var provider = new Provider(DecisionRules.DEFAULTS, false)) {
            provider.mx.send(
                    SHOP,
                    new MailEnvelope(
                            "4Q1",
                            new EnvelopeAddress("news@shop.example"),
                            List.of(),
                            List.of(new EnvelopeAddress("reader@isp.example")),
                            java.util.Map.of("{auth_authen}", "hanako")),
                    "From: news@shop.example\n\nHello.\n");
            assertThat(provider.seen()).isEmpty();
        }
    }
}
