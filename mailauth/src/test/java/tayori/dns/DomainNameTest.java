package tayori.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
    @Test
    void caseAndTrailingDotDoNotCount() {
        assertThat(DomainName.of("Mail.Example.COM."))
                .isEqualTo(DomainName.of("mail.example.com"))
                .hasToString("mail.example.com");
    }

    @ParameterizedTest(name = "RFC 1035 §2.3.4: «{0}» is no name")
    @ValueSource(strings = {"", ".", "..", "a..b", ".a", "a..", "例え.jp"})
    void refuses(String text) {
        assertThat(DomainName.parse(text)).isEmpty();
    }

    @Test
    void lengthsOfRfc1035() {
        String label = "a".repeat(63);
        assertThat(DomainName.parse(label + ".example")).isPresent();
        assertThat(DomainName.parse(label + "a.example")).isEmpty();
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(longest).hasSize(253);
        assertThat(DomainName.parse(longest)).isPresent();
        assertThat(DomainName.parse(longest + ".")).isPresent();
        assertThat(DomainName.parse(longest + "a")).isEmpty();
    }

    @Test
    void walksUpAndDown() {
        var name = DomainName.of("a.b.example.com");
        assertThat(name.labelCount()).isEqualTo(4);
        assertThat(name.labels()).containsExactly("a", "b", "example", "com");
        assertThat(name.parent()).contains(DomainName.of("b.example.com"));
        assertThat(DomainName.of("com").parent()).isEmpty();
        assertThat(name.suffix(1)).isEqualTo(DomainName.of("com"));
        assertThat(name.suffix(4)).isEqualTo(name);
        assertThatIllegalArgumentException().isThrownBy(() -> name.suffix(5));
        assertThatIllegalArgumentException().isThrownBy(() -> name.suffix(0));
        assertThat(DomainName.of("example.com").below("_dmarc"))
                .contains(DomainName.of("_dmarc.example.com"));
    }

    @Test
    void withinIsByLabels() {
        var name = DomainName.of("mail.example.com");
        assertThat(name.isWithin(DomainName.of("example.com"))).isTrue();
        assertThat(name.isWithin(name)).isTrue();
        assertThat(name.isWithin(DomainName.ROOT)).isTrue();
        assertThat(name.isWithin(DomainName.of("ample.com"))).isFalse();
        assertThat(DomainName.of("example.com").isWithin(name)).isFalse();
    }
}
