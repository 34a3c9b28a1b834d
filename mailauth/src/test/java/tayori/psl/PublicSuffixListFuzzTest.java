package tayori.psl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import tayori.dns.DomainName;

class PublicSuffixListFuzzTest {
    private static final DomainName NAME = DomainName.of("a.b.www.ck");

    @FuzzTest
    void anyFileIsAListOrRefused(byte[] octets) {
        PublicSuffixList list;
        try {
            list = PublicSuffixList.read(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("no rule");
            return;
        }
        assertThat(list.rules()).isBetween(1, octets.length);
        var suffix = list.publicSuffix(NAME);
        assertThat(NAME.isWithin(suffix)).isTrue();
        list.registrableDomain(NAME).ifPresent(name -> assertThat(name.parent()).contains(suffix));
    }
}
