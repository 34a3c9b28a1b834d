package tayori.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.lists.CodePattern;
import tayori.lists.ListsOptions;
import tayori.lists.OutsideList;
import tayori.lists.OutsideList.Meaning;
import tayori.lists.OutsideList.Subject;
import tayori.lists.OutsideLists;
import tayori.message.HeadLimits;
import tayori.milter.client.MilterResult;

/// What other people's lists say, in the decision and in the header.
class InboundListsTest {
    private static final String RESULTS = "Authentication-Results";
    private static final String DECISION = "Tayori-Decision";
    private static final String NEWS = "From: news@shop.example\n\nHello.\n";

    private static OutsideList list(
            String name, String zone, Subject subject, String codes, String verdict, int weight) {
        return new OutsideList(
                name,
                DomainName.of(zone),
                Set.of(subject),
                List.of(new Meaning(CodePattern.of(codes), verdict, weight)),
                true);
    }

    private static final OutsideList DNSBL =
            list("dnsbl", "dnsbl.example", Subject.IPV4, "127.0.0.2", "spam", 100);
    private static final OutsideList DNSWL =
            list("dnswl", "dnswl.example", Subject.IPV4, "127.0.2-20.1-3", "trusted", -40);
    private static final OutsideList DBL =
            list("dbl", "dbl.example", Subject.DOMAIN, "127.0.1.2-105", "spam", 120);
    private static final OutsideList DEAD =
            list("dead", "dead.example", Subject.IPV4, "127.0.0.2", "spam", 1_000);

    private static OutsideLists lists(OutsideList... all) {
        return OutsideLists.start(
                ListsOptions.DEFAULTS.asking(
                        List.of(all),
                        List.of(
                                new ListsOptions.Certifier(
                                        DomainName.of("certifier.example"), -100))),
                Mx.ZONE,
                new Random(1));
    }

    private static Mx mx(OutsideLists lists, DecisionRules rules) throws IOException {
        return Mx.with(
                new ReceiverOptions(
                        Mx.NAME, List.of(), HeadLimits.DEFAULTS, List.of(), false, rules),
                new Surroundings(
                        Optional.empty(),
                        Optional.of(lists),
                        Optional.empty(),
                        ConsentBook.EVERYBODY,
                        InstantSource.fixed(Mx.NOW)));
    }

