package tayori.bimi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tayori.bimi.DmarcStanding.AlignedDkim;
import tayori.bimi.SvgCheck.Invalid;
import tayori.bimi.SvgCheck.Problem;
import tayori.bimi.SvgCheck.Valid;
import tayori.dns.DnsAnswer.Trouble;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tayori.message.MessageHead;

class BimiTest {
    private static final DmarcStanding GOOD = new DmarcStanding(true, true, AlignedDkim.WHOLE_BODY);

    @ParameterizedTest(name = "record {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v=BIMI1; l=https://a.example/l.svg; a=https://a.example/v.pem | Indicator
                    v=BIMI1; l=https://a.example/l.svgz                          | Indicator
                    v=BIMI1; l=https://a.example/logo                            | Indicator
                    v=BIMI1; l=https://a.example/l.svg; a=self                   | Indicator
                    v=BIMI1; l=https://a.example/l.svg; avp=brand; lps=x         | Indicator
                    v=BIMI1; l=; a=;                                             | Declined
                    v=BIMI1; l=                                                  | Invalid
                    v=BIMI1; a=https://a.example/v.pem                           | Invalid
                    v=BIMI1; l=http://a.example/l.svg                            | Invalid
                    v=BIMI1; l=https://a.example/l.png                           | Invalid
                    v=BIMI1; l=https://u:p@a.example/l.svg                       | Invalid
                    v=BIMI1; l=https:///l.svg                                    | Invalid
                    v=BIMI1; l=https://a.example/l.svg,https://b.example/l.svg   | Invalid
                    v=BIMI1; l=https://a.example/l.svg; a=http://a.example/v.pem | Invalid
                    v=BIMI1; l=https://a.example/l.svg; l=https://b.example/     | Invalid
                    l=https://a.example/l.svg; v=BIMI1                           | Foreign
                    v=BIMI2; l=https://a.example/l.svg                           | Foreign
                    v=spf1 -all                                                  | Foreign
                    """)
    void records(String text, String kind) {
        assertThat(BimiRecord.parse(text).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void recordsAndUrisAreReadUpToALimit() {
        String fits = uri(BimiRecord.MAX_URI);
        assertThat(BimiRecord.parse(fits)).isInstanceOf(BimiRecord.Indicator.class);
        assertThat(BimiRecord.parse(uri(BimiRecord.MAX_URI + 1)))
                .isInstanceOf(BimiRecord.Invalid.class);
        String longest = fits + ";" + " ".repeat(BimiRecord.MAX_LENGTH - fits.length() - 1);
        assertThat(BimiRecord.parse(longest)).isInstanceOf(BimiRecord.Indicator.class);
        assertThat(BimiRecord.parse(longest + " ")).isInstanceOf(BimiRecord.Foreign.class);
    }

    private static String uri(int length) {
        String begin = "https://a.example/";
        return "v=BIMI1; l=" + begin + "x".repeat(length - begin.length() - 4) + ".svg";
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "sub.example.com, brand, pass",
        "sub.example.com, default, declined",
        "example.com, default, declined",
        "two.example, default, fail",
        "broken.example, default, fail",
        "slow.example, default, temperror",
        "other.example, default, none",
        "mixed.example, default, pass"
    })
    void lookUp(String author, String selector, String word) {
        var zone =
                ZoneDns.builder()
                        .txt("brand._bimi.sub.example.com", "v=BIMI1; l=https://a.example/l.svg")
                        .txt("default._bimi.example.com", "v=BIMI1; l=; a=")
                        .txt("default._bimi.two.example", "v=BIMI1; l=https://a.example/l.svg")
                        .txt("default._bimi.two.example", "v=BIMI1; l=https://b.example/l.svg")
                        .txt("default._bimi.broken.example", "v=BIMI1; l=ftp://a.example/l.svg")
                        .broken("default._bimi.slow.example", Trouble.TIMEOUT)
                        .txt("default._bimi.mixed.example", "hello")
                        .txt("default._bimi.mixed.example", "v=BIMI1; l=https://a.example/l.svg")
                        .build();
        var domain = DomainName.of(author);
        var result =
                new BimiLookup(zone).find(domain, domain.suffix(2), Optional.of(selector), GOOD);
        assertThat(result.word()).isEqualTo(word);
    }

    @ParameterizedTest(name = "DMARC pass {0}, enforced {1}, DKIM {2}, wanted {3}: {4}")
    @CsvSource({
        "true, true, WHOLE_BODY, true, none",
        "true, true, NONE, false, none",
        "true, true, NONE, true, skipped",
        "true, true, PART_OF_BODY, false, skipped",
        "true, false, WHOLE_BODY, false, skipped",
        "false, true, WHOLE_BODY, false, skipped"
    })
    void onlyUnderEnforcedDmarc(
            boolean pass, boolean enforced, AlignedDkim dkim, boolean wanted, String word) {
        var domain = DomainName.of("example.com");
        var lookup = new BimiLookup(ZoneDns.builder().build(), wanted);
        var standing = new DmarcStanding(pass, enforced, dkim);
        assertThat(lookup.find(domain, domain, Optional.empty(), standing).word()).isEqualTo(word);
    }

    @ParameterizedTest(name = "BIMI-Selector {0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v=BIMI1; s=Brand;         | brand
                    v=BIMI1; s=a.b            | a.b
                    s=brand                   |
                    v=BIMI1; s=               |
                    v=BIMI1; s=a..b           |
                    v=BIMI1                   |
                    brand                     |
                    """)
    void selector(String value, String selector) {
        assertThat(BimiSelector.of(head("BIMI-Selector: " + value)))
                .isEqualTo(Optional.ofNullable(selector));
    }

