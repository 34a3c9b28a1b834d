package tayori.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.dns.ZoneDns;
import tayori.lists.ListAnswer.Listed;
import tayori.lists.ListAnswer.NoAnswer;
import tayori.lists.ListAnswer.NotListed;
import tayori.lists.OutsideList.Meaning;
import tayori.lists.OutsideList.Subject;

class ListAnswersTest {
    private static final OutsideList LIST =
            new OutsideList(
                    "example",
                    DomainName.of("list.example"),
                    Set.of(Subject.DOMAIN),
                    List.of(
                            new Meaning(CodePattern.of("127.0.1.2"), "spam", 100),
                            new Meaning(CodePattern.of("127.0.1.102-105"), "abused", 40),
                            new Meaning(CodePattern.of("127.0.2-5.1-3"), "good", -60)),
                    true);

    @ParameterizedTest(name = "answer {0} reads as {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.1.2               | spam 100
                    127.0.1.104             | abused 40
                    127.0.3.2               | good -60
                    127.0.1.102,127.0.1.2   | spam 100
                    127.0.1.2,127.0.1.102   | spam 100
                    127.0.1.2,127.0.9.9     | spam 100
                    127.0.9.9               | none
                    127.255.255.252         | none
                    127.255.255.254         | none
                    127.0.1.2,127.255.255.1 | none
                    127.0.0.255             | none
                    127.0.0.1               | none
                    127.0.0.0               | none
                    192.0.2.1               | none
                    127.0.1.2,192.0.2.1     | none
                    """)
    void rfc5782Section21OnlyACodeWithAMeaningIsAListing(String codes, String expected) {
        var zone = ZoneDns.builder();
        for (var code : codes.split(",")) {
            zone.address("x.example.list.example", code);
        }
        String read =
                switch (ask(zone)) {
                    case Listed(_, var verdict, int weight, _) -> verdict + " " + weight;
                    case NoAnswer(var why) -> {
                        assertThat(why).isNotEmpty();
                        yield "none";
                    }
                    case NotListed _ -> "not listed";
                };
        assertThat(read).isEqualTo(expected);
    }

    private static ListAnswer ask(ZoneDns.Builder zone) {
        return ListAnswers.ask(zone.build(), LIST, DomainName.of("x.example.list.example"));
    }

    @Test
    void noNameAndNoDataAreNotListedTroubleIsNoAnswer() {
        assertThat(ask(ZoneDns.builder())).isEqualTo(new NotListed());
        assertThat(ask(ZoneDns.builder().name("x.example.list.example")))
                .isEqualTo(new NotListed());
        for (var trouble : Trouble.values()) {
            assertThat(ask(ZoneDns.builder().broken("x.example.list.example", trouble)))
                    .isInstanceOf(NoAnswer.class);
        }
    }

    @Test
    void theListsOwnWordsAreCut() throws Exception {
        var listed =
                ask(
                        ZoneDns.builder()
                                .address("x.example.list.example", "127.0.1.2")
                                .txt("x.example.list.example", "why ".repeat(100)));
        assertThat(listed)
                .isEqualTo(
                        new Listed(
                                java.util.Optional.of(InetAddress.ofLiteral("127.0.1.2")),
                                "spam",
                                100,
                                java.util.Optional.of("why ".repeat(50))));
    }

    @Test
    void moreCodesThanAreRead() {
        var zone = ZoneDns.builder();
        for (int i = 0; i < ListAnswers.MAX_CODES; i++) {
            zone.address("x.example.list.example", "127.0.9." + (i + 1));
        }
        assertThat(ask(zone.address("x.example.list.example", "127.0.1.2")))
                .isInstanceOf(NoAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127",
                "127.0.0",
                "127.0.0.1.2",
                "128.0.0.1",
                "126-127.0.0.1",
                "127.0.0.256",
                "127.0.3-2.1",
                "127.0.0.-1",
                "127.0.0.1-",
                "127.0.0.x",
                "127.0.0.0001",
                "127.0..1"
            })
    void noReturnCodes(String text) {
        assertThat(CodePattern.parse(text)).isEmpty();
    }

    @Test
    void patternsAreWrittenAsTheyAreRead() {
        assertThat(CodePattern.of("127.0.4-10.1-3")).hasToString("127.0.4-10.1-3");
        assertThat(CodePattern.of("127.0.4-4.2")).isEqualTo(CodePattern.of("127.0.4.2"));
    }

    @ParameterizedTest(name = "RFC 5782 §2.1, §2.4: {0} is asked as {1}")
    @CsvSource({
        "192.0.2.99, 99.2.0.192.list.example",
        "2001:db8:1:2:3:4:567:89ab,"
                + " b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.list.example"
    })
    void reversed(String address, String name) {
        assertThat(ListNames.of(InetAddress.ofLiteral(address), DomainName.of("list.example")))
                .contains(DomainName.of(name));
    }

    @Test
    void onlyAddressesAreReturnCodes() {
        var zone =
                ZoneDns.builder()
                        .record(
                                "x.example.list.example",
                                RecordType.A,
                                new tayori.dns.DnsRecord.Other("odd"));
        assertThat(ask(zone)).isInstanceOf(NoAnswer.class);
    }
}
