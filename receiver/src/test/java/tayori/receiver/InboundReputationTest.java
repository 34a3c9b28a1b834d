package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.message.HeadLimits;
import tayori.milter.client.MilterResult;
import tayori.milter.client.MilterResult.Verdict;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;
import tayori.reputation.SenderClass;

/// Who is known for what, and what becomes of their mail.
class InboundReputationTest {
    private static final String REPUTATION = "Tayori-Reputation";
    private static final String DECISION = "Tayori-Decision";
    private static final String SHOP = "192.0.2.10";
    private static final String STRANGER = "192.0.2.99";

    /// Acts on everything that reputation says.
    private static final ReputationRules STRICT =
            new ReputationRules(
                    Action.REJECT,
                    Action.REJECT,
                    Action.JUNK,
                    100,
                    Action.TEMPFAIL,
                    20,
                    Action.JUNK,
                    true,
                    true);

    private static Mx mx(DecisionRules rules, Published... entries) throws IOException {
        return mx(rules, Senders.view(entries));
    }

    private static Mx mx(DecisionRules rules, ReputationView view) throws IOException {
        return Mx.with(
                new ReceiverOptions(
                        Mx.NAME,
                        List.of(),
                        HeadLimits.DEFAULTS,
                        List.of(),
                        false,
                        rules,
                        Optional.empty(),
                        Optional.of("https://postmaster.receiver.example/")),
                new Surroundings(
                        Optional.of(view),
                        Optional.empty(),
                        Optional.empty(),
                        ConsentBook.EVERYBODY,
                        InstantSource.fixed(Mx.NOW)));
    }

    private static MilterResult news(Mx mx) throws IOException {
        return mx.send(SHOP, "news@shop.example", "From: news@shop.example\n\nHello.\n");
    }