    @Test
    void severalSelectorsAreNone() {
        String field = "BIMI-Selector: v=BIMI1; s=a";
        assertThat(BimiSelector.of(head(field, field))).isEmpty();
        assertThat(BimiSelector.of(head("From: a@b.example"))).isEmpty();
    }

    @ParameterizedTest(name = "logo with {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <rect/>                                               |
                    <metadata><r:x xmlns:r="urn:r"/></metadata>           |
                    <use href="#a"/>                                      |
                    <rect fill="url(#a)"/>                                |
                    <a/>                                                  | ELEMENT
                    <style/>                                              | ELEMENT
                    <image/>                                              | ELEMENT
                    <foreignObject/>                                      | ELEMENT
                    <metadata><script/></metadata>                        | ELEMENT
                    <r:x xmlns:r="urn:r"/>                                | ELEMENT
                    <rect style="fill:red"/>                              | ATTRIBUTE
                    <rect onclick="x()"/>                                 | ATTRIBUTE
                    <use href="data:image/svg+xml,x"/>                    | EXTERNAL_REFERENCE
                    <rect fill="URL( 'https://x.example/a#b')"/>          | EXTERNAL_REFERENCE
                    <g xml:base="https://x.example/"/>                    | EXTERNAL_REFERENCE
                    <?xml-stylesheet href="https://x.example/"?>          | EXTERNAL_REFERENCE
                    <rect>&x;</rect>                                      | NOT_XML
                    """)
    void logoContent(String content, Problem problem) {
        var check = BimiSvg.check(logo("", content));
        if (problem == null) {
            assertThat(check).isEqualTo(new Valid("T"));
        } else if (problem == Problem.NOT_XML) {
            assertThat(check).isInstanceOf(Invalid.class);
        } else {
            assertThat(check)
                    .isInstanceOfSatisfying(
                            Invalid.class, i -> assertThat(i.problem()).isEqualTo(problem));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    <!DOCTYPE svg SYSTEM "file:///etc/passwd">
                    <!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>
                    <!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>
                    """)
    void documentTypesAreRefused(String doctype) {
        assertThat(BimiSvg.check(logo(doctype, "<rect/>"))).isInstanceOf(Invalid.class);
    }

    @Test
    void sizeAndDepthAreBounded() {
        int room = BimiSvg.MAX_OCTETS - logo("", "").length;
        assertThat(BimiSvg.check(logo("", " ".repeat(room)))).isInstanceOf(Valid.class);
        assertThat(BimiSvg.check(logo("", " ".repeat(room + 1)))).isInstanceOf(Invalid.class);
        int deep = BimiSvg.MAX_DEPTH - 1;
        assertThat(BimiSvg.check(logo("", "<g>".repeat(deep) + "</g>".repeat(deep))))
                .isInstanceOf(Valid.class);
        assertThat(BimiSvg.check(logo("", "<g>".repeat(deep + 1) + "</g>".repeat(deep + 1))))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void compressedLogosAreBoundedByWhatTheyUnfoldTo() throws IOException {
        assertThat(BimiSvg.check(gzip(logo("", "<rect/>")))).isInstanceOf(Valid.class);
        assertThat(BimiSvg.check(gzip(logo("", " ".repeat(10_000_000)))))
                .isEqualTo(new Invalid(Problem.TOO_LARGE, "more than 32768 octets"));
        byte[] cut = Arrays.copyOf(gzip(logo("", "<rect/>")), 40);
        assertThat(BimiSvg.check(cut)).isInstanceOf(Invalid.class);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] logo(String before, String content) {
        return (before
                        + "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\""
                        + " baseProfile=\"tiny-ps\"><title>T</title>"
                        + content
                        + "</svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static MessageHead head(String... fields) {
        return new MessageHead(
                Arrays.stream(fields)
                        .map(f -> HeaderField.ofRaw(f.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    @Test
    void aSelectorTooLongForANameIsNoSelector() {
        String most = ("x".repeat(49) + ".").repeat(4);
        String selector = most.substring(0, BimiSelector.MAX_LENGTH - 1) + "x";
        assertThat(selectorOf(selector)).contains(selector);
        assertThat(selectorOf(selector + "x")).isEmpty();
    }

    private static java.util.Optional<String> selectorOf(String selector) {
        return BimiSelector.of(
                new tayori.message.MessageHead(
                        java.util.List.of(
                                tayori.message.HeaderField.of(
                                        "BIMI-Selector", "v=BIMI1; s=" + selector))));
    }
}
