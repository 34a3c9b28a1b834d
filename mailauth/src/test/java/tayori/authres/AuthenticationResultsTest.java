package tayori.authres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.authres.AuthenticationResultsParser.Malformed;
import tayori.authres.AuthenticationResultsParser.Reading;

class AuthenticationResultsTest {
    private static final AuthenticationResultsParser STRICT =
            new AuthenticationResultsParser(Reading.STRICT);
    private static final AuthenticationResultsParser INTERNATIONALIZED =
            new AuthenticationResultsParser(Reading.INTERNATIONALIZED);
    private static final AuthenticationResultsParser LENIENT =
            new AuthenticationResultsParser(Reading.LENIENT);

    @Test
    void writesWhatItReads() {
        var spf =
                MethodResult.of("spf", "pass", new Property("smtp", "mailfrom", "a@example.net"))
                        .withComment("example.net: 192.0.2.1 is permitted (ip4)");
        var dkim =
                MethodResult.of(
                                "dkim",
                                "fail",
                                new Property("header", "d", "example.net"),
                                new Property("header", "b", "gfT/i2HB"))
                        .withReason("body hash did not verify");
        var results = new AuthenticationResults("mx.example.com", List.of(spf, dkim));

        assertThat(results.toField().toString())
                .isEqualTo(
                        """
                        Authentication-Results: mx.example.com;
                        \tspf=pass (example.net: 192.0.2.1 is permitted \\(ip4\\))
                        \tsmtp.mailfrom=a@example.net;
                        \tdkim=fail reason="body hash did not verify" header.d=example.net
                        \theader.b="gfT/i2HB\"\
                        """
                                .replace("\n", "\r\n"));
        assertThat(STRICT.parse(results.toField()).results()).contains(results);
    }

    @Test
    void aNameTooLongForALineIsNobodysName() {
        String most = "a".repeat(AuthenticationResultsWriter.MAX_VALUE);
        assertThat(new AuthenticationResults(most, List.of()).payload(0)).startsWith(most + ";");
        assertThat(new AuthenticationResults(most + "a", List.of()).payload(0))
                .isEqualTo("\"\"; none");
    }

    @Test
    void withoutResultsItSaysNone() {
        var none = new AuthenticationResults("example.org", List.of());
        assertThat(none.toField()).hasToString("Authentication-Results: example.org; none");
        assertThat(STRICT.parse(none.toField()).results()).contains(none);
    }

