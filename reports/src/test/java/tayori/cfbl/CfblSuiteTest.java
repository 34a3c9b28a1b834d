package tayori.cfbl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.cfbl.FeedbackLoop.None;
import tayori.cfbl.FeedbackLoop.Wanted;
import tayori.conformance.Suite;
import tayori.dns.DomainName;
import tayori.message.AuthorDomains;
import tools.jackson.databind.JsonNode;

/// The suite `cfbl`: RFC 9477 §3.1 to §3.3, §5.
class CfblSuiteTest {
    private static final Suite SUITE = Suite.of("cfbl");

    @TestFactory
    Stream<DynamicTest> cases() {
        return SUITE.cases("cases.json", 14).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        var author = (AuthorDomains.One) AuthorDomains.ofFrom(one.get("from").asString());
        var loop =
                FeedbackLoop.decide(
                        author.domain(),
                        values(one, CfblAddress.FIELD),
                        values(one, FeedbackId.FIELD),
                        signatures(one));
        var expect = one.get("expect");
        if (!expect.get("report").asBoolean()) {
            assertThat(loop).isInstanceOf(None.class);
            return;
        }
        var wanted = (Wanted) loop;
        assertThat(wanted.addresses()).hasSize(1);
        var address = wanted.addresses().getFirst();
        assertThat(address.address()).isEqualTo(expect.get("to").asString());
        assertThat(address.format().word()).isEqualTo(expect.get("format").asString());
        assertThat(wanted.feedbackId().map(FeedbackId::value).orElse(""))
                .isEqualTo(Suite.text(expect, "feedbackId"));
    }

    private static List<Vouching> signatures(JsonNode one) {
        var signatures = new ArrayList<Vouching>();
        for (var signature : one.get("dkim")) {
            if (signature.get("result").asString().equals("pass")) {
                signatures.add(
                        new Vouching(
                                DomainName.of(signature.get("d").asString()),
                                StreamSupport.stream(signature.get("h").spliterator(), false)
                                        .map(JsonNode::asString)
                                        .toList()));
            }
        }
        return signatures;
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
