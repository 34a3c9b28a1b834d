package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.dns.DomainName;
import tayori.message.AuthorDomains.None;
import tayori.message.AuthorDomains.One;
import tayori.message.AuthorDomains.Several;

class AuthorDomainsTest {
    @ParameterizedTest(name = "RFC 9989 §5.3.1: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Joe <joe@Example.COM>                  | example.com
                    joe@example.com, ann@example.com       | example.com
                    Joe <joe@bücher.example>               | xn--bcher-kva.example
                    Group: joe@example.com, ann@example.com; | example.com
                    """)
    void oneDomain(String value, String domain) {
        assertThat(AuthorDomains.ofFrom(value)).isEqualTo(new One(DomainName.of(domain), true));
    }

    @Test
    void severalDomainsAreOutsideDmarc() {
        assertThat(AuthorDomains.ofFrom("joe@example.com, ann@example.net"))
                .isInstanceOfSatisfying(
                        Several.class,
                        several ->
                                assertThat(several.domains())
                                        .containsExactly(
                                                DomainName.of("example.com"),
                                                DomainName.of("example.net")));
        assertThat(AuthorDomains.ofFrom("a@b.example@example.com")).isInstanceOf(Several.class);
        assertThat(AuthorDomains.ofFrom("joe@example.com, ann@[192.0.2.1]"))
                .isInstanceOf(Several.class);
    }

    @Test
    void secondFromFieldIsOutsideDmarcEvenWithTheSameDomain() {
        var head =
                new MessageHead(
                        List.of(
                                HeaderField.of("From", "a@example.com"),
                                HeaderField.of("FROM", "b@example.com")));
        assertThat(AuthorDomains.of(head)).isInstanceOf(Several.class);
    }

    @Test
    void ofManyFromFieldsOnlyTheFirstAreRead() {
        var fields = new ArrayList<HeaderField>();
        for (int i = 0; i < 1_000; i++) {
            fields.add(HeaderField.of("From", "a@d" + i + ".example"));
        }
        assertThat(AuthorDomains.of(new MessageHead(fields)))
                .isInstanceOfSatisfying(
                        Several.class,
                        several -> {
                            assertThat(several.domains())
                                    .hasSize(AuthorDomains.MAX_FROM_FIELDS)
                                    .endsWith(DomainName.of("d9.example"));
                            assertThat(several.reason()).isEqualTo("there are 1000 From fields");
                        });
    }

    @ParameterizedTest(name = "no author domain in «{0}»")
    @ValueSource(
            strings = {
                "",
                "joe",
                "Undisclosed:;",
                "joe@[192.0.2.1]",
                "joe@",
                "joe@exa$mple.com",
                "joe@a..b",
                "j@ex\u0001.com"
            })
    void noDomain(String value) {
        assertThat(AuthorDomains.ofFrom(value)).isInstanceOf(None.class);
    }

    @Test
    void noFromField() {
        assertThat(AuthorDomains.of(new MessageHead(List.of())))
                .isEqualTo(new None("there is no From field"));
    }
}
