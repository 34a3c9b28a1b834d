package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DomainName;
import tayori.lists.ListAnswer;
import tayori.lists.ListFinding;
import tayori.reputation.Identity;
import tayori.reputation.Published;
import tayori.reputation.SenderClass;

class ReputationRulesTest {
    private static final DomainName SHOP = DomainName.of("shop.example");

    private static ReputationRules rules(int elsewhereLimit, int minScore, boolean exempts) {
        return new ReputationRules(
                Action.JUNK,
                Action.JUNK,
                Action.JUNK,
                elsewhereLimit,
                Action.JUNK,
                minScore,
                Action.JUNK,
                exempts,
                false);
    }

    private static SenderStanding standing(Optional<Published> published, int... weights) {
        return new SenderStanding(
                Optional.of(Identity.author(SHOP)),
                published,
                false,
                true,
                Arrays.stream(weights)
                        .mapToObj(weight ->
                                new ListFinding(
                                        "list",
                                        DomainName.of("list.example"),
                                        ListFinding.Kind.DOMAIN,
                                        SHOP.toString(),
                                        weight == 0
                                                ? new ListAnswer.NoAnswer("timeout")
                                                : new ListAnswer.Listed(
                                                        Optional.empty(),
                                                        "spam",
                                                        weight,
                                                        Optional.empty())))
                        .toList());
    }

    private static String judge(ReputationRules rules, SenderStanding standing) {
        return rules.judge(standing, new ArrayList<>())
                .map(verdict -> verdict.action().keyword() + " " + verdict.reason().keyword())
                .orElse("no say");
    }

    @ParameterizedTest(name = "weights {0}: {1}")
    @CsvSource({
        "100, junk listed-elsewhere",
        "99, no say",
        "60 40, junk listed-elsewhere",
        "100 -1, no say",
        "150 -50, junk listed-elsewhere",
        "-100, no say",
        "0 0 0, no say"
    })
    void theWordsOfListsAddUp(String weights, String expected) {
        int[] numbers = Arrays.stream(weights.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        assertThat(judge(rules(100, 0, true), standing(Optional.empty(), numbers)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, spared: {1}")
    @CsvSource({
        "REGISTERED, true, accept sender-whitelisted",
        "REGISTERED, false, junk listed-elsewhere",
        "ACCREDITED, true, accept sender-whitelisted",
        "PUBLIC_BODY, true, accept sender-whitelisted",
        "FORWARDER, true, junk listed-elsewhere"
    })
    void ourWhitelistOutweighsOtherPeoplesLists(
            SenderClass senderClass, boolean exempts, String expected) {
        var white = Optional.of(Senders.white("shop.example", senderClass));
        assertThat(judge(rules(100, 0, exempts), standing(white, 500))).isEqualTo(expected);
    }

    @Test
    void otherPeoplesWhitelistSparesALowScoreButNotAListingOfOurs() {
        var poor = Optional.of(Senders.scored("shop.example", 5));
        var rules = rules(100, 20, true);
        assertThat(judge(rules, standing(poor))).isEqualTo("junk low-score");
        assertThat(judge(rules, standing(poor, -100))).isEqualTo("accept sender-whitelisted");
        assertThat(judge(rules, standing(Optional.of(Senders.listed("shop.example")), -100)))
                .isEqualTo("junk sender-listed");
    }

    @Test
    void untouchedRulesFileWhatWeListAndLabelTheRest() {
        var rules = ReputationRules.DEFAULTS;
        assertThat(judge(rules, standing(Optional.of(Senders.listed("shop.example")))))
                .isEqualTo("junk sender-listed");
        assertThat(judge(rules, standing(Optional.empty(), 100)))
                .isEqualTo("accept listed-elsewhere");
        assertThat(judge(rules, standing(Optional.of(Senders.scored("shop.example", 1)))))
                .isEqualTo("no say");
        assertThat(rules.trustForwarders()).isFalse();
    }

    @Test
    void nothingIsKnown() {
        var evidence = new ArrayList<String>();
        assertThat(ReputationRules.DEFAULTS.judge(SenderStanding.UNKNOWN, evidence)).isEmpty();
        assertThat(evidence).isEmpty();
    }

    @Test
    void limitsThatMakeNoSense() {
        for (var bad : List.of(List.of(0, 0), List.of(100, -1), List.of(100, 101))) {
            assertThatThrownBy(() -> rules(bad.get(0), bad.get(1), true))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
