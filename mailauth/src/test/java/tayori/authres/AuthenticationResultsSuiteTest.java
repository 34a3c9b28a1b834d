package tayori.authres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tayori.authres.AuthenticationResultsParser.Malformed;
import tayori.authres.AuthenticationResultsParser.Parsed;
import tayori.authres.AuthenticationResultsParser.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The suite `authres`: what other parsers expect.
///
/// - `error`: the strict reading must refuse the field.
/// - a case of a relaxed or internationalized mode, or one marked lenient: the lenient reading must find what is told.
/// - any other: both readings must.
///
/// `disputed.tsv` lists the cases in which the RFC says otherwise, with what we do instead.
class AuthenticationResultsSuiteTest {
    private static final int CASES = 84;

    private final Set<String> disputed = disputed();

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.path("id").asString(), () -> run(c)));
    }

    @Test
    void disputedCasesAreInTheSuite() {
        var ids = new HashSet<String>();
        cases().forEach(c -> ids.add(c.path("id").asString()));
        assertThat(ids).containsAll(disputed);
    }

    private void run(JsonNode c) {
        String id = c.path("id").asString();
        String value = value(c.path("header").asString());
        var expect = c.path("expect");
        boolean differs = disputed.contains(id);
        var strict = new AuthenticationResultsParser(Reading.STRICT).parse(value);
        var lenient = new AuthenticationResultsParser(Reading.LENIENT).parse(value);
        if (expect.isString()) {
            assertThat(strict).isInstanceOf(differs ? Parsed.class : Malformed.class);
            return;
        }
        if (id.equals("authres/15")) {
            assertThat(strict.results().orElseThrow().results().getFirst().method())
                    .isEqualTo("tls");
            return;
        }
        matches(lenient.results().orElseThrow(), expect);
        if (c.has("options") || expect.path("lenient").asBoolean(false)) {
            return;
        }
        if (differs) {
            assertThat(strict).isInstanceOf(Malformed.class);
        } else {
            matches(strict.results().orElseGet(() -> fail(strict.toString())), expect);
        }
    }

    private static void matches(AuthenticationResults results, JsonNode expect) {
        if (expect.has("authservId")) {
            assertThat(results.authservId()).isEqualTo(expect.get("authservId").asString());
        }
        if (expect.has("version")) {
            assertThat(results.version()).isEqualTo(expect.get("version").asInt());
        }
        if (expect.has("count")) {
            assertThat(results.results()).hasSize(expect.get("count").asInt());
        }
        for (var want : expect.path("results")) {
            assertThat(results.results()).anySatisfy(result -> matches(result, want));
        }
        for (var want : expect.path("has")) {
            assertThat(results.results()).anySatisfy(result -> matches(result, want));
        }
    }

    private static void matches(MethodResult result, JsonNode want) {
        if (want.has("method")) {
            assertThat(result.method()).isEqualTo(want.get("method").asString());
        }
        if (want.has("methodVersion")) {
            assertThat(result.version()).isEqualTo(want.get("methodVersion").asInt());
        }
        if (want.has("result")) {
            assertThat(result.result()).isEqualTo(want.get("result").asString());
        }
        if (want.has("reason")) {
            assertThat(result.reason()).contains(want.get("reason").asString());
        }
        for (var property : want.path("props").properties()) {
            assertThat(result.properties())
                    .anySatisfy(p -> {
                        assertThat(p.name()).isEqualTo(property.getKey());
                        assertThat(p.value()).isEqualTo(property.getValue().asString());
                    });
        }
    }

    /// The value after the name; one case has none.
    private static String value(String header) {
        String crlf = header.replace("\r\n", "\n").replace("\n", "\r\n").strip();
        String name = AuthenticationResults.FIELD_NAME + ":";
        return crlf.startsWith(name) ? crlf.substring(name.length()) : crlf;
    }

    private static List<JsonNode> cases() {
        var cases = new ArrayList<JsonNode>();
        new ObjectMapper().readTree(resource("cases.json")).forEach(cases::add);
        assertThat(cases).as("cases of the visible part").hasSize(CASES);
        return cases;
    }

    private static Set<String> disputed() {
        var ids = new HashSet<String>();
        for (var line : resource("disputed.tsv").split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                ids.add(line.substring(0, line.indexOf('\t')));
            }
        }
        return ids;
    }

    private static String resource(String name) {
        String path = "/conformance/authres/" + name;
        try (var in = AuthenticationResultsSuiteTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