    private static MilterResult send(Mx mx, String client, String from, String more)
            throws IOException {
        return mx.send(client, from, more + "From: " + from + "\n\nHello.\n");
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.20 | boss@bank.example | accept; reason=listed-elsewhere | x-dns-list=fail (192.0.2.20 on dnsbl: spam) dns.zone=dnsbl.example policy.ip=127.0.0.2
                    192.0.2.20 | boss@bank.example | accept; reason=listed-elsewhere | x-dns-list=fail (bank.example on dbl: spam) dns.zone=dbl.example policy.ip=127.0.1.2
                    192.0.2.10 | news@shop.example | accept; reason=dmarc-pass       | dnswl=pass (192.0.2.10 on dnswl: trusted) dns.zone=dnswl.example policy.ip=127.0.10.3 policy.txt="shop.example https://dnswl.example/7"
                    192.0.2.99 | a@quiet.example   | accept; reason=no-dmarc-policy  | dmarc=none
                    192.0.2.99 | boss@bank.example | accept; advised=reject; reason=dmarc-reject | dmarc=fail
                    """)
    void weightsAddUpAndTheHeaderSaysWho(
            String client, String from, String decision, String results) throws IOException {
        try (var lists = lists(DNSBL, DNSWL, DBL, DEAD)) {
            await().until(() -> lists.statistics().working() == 4);
            var defaults = DecisionRules.DEFAULTS;
            try (var mx =
                    mx(
                            lists,
                            new DecisionRules(
                                    false,
                                    Action.JUNK,
                                    Action.REJECT,
                                    Action.ACCEPT,
                                    false,
                                    false,
                                    Action.REJECT,
                                    defaults.trustedForwarders(),
                                    defaults.trustedSealers(),
                                    defaults.overrides()))) {
                var result = send(mx, client, from, "");
                assertThat(Mx.values(result, DECISION).getFirst()).startsWith(decision);
                assertThat(result.added(RESULTS).getFirst().replace("\t", " ")).contains(results);
                assertThat(result.added(RESULTS).getFirst())
                        .as("nobody is named a bad sender for what others write in his name")
                        .satisfies(value -> {
                            if (client.equals("192.0.2.99")) {
                                assertThat(value).doesNotContain("dbl.example");
                            }
                        });
            }
            assertThat(lists.statistics()).isEqualTo(new OutsideLists.Statistics(4, 1, 1));
        }
    }

    @Test
    void aSignerIsAskedAboutWhoeverIsTheAuthor() throws IOException {
        try (var lists = lists(DBL)) {
            await().until(() -> lists.statistics().working() == 2);
            try (var mx = mx(lists, DecisionRules.DEFAULTS)) {
                var result =
                        mx.send(
                                "192.0.2.99",
                                "a@quiet.example",
                                Mx.signedByShop("From: a@quiet.example\n\nHello.\n"));
                assertThat(result.added(RESULTS).getFirst()).contains("shop.example on dbl: spam");
                assertThat(Mx.values(result, DECISION).getFirst())
                        .startsWith("accept; reason=listed-elsewhere");
            }
        }
    }

    @Test
    void aListWithoutTestEntriesIsNeverAsked() throws IOException {
        try (var lists = lists(DEAD)) {
            await().until(() -> lists.statistics().failedChecks() == 1);
            try (var mx = mx(lists, DecisionRules.DEFAULTS)) {
                var result = send(mx, "192.0.2.20", "boss@bank.example", "");
                assertThat(result.added(RESULTS).getFirst()).doesNotContain("dead");
            }
        }
    }

    @ParameterizedTest(name = "RFC 5518, RFC 6212: {0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    md=shop.example; mc=list; mv=other.example:certifier.example | vbr=pass header.md=shop.example header.mv=certifier.example
                    md=shop.example; mc=advert; mv=certifier.example             | vbr=fail header.md=shop.example header.mv=certifier.example
                    md=bank.example; mc=list; mv=certifier.example               | -
                    md=shop.example; mc=list; mv=other.example                   | -
                    nonsense                                                     | -
                    """)
    void aCertifiersWordIsAboutTheSigner(String field, String expected) throws IOException {
        try (var lists = lists()) {
            await().until(() -> lists.statistics().working() == 1);
            try (var mx = mx(lists, DecisionRules.DEFAULTS)) {
                var result =
                        mx.send(
                                "192.0.2.10",
                                "news@shop.example",
                                "VBR-Info: " + field + "\n" + Mx.signedByShop(NEWS));
                String results = result.added(RESULTS).getFirst().replace("\t", " ");
                if (expected.equals("-")) {
                    assertThat(results).doesNotContain("vbr");
                } else {
                    assertThat(results).contains(expected);
                }
                var unsigned =
                        mx.send(
                                "192.0.2.10",
                                "news@shop.example",
                                "VBR-Info: " + field + "\n" + NEWS);
                assertThat(unsigned.added(RESULTS).getFirst()).doesNotContain("vbr");
            }
        }
    }

    /// A list that hangs costs a mail the time limit, and no verdict.
    @Test
    void aListThatDoesNotAnswerIsNoVerdict() throws IOException {
        var never = new CountDownLatch(1);
        Dns hanging =
                (name, type) -> {
                    if (name.toString().equals("99.2.0.192.dnsbl.example")) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return Mx.ZONE.query(name, type);
                };
        var options =
                new ListsOptions(
                        List.of(DNSBL),
                        List.of(),
                        Duration.ofMillis(50),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
        try (var lists = OutsideLists.start(options, Mx.ZONE, new Random(1))) {
            await().until(() -> lists.statistics().working() == 1);
            var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
            var questions =
                    lists.begin(
                            java.net.InetAddress.ofLiteral("192.0.2.99"),
                            question -> pool.submit(() -> question.apply(hanging)));
            assertThat(questions.finish(Set.of(), Set.of()))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.words())
                                    .isEqualTo("no answer from dnsbl: no answer within 0.05 s"));
            pool.shutdownNow();
        } finally {
            never.countDown();
        }
    }
}