    private static Published entry(String what, String subject) {
        return switch (what) {
            case "listed" -> Senders.listed(subject);
            case "poor" -> Senders.scored(subject, 19);
            case "fair" -> Senders.scored(subject, 20);
            case "young" -> Senders.young(subject, 0);
            case "white" -> Senders.white(subject, SenderClass.REGISTERED);
            case "forwarder" -> Senders.white(subject, SenderClass.FORWARDER);
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest(name = "{1} is {0}; from {2} in the name of {4}: {5}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    listed    | shop.example  | 192.0.2.10 | news@shop.example | news@shop.example | reject; reason=sender-listed
                    poor      | shop.example  | 192.0.2.10 | news@shop.example | news@shop.example | junk; reason=low-score
                    fair      | shop.example  | 192.0.2.10 | news@shop.example | news@shop.example | accept; reason=dmarc-pass
                    young     | shop.example  | 192.0.2.10 | news@shop.example | news@shop.example | tempfail; reason=beyond-allowance
                    white     | shop.example  | 192.0.2.10 | news@shop.example | news@shop.example | accept; reason=dmarc-pass
                    listed    | bank.example  | 192.0.2.10 | news@shop.example | news@shop.example | accept; reason=dmarc-pass
                    listed    | list.example  | 192.0.2.40 | post@list.example | a@quiet.example   | reject; reason=sender-listed
                    white     | bank.example  | 192.0.2.99 | thief@no.example  | boss@bank.example | reject; reason=dmarc-reject
                    forwarder | bank.example  | 192.0.2.99 | thief@no.example  | boss@bank.example | reject; reason=dmarc-reject
                    white     | list.example  | 192.0.2.40 | post@list.example | boss@bank.example | hold; reason=dmarc-reject-as-quarantine
                    forwarder | list.example  | 192.0.2.40 | post@list.example | boss@bank.example | accept; reason=whitelisted-forwarder
                    listed    | 192.0.2.0/24  | 192.0.2.99 | a@quiet.example   | a@quiet.example   | reject; reason=address-block-listed
                    listed    | 192.0.2.0/24  | 192.0.2.10 | news@shop.example | news@shop.example | accept; reason=dmarc-pass
                    listed    | quiet.example | 192.0.2.99 | a@quiet.example   | a@quiet.example   | accept; reason=no-dmarc-policy
                    """)
    void decisions(
            String what,
            String subject,
            String client,
            String mailFrom,
            String from,
            String expected)
            throws IOException {
        try (var log = new LogLines();
                var mx = mx(Mx.ENFORCING.with(STRICT), entry(what, subject))) {
            mx.send(client, mailFrom, "From: " + from + "\n\nHello.\n");
            var line = log.lines().getFirst();
            assertThat(line.get("action") + "; reason=" + line.get("reason")).isEqualTo(expected);
        }
    }

    @Test
    void untouchedRulesOnlyLabel() throws IOException {
        try (var mx = mx(DecisionRules.DEFAULTS, Senders.listed("shop.example"))) {
            var result = news(mx);
            assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(Mx.values(result, DECISION).getFirst())
                    .startsWith("accept; advised=junk; reason=sender-listed");
        }
    }

    @Test
    void aWhitelistedForwarderIsBelievedOnlyWhereTheOperatorSaysSo() throws IOException {
        try (var mx = mx(Mx.ENFORCING, entry("forwarder", "list.example"))) {
            var result =
                    mx.send("192.0.2.40", "post@list.example", "From: boss@bank.example\n\nx\n");
            assertThat(Mx.values(result, DECISION).getFirst())
                    .startsWith("hold; reason=dmarc-reject-as-quarantine");
        }
    }

    @Test
    void aYoungDomainHasItsDailyAllowance() throws IOException {
        try (var mx = mx(Mx.ENFORCING.with(STRICT), Senders.young("shop.example", 2))) {
            assertThat(Mx.values(news(mx), REPUTATION).getFirst()).endsWith("young=yes");
            assertThat(news(mx).verdict()).isEqualTo(Verdict.ACCEPT);
            assertThat(news(mx).text())
                    .isEqualTo(
                            "451 4.7.1 Too many messages today for a sender this new; id 4TAYORI0001;"
                                    + " see https://postmaster.receiver.example/");
        }
    }

    @Test
    void aWhitelistedDomainMayBeYoung() throws IOException {
        var both =
                Senders.entry(
                        "shop.example",
                        null,
                        new Published.White(SenderClass.ACCREDITED, 3, true, true),
                        0,
                        OptionalInt.empty());
        try (var mx = mx(Mx.ENFORCING.with(STRICT), both)) {
            assertThat(Mx.values(news(mx), DECISION).getFirst())
                    .startsWith("accept; reason=sender-whitelisted");
        }
    }

    @Test
    void whatARefusedSenderIsToldDoesNotTellOurNumbers() throws IOException {
        try (var log = new LogLines();
                var mx = mx(Mx.ENFORCING.with(STRICT), Senders.listed("shop.example"))) {
            assertThat(news(mx).text())
                    .isEqualTo(
                            "550 5.7.1 Message refused for the reputation of its sender;"
                                    + " id 4TAYORI0001; see https://postmaster.receiver.example/");
            assertThat(log.lines().getFirst().get("evidence"))
                    .contains(
                            "shop.example: listed for spam, score 3 of 100, complaint rate 1.80 %"
                                    + " of 4120 messages, confidence 0.93");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fair      | shop.example; identity=author; score=20; listed=no; white=no; young=no
                    listed    | shop.example; identity=author; score=3; listed=spam; white=no; young=no
                    white     | shop.example; identity=author; score=87; listed=no; white=registered/2; young=no
                    forwarder | shop.example; identity=author; score=87; listed=no; white=forwarder/2; young=no
                    young     | shop.example; identity=author; score=none; listed=no; white=no; young=over
                    """)
    void theField(String what, String expected) throws IOException {
        try (var mx = mx(DecisionRules.DEFAULTS, entry(what, "shop.example"))) {
            assertThat(Mx.values(news(mx), REPUTATION))
                    .singleElement()
                    .asString()
                    .satisfies(value ->
                            assertThat(value.replace("\n", "").replace("\r", ""))
                                    .isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.99", "2001:db8::99"})
    void nobodyVouches(String client) throws IOException {
        try (var mx = mx(DecisionRules.DEFAULTS, ReputationView.EMPTY)) {
            var result = mx.send(client, "a@quiet.example", "From: a@quiet.example\n\nHello.\n");
            assertThat(result.added(REPUTATION).getFirst())
                    .isEqualTo(
                            (client.contains(":") ? "2001:db8:0:0:0:0:0:0/64" : "192.0.2.0/24")
                                    + "; identity=address-block; score=none; listed=no; white=no;"
                                    + " young=no");
        }
    }

    @Test
    void whereTheDnsWillNotSayWhoItIsNobodyIsBlamed() throws IOException {
        try (var mx = mx(DecisionRules.DEFAULTS, Senders.listed("192.0.2.0/24"))) {
            var result = mx.send(STRANGER, "a@lame.example", "From: a@lame.example\n\nHello.\n");
            assertThat(result.added(REPUTATION).getFirst())
                    .startsWith("unknown; identity=none; score=none; listed=no");
        }
    }

    @Test
    void whatIsTooOldIsNotBelieved() throws IOException {
        var listed = Senders.listed("shop.example");
        var stale =
                new Published(
                        listed.subject(),
                        true,
                        listed.listed(),
                        listed.white(),
                        0,
                        -1,
                        listed.score(),
                        0,
                        0,
                        0,
                        false,
                        false,
                        Mx.NOW.minus(Duration.ofSeconds(1)));
        try (var mx = mx(Mx.ENFORCING.with(STRICT), stale)) {
            assertThat(Mx.values(news(mx), DECISION).getFirst())
                    .startsWith("accept; reason=dmarc-pass");
        }
    }

    @Test
    void reputationsThatWeDidNotLookUpAreRemoved() throws IOException {
        String forged =
                """
                Tayori-Reputation: shop.example; white=registered/3
                TAYORI-REPUTATION: shop.example
                """;
        try (var mx = mx(DecisionRules.DEFAULTS, ReputationView.EMPTY);
                var without = Mx.labelling()) {
            var result =
                    mx.send(STRANGER, "a@quiet.example", forged + "From: a@quiet.example\n\nx\n");
            assertThat(result.deleted()).hasSize(2);
            assertThat(Mx.values(result, REPUTATION)).hasSize(1);
            var unlabelled =
                    without.send(
                            STRANGER, "a@quiet.example", forged + "From: a@quiet.example\n\nx\n");
            assertThat(Mx.values(unlabelled, REPUTATION)).isEmpty();
        }
    }
}
