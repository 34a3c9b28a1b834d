package tayori.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;

class VbrTest {
    @ParameterizedTest(name = "RFC 5518 §4.1: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    md=example.com; mc=transaction; mv=certifier-a.example | example.com transaction [certifier-a.example]
                    MD = Example.COM ;mc= LIST;mv= a.example : b.example ; | example.com list [a.example, b.example]
                    mv=a.example;md=x.example;later=1;mc=all               | x.example all [a.example]
                    md=x.example;mc=all;mv=a.example::no..name:b.example   | x.example all [a.example, b.example]
                    md=x.example;mc=all                                    | none
                    md=x.example;mv=a.example                              | none
                    mc=all;mv=a.example                                    | none
                    md=x.example;mc=all;mv=                                | none
                    md=;mc=all;mv=a.example                                | none
                    md=x.example;mc=;mv=a.example                          | none
                    md=x.example;mc=a b;mv=a.example                       | none
                    md=x.example;mc=all;mv=a.example;md=y.example          | none
                    md=x.example;mc=all;mv=a.example;what                  | none
                    md=x..example;mc=all;mv=a.example                      | none
                    nothing                                                | none
                    """)
    void fields(String value, String expected) {
        assertThat(
                        VbrInfo.parse(value)
                                .map(info ->
                                        info.domain()
                                                + " "
                                                + info.content()
                                                + " "
                                                + info.certifiers())
                                .orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void aFieldIsReadWithinLimits() {
        String many =
                java.util.stream.IntStream.range(0, VbrInfo.MAX_CERTIFIERS + 5)
                        .mapToObj(i -> "c" + i + ".example")
                        .collect(Collectors.joining(":"));
        assertThat(VbrInfo.parse("md=x.example;mc=all;mv=" + many).orElseThrow().certifiers())
                .hasSize(VbrInfo.MAX_CERTIFIERS);
        String longest = "md=x.example;mc=all;mv=a.example;";
        String filled = longest + " ".repeat(VbrInfo.MAX_LENGTH - longest.length());
        assertThat(VbrInfo.parse(filled)).isPresent();
        assertThat(VbrInfo.parse(filled + " ")).isEmpty();
        assertThat(VbrInfo.parse("md=x.example;mv=a.example;mc=" + "a".repeat(VbrInfo.MAX_CONTENT)))
                .isPresent();
        assertThat(
                        VbrInfo.parse(
                                "md=x.example;mv=a.example;mc="
                                        + "a".repeat(VbrInfo.MAX_CONTENT + 1)))
                .isEmpty();
    }

    @ParameterizedTest(name = "RFC 5518 §5: asked for {0}, answered \"{1}\": {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    list        | list             | Listed
                    list        | list transaction | Listed
                    transaction | list transaction | Listed
                    anything    | all              | Listed
                    list        | transaction      | NotListed
                    all         | list             | NotListed
                    list        | LIST             | NotListed
                    list        | listing          | NotListed
                    list        | nothing there    | NotListed
                    """)
    void answers(String content, String words, String expected) {
        var dns = ZoneDns.builder().txt("x.example._vouch.certifier.example", words).build();
        assertThat(ask(dns, content).getClass().getSimpleName()).isEqualTo(expected);
    }

    private static ListAnswer ask(ZoneDns dns, String content) {
        return VbrAnswers.ask(
                dns,
                new ListsOptions.Certifier(DomainName.of("certifier.example"), -100),
                new VbrInfo(
                        DomainName.of("x.example"),
                        content,
                        List.of(DomainName.of("certifier.example"))));
    }

    @Test
    void exactlyOneRecord() {
        var two =
                ZoneDns.builder()
                        .txt("x.example._vouch.certifier.example", "all")
                        .txt("x.example._vouch.certifier.example", "list")
                        .build();
        assertThat(ask(two, "list")).isInstanceOf(ListAnswer.NoAnswer.class);
        var broken =
                ZoneDns.builder()
                        .broken("x.example._vouch.certifier.example", Trouble.TIMEOUT)
                        .build();
        assertThat(ask(broken, "list")).isInstanceOf(ListAnswer.NoAnswer.class);
        assertThat(ask(ZoneDns.builder().build(), "list")).isEqualTo(new ListAnswer.NotListed());
    }
}
