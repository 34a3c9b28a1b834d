package tayori.psl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tayori.conformance.Suite;
import tayori.dns.ALabels;
import tayori.dns.DomainName;
import tools.jackson.databind.JsonNode;

class PublicSuffixListTest {
    /// The list's own tests.
    @TestFactory
    Stream<DynamicTest> registrable() {
        return new Suite("psl")
                .cases("registrable.json", 52).stream()
                        .map(one ->
                                DynamicTest.dynamicTest(
                                        one.get("id").asString() + " " + Suite.text(one, "domain"),
                                        () -> check(one)));
    }

    private static void check(JsonNode one) {
        var registrable =
                ALabels.toDomainName(Suite.text(one, "domain"))
                        .flatMap(PublicSuffixList.bundled()::registrableDomain);
        var expected = Suite.text(one, "registrable");
        assertThat(registrable)
                .isEqualTo(expected.isEmpty() ? Optional.empty() : ALabels.toDomainName(expected));
    }

    @Test
    void theBundledListIsWhole() {
        assertThat(PublicSuffixList.bundled().rules()).isGreaterThan(9_000);
    }

    @Test
    void aRuleOfEachKind() throws IOException {
        var list = list("// comment\ncom\n*.ck\n!www.ck\n食狮.公司 after white space\n\n*.a.b\n");
        assertThat(suffix(list, "x.example.com")).isEqualTo("com");
        assertThat(suffix(list, "x.y.unlisted")).isEqualTo("unlisted");
        assertThat(suffix(list, "x.y.ck")).isEqualTo("y.ck");
        assertThat(suffix(list, "x.www.ck")).isEqualTo("ck");
        assertThat(suffix(list, "ck")).isEqualTo("ck");
        assertThat(suffix(list, "x.xn--85x722f.xn--55qx5d")).isEqualTo("xn--85x722f.xn--55qx5d");
        assertThat(suffix(list, "a.b")).isEqualTo("b");
        assertThat(list.rules()).isEqualTo(5);
        assertThat(list.registrableDomain(DomainName.ROOT)).isEmpty();
        assertThat(list.publicSuffix(DomainName.ROOT)).isEqualTo(DomainName.ROOT);
    }

    @Test
    void anOperatorsOwnFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("list.dat"), "example.com\n");
        assertThat(suffix(PublicSuffixList.read(file), "a.example.com")).isEqualTo("example.com");
    }

    @Test
    void anEmptyOrEndlessFileIsNoList() {
        assertThatIOException().isThrownBy(() -> list("// nothing\n\n"));
        assertThatIOException()
                .isThrownBy(() ->
                        PublicSuffixList.read(
                                new ByteArrayInputStream(
                                        new byte[PublicSuffixList.MAX_FILE_OCTETS + 1])))
                .withMessageContaining("octets");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void registrableIsOneLabelBelowTheSuffix(long seed) {
        var random = new Random(seed);
        var labels =
                new String[] {
                    "a", "com", "uk", "co", "jp", "kobe", "city", "ck", "www", "xn--fiqs8s", "_x"
                };
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(labels[random.nextInt(labels.length)]);
            for (int n = random.nextInt(5); n > 0; n--) {
                text.append('.').append(labels[random.nextInt(labels.length)]);
            }
            var name = DomainName.of(text.toString());
            var list = PublicSuffixList.bundled();
            var suffix = list.publicSuffix(name);
            assertThat(name.isWithin(suffix)).isTrue();
            var registrable = list.registrableDomain(name);
            assertThat(registrable.flatMap(DomainName::parent))
                    .isEqualTo(name.equals(suffix) ? Optional.empty() : Optional.of(suffix));
        }
    }

    private static String suffix(PublicSuffixList list, String name) {
        return list.publicSuffix(DomainName.of(name)).toString();
    }

    private static PublicSuffixList list(String text) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
        return PublicSuffixList.read(in);
    }
}
