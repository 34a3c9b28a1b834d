package tayori.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The suites `dkim` (real mail and other projects' tests) and `dkim-generated` (made systematically), whole.
class DkimConformanceTest {
    private static final Path SUITES = Path.of("src/test/resources/conformance");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    /// As shipped: RFC 6376 with RFC 8301 and RFC 8463.
    @TestFactory
    Stream<DynamicTest> modern() {
        return cases("dkim", 89, "modern", DkimOptions.DEFAULTS);
    }

    /// With the algorithms of the past switched on, as the suites' own projects judge.
    @TestFactory
    Stream<DynamicTest> legacy() {
        return cases("dkim", 89, "expect", DkimOptions.DEFAULTS.withLegacyAlgorithms());
    }

    @TestFactory
    Stream<DynamicTest> generated() {
        return cases("dkim-generated", 118, "expect", DkimOptions.DEFAULTS);
    }

    private static Stream<DynamicTest> cases(
            String suite, int count, String expectation, DkimOptions options) {
        Path folder = SUITES.resolve(suite);
        JsonNode cases = json(folder.resolve("cases.json"));
        JsonNode dns = json(folder.resolve("dns.json"));
        assertThat(cases.size()).as("cases of " + suite).isEqualTo(count);
        var disputed = disputed(folder.resolve("disputed.tsv"), expectation);
        var tests = new ArrayList<DynamicTest>();
        for (var test : cases) {
            String id = test.get("id").asString();
            tests.add(
                    DynamicTest.dynamicTest(
                            id + " " + expectation,
                            () -> judge(folder, test, dns, expectation, options, disputed)));
        }
        return tests.stream();
    }

    private static void judge(
            Path folder,
            JsonNode test,
            JsonNode dns,
            String expectation,
            DkimOptions options,
            Map<String, String> disputed) {
        var results = verify(folder, test, dns, options);
        String got = verdict(results);
        String dispute = disputed.get(test.get("id").asString());
        if (dispute != null) {
            assertThat(got).isEqualTo(dispute);
            return;
        }
        String want = test.get(expectation).asString();
        switch (want) {
            case "any" -> assertThat(results).isNotEmpty();
            case "pass", "temperror" -> assertThat(got).as(results.toString()).isEqualTo(want);
            case "none" -> assertThat(got).isEqualTo("none");
            case "not-pass", "permerror", "fail" ->
                    assertThat(got).as(results.toString()).isIn("fail", "none");
            case "invalid" ->
                    assertThat(got).as(results.toString()).isIn("fail", "none", "temperror");
            default -> throw new AssertionError("no such expectation: " + want);
        }
        if (test.has("signatures") && want.equals(test.get("expect").asString())) {
            assertSignatures(test, results);
        }
    }

    /// One result for each signature the case speaks of; what is neither pass nor temperror counts as fail.
    private static void assertSignatures(JsonNode test, List<DkimResult> results) {
        for (int i = 0; i < test.get("signatures").size() && i < results.size(); i++) {
            String word = results.get(i).keyword();
            assertThat(word.equals("pass") || word.equals("temperror") ? word : "fail")
                    .as("signature " + i + ": " + results)
                    .isEqualTo(test.get("signatures").get(i).asString());
        }
    }

    private static List<DkimResult> verify(
            Path folder, JsonNode test, JsonNode dns, DkimOptions options) {
        var message = TestMessage.read(folder.resolve(test.get("file").asString()));
        var keys = test.has("dns") ? dns.get(test.get("dns").asString()) : dns;
        var now = test.has("now") ? Instant.ofEpochSecond(test.get("now").asLong()) : NOW;
        var verifier =
                new DkimVerifier(
                        TestZones.keys(keys, test.get("dnsOverride")),
                        InstantSource.fixed(now),
                        options);
        var body = new BodyHasher();
        var verification = verifier.begin(message.head(), body);
        byte[] octets = message.body();
        for (int at = 0; at < octets.length; at += 1000) {
            body.update(octets, at, Math.min(1000, octets.length - at));
        }
        return verification.finish();
    }

    static String verdict(List<DkimResult> results) {
        var words = results.stream().map(DkimResult::keyword).toList();
        if (words.contains("pass")) {
            return "pass";
        }
        if (words.contains("temperror")) {
            return "temperror";
        }
        return words.equals(List.of("none")) ? "none" : "fail";
    }

    private static Map<String, String> disputed(Path file, String expectation) {
        var disputed = new HashMap<String, String>();
        if (Files.exists(file)) {
            for (String line : lines(file)) {
                String[] parts = line.split("\t", -1);
                if (!line.startsWith("#") && parts[1].equals(expectation)) {
                    disputed.put(parts[0], parts[2]);
                }
            }
        }
        return disputed;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        return new ObjectMapper().readTree(file.toFile());
    }
}
