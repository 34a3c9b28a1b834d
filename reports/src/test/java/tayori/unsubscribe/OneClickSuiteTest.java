package tayori.unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.unsubscribe.OneClick.Post;
import tayori.unsubscribe.OneClick.Refused;
import tools.jackson.databind.JsonNode;

/// The suite `one-click`: RFC 8058 §3, §4.
class OneClickSuiteTest {
    private static final Suite SUITE = Suite.of("one-click");

    @TestFactory
    Stream<DynamicTest> cases() {
        return SUITE.cases("cases.json", 11).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        var signatures = new ArrayList<OneClick.Signed>();
        for (var signature : one.get("dkim")) {
            if (signature.get("result").asString().equals("pass")) {
                signatures.add(
                        new OneClick.Signed(
                                StreamSupport.stream(signature.get("h").spliterator(), false)
                                        .map(JsonNode::asString)
                                        .toList()));
            }
        }
        var decision =
                OneClick.decide(
                        values(one, ListUnsubscribe.FIELD),
                        values(one, OneClick.POST_FIELD),
                        signatures);
        String uri = Suite.text(one.get("expect"), "post");
        if (uri.isEmpty()) {
            assertThat(decision).isInstanceOf(Refused.class);
        } else {
            assertThat(((Post) decision).uri()).hasToString(uri);
        }
    }

    private static List<String> values(JsonNode one, String name) {
        var values = new ArrayList<String>();
        for (var header : one.get("headers")) {
            String field = header.asString();
            if (field.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                values.add(field.substring(name.length() + 1).replace("\r\n", "").strip());
            }
        }
        return values;
    }
}
