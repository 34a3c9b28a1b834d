package tayori.xarf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.conformance.Suite;
import tayori.xarf.XarfReading.Invalid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The suite `xarf`: every sample is read; without any one member that its schemas require, it is refused.
class XarfSuiteTest {
    private static final Suite SUITE = Suite.of("xarf");

    @TestFactory
    Stream<DynamicTest> samples() {
        return SUITE.cases("cases.json", 23).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("id").asString(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        var reading = XarfReader.read(SUITE.bytes(one.get("file").asString()));
        assertThat(reading).isInstanceOf(XarfReport.class);
        var report = (XarfReport) reading;
        assertThat(report.category()).isEqualToIgnoringCase(one.get("category").asString());
        assertThat(report.type()).isEqualToIgnoringCase(one.get("type").asString());
        assertThat(report.reporter().organization()).isNotBlank();
        if (one.get("id").asString().startsWith("v4/")) {
            for (String member : required(one)) {
                var without = (ObjectNode) SUITE.json(one.get("file").asString());
                without.remove(member);
                assertThat(XarfReader.read(without.toString().getBytes(UTF_8)))
                        .as("without %s", member)
                        .isInstanceOf(Invalid.class);
            }
        }
    }

    /// What the core schema and the schema of the type require, conditions left out.
    private static List<String> required(JsonNode one) {
        var members = new ArrayList<String>();
        collect("schemas/v4/xarf-core.json", members);
        String type = one.get("file").asString().replace("samples/v4/", "");
        collect("schemas/v4/types/" + schemaOf(type), members);
        assertThat(members).hasSizeGreaterThan(8);
        return members;
    }

    /// Schemas of the category `content` are named with underscores, samples with hyphens.
    private static String schemaOf(String sample) {
        String other =
                sample.startsWith("content-") && !sample.equals("content-exposed-data.json")
                        ? "content-" + sample.substring("content-".length()).replace('-', '_')
                        : sample;
        return other;
    }

    private static void collect(String file, List<String> members) {
        collect(SUITE.json(file), members);
    }

    private static void collect(JsonNode schema, List<String> members) {
        schema.path("required").forEach(member -> members.add(member.asString()));
        for (var all : schema.path("allOf")) {
            String reference = all.path("$ref").asString("");
            if (reference.endsWith("content-base.json")) {
                collect("schemas/v4/types/content-base.json", members);
            } else if (reference.isEmpty()) {
                collect(all, members);
            }
        }
    }
}
