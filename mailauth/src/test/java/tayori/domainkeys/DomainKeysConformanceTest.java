package tayori.domainkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.conformance.Suite.Dispute;
import tayori.dkim.BodyHasher;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dkim.TestMessage;
import tayori.dkim.TestZones;
import tayori.domainkeys.DomainKeyResult.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The suite `domainkeys`, whole.
class DomainKeysConformanceTest {
    private static final Path SUITE = Path.of("src/test/resources/conformance/domainkeys");
    private static final int CASES = 12;

    private static final Map<String, Dispute> DISPUTES = new Suite("domainkeys").disputes();

    @TestFactory
    Stream<DynamicTest> suite() {
        JsonNode cases = json("cases.json");
        JsonNode dns = json("dns.json");
        assertThat(cases.size()).isEqualTo(CASES);
        var tests = new ArrayList<DynamicTest>();
        for (var test : cases) {
            tests.add(DynamicTest.dynamicTest(test.get("id").asString(), () -> judge(test, dns)));
        }
        return tests.stream();
    }

    private static void judge(JsonNode test, JsonNode dns) {
        var results = verify(test, dns);
        boolean passes = results.stream().anyMatch(result -> result.outcome() == Outcome.PASS);
        boolean expected =
                Optional.ofNullable(DISPUTES.get(test.get("id").asString()))
                        .map(Dispute::ours)
                        .orElse(test.get("expect").asString())
                        .equals("pass");
        assertThat(passes).as(results.toString()).isEqualTo(expected);
        if (test.has("signatures")) {
            assertThat(results.stream().map(result -> result.outcome().keyword()).toList())
                    .isEqualTo(
                            test.get("signatures").valueStream().map(JsonNode::asString).toList());
        }
    }

    private static List<DomainKeyResult> verify(JsonNode test, JsonNode dns) {
        var message = TestMessage.read(SUITE.resolve(test.get("file").asString()));
        var zone = TestZones.keys(dns.get(test.get("dns").asString()), null);
        var body = new BodyHasher();
        var verifier = new DomainKeyVerifier(zone, new KeyRecords(SignatureCrypto.standard()));
        var verification = verifier.begin(message.head(), body);
        byte[] octets = message.body();
        for (int at = 0; at < octets.length; at += 7) {
            body.update(octets, at, Math.min(7, octets.length - at));
        }
        return verification.finish();
    }

    private static JsonNode json(String file) {
        return new ObjectMapper().readTree(SUITE.resolve(file).toFile());
    }
}
