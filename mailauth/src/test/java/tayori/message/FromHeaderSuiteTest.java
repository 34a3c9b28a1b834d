package tayori.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.message.AuthorDomains.One;
import tools.jackson.databind.JsonNode;

/// OpenDMARC's `From` fields. Where the suite calls a case lenient, no single author domain is as good (RFC 9989
/// §5.3.1), but another domain is not.
class FromHeaderSuiteTest {
    @TestFactory
    Stream<DynamicTest> fromHeader() {
        return new Suite("dmarc")
                .cases("from-header.json", 9).stream()
                        .map(one ->
                                DynamicTest.dynamicTest(
                                        one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        var author = AuthorDomains.ofFrom(one.get("value").asString());
        if (author instanceof One(var domain, _)) {
            assertThat(domain).hasToString(one.get("domain").asString());
        } else {
            assertThat(one.has("lenient")).as("%s", author).isTrue();
        }
    }
}
