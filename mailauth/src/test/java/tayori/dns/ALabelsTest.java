package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ALabelsTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    example.org              | example.org
                    Bücher.Example           | xn--bcher-kva.example
                    straße.example           | xn--strae-oqa.example
                    STRAẞE.example           | xn--strae-oqa.example
                    βόλος.com                | xn--nxasmm1c.com
                    例え。テスト              | xn--r8jz45g.xn--zckzah
                    ＥＸＡＭＰＬＥ．ｊｐ         | example.jp
                    日本語｡ｊｐ               | xn--wgv71a119e.jp
                    _dmarc.bücher.example.   | _dmarc.xn--bcher-kva.example
                    xn--bcher-kva.bücher.de  | xn--bcher-kva.xn--bcher-kva.de
                    إختبار.example            | xn--kgbechtv.example
                    l·l.cat                  | xn--ll-0ea.cat
                    """)
    void toTheDns(String text, String expected) {
        assertThat(ALabels.toDomainName(text)).contains(DomainName.of(expected));
    }

    @Test
    void joinersStayAndLeadBack() { // RFC 5892 appendix A.1
        String text = "بی\u200cبی\u200cسی.com";
        var name = ALabels.toDomainName(text).orElseThrow();
        assertThat(ALabels.toUnicode(name)).isEqualTo(text);
        assertThat(name).isNotEqualTo(ALabels.toDomainName("بیبیسی.com").orElseThrow());
    }

    @Test
    void composedAndDecomposedAreTheSameName() {
        assertThat(ALabels.toDomainName("bu\u0308cher.example"))
                .isEqualTo(ALabels.toDomainName("b\u00fccher.example"))
                .isPresent();
    }

    @ParameterizedTest(name = "RFC 5891 §4.2, RFC 5892, RFC 5893: «{0}» is no name")
    @ValueSource(
            strings = {
                "",
                "ü..example",
                ".ü.example",
                "-ü.example",
                "ü-.example",
                "ab--ü.example",
                "a\u00a0ü.example",
                "ü b.example",
                "ü\u0000.example",
                "ü\u200b.example",
                "ü\u202e.example",
                "\u0301ü.example",
                "i\u2764.example",
                "a\u200db\u00fc.example",
                "a\u00b7b.example",
                "\ue000.example",
                "\ud800.example",
                "\u0378.example",
                "\u0661\u06f1\u0627.example",
                "a\u05d0.example",
                "\u05d0a.example",
                "1\u05d0.example",
                "\u05d0-1\u0661.example",
                "\u30fb.example",
                "\u2044ü.example",
            })
    void refuses(String text) {
        assertThat(ALabels.toDomainName(text)).isEmpty();
    }

    @Test
    void lengths() {
        assertThat(ALabels.toDomainName("ü".repeat(57) + ".example")).isPresent();
        assertThat(ALabels.toDomainName("ü".repeat(64) + ".example")).isEmpty();
        assertThat(ALabels.toDomainName("ü.".repeat(ALabels.MAX_CHARS))).isEmpty();
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    example.org                | example.org
                    _dmarc.xn--strae-oqa.de    | _dmarc.straße.de
                    xn--r8jz45g.xn--zckzah     | 例え.テスト
                    xn--a.example              | xn--a.example
                    xn--abc-.example           | xn--abc-.example
                    xn--i-7iq.example          | xn--i-7iq.example
                    xn--99999999999.example    | xn--99999999999.example
                    """)
    void toPeople(String name, String expected) {
        assertThat(ALabels.toUnicode(DomainName.of(name))).isEqualTo(expected);
    }
}
