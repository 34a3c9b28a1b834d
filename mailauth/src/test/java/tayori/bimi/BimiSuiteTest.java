package tayori.bimi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.bimi.DmarcStanding.AlignedDkim;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The suite `bimi`: logos, records, look-ups.
class BimiSuiteTest {
    @TestFactory
    Stream<DynamicTest> logos() {
        return cases("svg.json", 25, BimiSuiteTest::logo);
    }

    @TestFactory
    Stream<DynamicTest> records() {
        return cases("records.json", 8, BimiSuiteTest::record);
    }

    @TestFactory
    Stream<DynamicTest> lookups() {
        return cases("lookup.json", 5, BimiSuiteTest::lookup);
    }

    private static void logo(JsonNode c) {
        byte[] svg = resource(c.get("file").asString());
        var check = BimiSvg.check(svg, c.path("maxSize").asInt(BimiSvg.MAX_OCTETS));
        assertThat(check instanceof SvgCheck.Valid)
                .as("%s", check)
                .isEqualTo(c.get("valid").asBoolean());
        if (c.path("error").asString("").equals("SVG_SIZE")) {
            assertThat(check)
                    .isInstanceOfSatisfying(
                            SvgCheck.Invalid.class,
                            i -> assertThat(i.problem()).isEqualTo(SvgCheck.Problem.TOO_LARGE));
        }
    }

    private static void record(JsonNode c) {
        var record = BimiRecord.parse(c.get("record").asString());
        boolean valid =
                record instanceof BimiRecord.Indicator || record instanceof BimiRecord.Declined;
        assertThat(valid).as("%s", record).isEqualTo(c.get("valid").asBoolean());
    }

    private static void lookup(JsonNode c) {
        var dmarc = c.get("dmarc");
        var author = DomainName.of(dmarc.at("/status/header/from").asString());
        var organization = DomainName.of(dmarc.get("domain").asString());
        var lookup =
                new BimiLookup(
                        zone(c.get("zone")), c.at("/options/bimiWithAlignedDkim").asBoolean(false));
        var result = lookup.find(author, organization, Optional.empty(), standing(dmarc));
        var expect = c.get("expect");
        assertThat(result.word()).isEqualTo(expect.get("result").asString());
        if (result instanceof BimiResult.Pass pass) {
            assertThat(pass.location()).hasToString(expect.get("location").asString());
            assertThat(pass.domain()).hasToString(expect.at("/at/d").asString());
            assertThat(pass.selector()).isEqualTo(expect.at("/at/selector").asString());
        }
    }

    private static DmarcStanding standing(JsonNode dmarc) {
        String policy = dmarc.get("policy").asString();
        var dkim = dmarc.at("/alignment/dkim");
        var aligned =
                !dkim.path("result").isString()
                        ? AlignedDkim.NONE
                        : dkim.path("underSized").asInt(0) > 0
                                ? AlignedDkim.PART_OF_BODY
                                : AlignedDkim.WHOLE_BODY;
        return new DmarcStanding(
                dmarc.at("/status/result").asString().equals("pass"),
                policy.equals("reject") || policy.equals("quarantine"),
                aligned);
    }

    private static ZoneDns zone(JsonNode zone) {
        var builder = ZoneDns.builder();
        for (var name : zone.properties()) {
            for (var record : name.getValue().path("TXT")) {
                var text = new StringBuilder();
                record.forEach(part -> text.append(part.asString()));
                builder.txt(name.getKey(), text.toString());
            }
        }
        return builder.build();
    }

    private interface Check {
        void run(JsonNode c);
    }

    private static Stream<DynamicTest> cases(String file, int count, Check check) {
        List<JsonNode> cases = new ArrayList<>();
        new ObjectMapper().readTree(resource(file)).forEach(cases::add);
        assertThat(cases).as("cases of the visible part of " + file).hasSize(count);
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.get("id").asString(), () -> check.run(c)));
    }

    private static byte[] resource(String name) {
        String path = "/conformance/bimi/" + name;
        try (var in = BimiSuiteTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