    @ParameterizedTest(name = "RFC 8601 §2.2 value {0} is written as {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    example.net            | example.net
                    user@example.net       | user@example.net
                    @mail.example.net      | @mail.example.net
                    a=b@example.net        | a=b@example.net
                    a b@example.net        | "a b@example.net"
                    oF80QtY/               | "oF80QtY/"
                    <>                     | "<>"
                    a;b                    | "a;b"
                    say \\"hi\\"           | "say \\\\\\"hi\\\\\\""
                    Pelé@example.com       | Pelé@example.com
                    2001:db8::1            | "2001:db8::1"
                    """,
            quoteCharacter = '\'')
    void quotesOnlyWhereTheGrammarNeedsIt(String value, String written) {
        var results =
                new AuthenticationResults(
                        "a.example",
                        List.of(MethodResult.of("x", "pass", new Property("smtp", "y", value))));
        assertThat(results.payload(0)).endsWith("smtp.y=" + written);
        assertThat(INTERNATIONALIZED.parse(results.payload(0)).results()).contains(results);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: victim@example.org",
                "x\n\nbody",
                "x\0y",
                "x\u0085y\u2028z",
                "\ud800",
                "\") spf=pass; (\"",
                "a\\",
                "(((",
                ")))"
            })
    void nothingHandedInEndsTheField(String hostile) {
        var result =
                new MethodResult(
                        "dkim",
                        1,
                        "fail",
                        Optional.of(hostile),
                        List.of(hostile),
                        List.of(new Property("header", "d", hostile)));
        var results = new AuthenticationResults(hostile, List.of(result));
        checkWellFormed(results);
        var read = INTERNATIONALIZED.parse(results.toField()).results().orElseThrow();
        assertThat(read.results()).hasSize(1);
        assertThat(read.results().getFirst().properties()).hasSize(1);
    }

    @Test
    void namesThatAreNoKeywordsAreLeftOut() {
        var bad = MethodResult.of("spf=pass; dkim", "pass");
        var half =
                MethodResult.of(
                        "spf",
                        "none",
                        new Property("", "action", "none"),
                        new Property("smtp", "mail from", "x"));
        assertThat(new AuthenticationResults("a", List.of(bad)).payload(0)).isEqualTo("a; none");
        assertThat(new AuthenticationResults("a", List.of(bad, half)).payload(0))
                .isEqualTo("a;\r\n\tspf=none");
    }

    @Test
    void aValueTooLongForALineIsLeftOut() {
        String longest = "a".repeat(AuthenticationResultsWriter.MAX_VALUE - "smtp.y=".length());
        for (var value : List.of(longest, longest + "a")) {
            var results =
                    new AuthenticationResults(
                            "a",
                            List.of(
                                    MethodResult.of(
                                            "x", "pass", new Property("smtp", "y", value))));
            checkWellFormed(results);
            assertThat(results.payload(0).contains("smtp.y")).isEqualTo(value.equals(longest));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void anythingIsWrittenSafely(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var results = new ArrayList<MethodResult>();
            for (int r = random.nextInt(4); r > 0; r--) {
                results.add(
                        new MethodResult(
                                random.nextBoolean() ? "x" : text(random),
                                random.nextInt(3),
                                random.nextBoolean() ? "pass" : text(random),
                                Optional.of(text(random)),
                                List.of(text(random), text(random)),
                                List.of(
                                        new Property("header", "d", text(random)),
                                        new Property(text(random), text(random), "x"))));
            }
            checkWellFormed(new AuthenticationResults(text(random), results));
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 1200 : 30); i > 0; i--) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> "()\";=\\@./ \r\n\t".charAt(random.nextInt(13));
                        case 1 -> (char) random.nextInt(0x10000);
                        case 2 -> (char) random.nextInt(0x20);
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    private static void checkWellFormed(AuthenticationResults results) {
        String field = results.toField().toString();
        var lines = field.split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assertThat(lines[i].getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(998);
            assertThat(lines[i]).isNotBlank().doesNotContain("\r", "\n", "\0");
            assertThat(i == 0 || lines[i].charAt(0) == '\t').isTrue();
        }
        assertThat(INTERNATIONALIZED.parse(results.toField()).results()).as(field).isPresent();
    }

    @Test
    void commentsAreKeptWithTheirStatement() {
        var read =
                STRICT.parse(
                                """
                                foo.example.net (foobar) 1 (baz);
                                    dkim (Because I like it) / 1 (One yay) = (wait for it) fail
                                      policy (A dot can go here) . (like that) expired
                                      (this surprised me) = (as I wasn't expecting it) 1362471462
                                """
                                        .replace("\n", "\r\n"))
                        .results()
                        .orElseThrow();
        assertThat(read.results().getFirst().comments())
                .containsExactly(
                        "Because I like it",
                        "One yay",
                        "wait for it",
                        "A dot can go here",
                        "like that",
                        "this surprised me",
                        "as I wasn't expecting it");
    }

    @Test
    void commentsMayNestOnlySoDeep() {
        int deep = AuthenticationResultsParser.MAX_COMMENT_DEPTH;
        String fits = "a; spf=pass " + "(".repeat(deep) + ")".repeat(deep);
        String over = "a; spf=pass " + "(".repeat(deep + 1) + ")".repeat(deep + 1);
        assertThat(STRICT.parse(fits).results()).isPresent();
        assertThat(STRICT.parse(over)).isInstanceOf(Malformed.class);
    }

    @Test
    void lengthAndNumberOfResultsAreBounded() {
        String fits = "a" + "; spf=pass".repeat(AuthenticationResultsParser.MAX_RESULTS);
        assertThat(LENIENT.parse(fits).results().orElseThrow().results())
                .hasSize(AuthenticationResultsParser.MAX_RESULTS);
        assertThat(LENIENT.parse(fits + "; spf=pass")).isInstanceOf(Malformed.class);
        String longest = "a; spf=pass" + " ".repeat(AuthenticationResultsParser.MAX_LENGTH - 11);
        assertThat(LENIENT.parse(longest).results()).isPresent();
        assertThat(LENIENT.parse(longest + " ")).isInstanceOf(Malformed.class);
    }

    @Test
    void rfc6008HeaderB() {
        var read =
                STRICT.parse(
                                "mail-router.example.net; dkim=pass header.d=example.com header.b=oINEO8hg")
                        .results()
                        .orElseThrow();
        assertThat(read.of("DKIM").getFirst().property("header", "b")).contains("oINEO8hg");
    }
}
