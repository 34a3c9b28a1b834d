package tayori.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tayori.authres.AuthenticationResults;
import tayori.authres.AuthenticationResultsParser;
import tayori.authres.AuthenticationResultsParser.Reading;
import tayori.authres.MethodResult;
import tayori.dkim.TagList;
import tayori.dns.DomainName;
import tayori.dns.ZoneDns;
import tayori.message.HeaderField;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The suite `arc`: chains to verify and messages to seal.
class ArcSuiteTest {
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-11-02T10:00:00Z"));

    @TestFactory
    Stream<DynamicTest> validation() {
        return scenarios("validation-tests.yml", 113, ArcSuiteTest::validate);
    }

    @TestFactory
    Stream<DynamicTest> signing() {
        return scenarios("sign-tests.yml", 12, ArcSuiteTest::sign);
    }

    @TestFactory
    Stream<DynamicTest> messages() {
        var cases = new ArrayList<JsonNode>();
        new ObjectMapper().readTree(resource("messages.json")).forEach(cases::add);
        assertThat(cases).hasSize(1);
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.get("id").asString(), () -> message(c)));
    }

    private static void validate(JsonNode scenario, JsonNode test) {
        var mail = ArcMail.ofLf(test.get("message").asString());
        var result = mail.verify(verifier(zone(scenario.get("txt-records"))));
        String cv = test.get("cv").asString().strip();
        // two cases give none: the newest seal says cv=fail, which RFC 8617 §5.2 step 2 makes a
        // fail
        assertThat(result.status().word())
                .as("%s", result)
                .isEqualTo(cv.isEmpty() ? "fail" : cv.toLowerCase(java.util.Locale.ROOT));
    }

    private static void message(JsonNode c) {
        var zone = ZoneDns.builder();
        c.get("dns")
                .properties()
                .forEach(name ->
                        name.getValue().forEach(t -> zone.txt(name.getKey(), t.asString())));
        var result = ArcMail.of(resource(c.get("file").asString())).verify(verifier(zone.build()));
        assertThat(result.status().word()).as("%s", result).isEqualTo(c.get("cv").asString());
    }

    /// The status is what the message's own Authentication-Results say of ARC, as the suite has it.
    private static void sign(JsonNode scenario, JsonNode test) throws Exception {
        var mail = ArcMail.ofLf(test.get("message").asString());
        var results = merged(mail, test.get("srv-id").asString());
        var status =
                results.of("arc").stream()
                        .findFirst()
                        .flatMap(r -> ChainStatus.parse(r.result()))
                        .orElse(ChainStatus.NONE);
        var sealer =
                new ArcSealer(
                        DomainName.of(scenario.get("domain").asString()),
                        DomainName.of(scenario.get("sel").asString()),
                        key(scenario.get("privatekey").asString()),
                        Arrays.asList(test.get("sig-headers").asString().split(":", -1)),
                        InstantSource.fixed(Instant.ofEpochSecond(test.get("t").asLong())));
        var seal = mail.seal(sealer, results, status);
        if (test.get("AS").asString().isBlank()) {
            assertThat(seal).isInstanceOf(ArcSeal.Refused.class);
            return;
        }
        var fields = ((ArcSeal.Sealed) seal).fields();
        assertThat(fields.get(2).unfolded().replaceAll("\\s+", " "))
                .isEqualTo(test.get("AAR").asString().strip().replaceAll("\\s+", " "));
        sameTags(fields.get(1), test.get("AMS").asString());
        sameTags(fields.get(0), test.get("AS").asString());
    }

    private static AuthenticationResults merged(ArcMail mail, String id) {
        var all = new ArrayList<MethodResult>();
        var parser = new AuthenticationResultsParser(Reading.LENIENT);
        for (var field : mail.head().all(AuthenticationResults.FIELD_NAME)) {
            var read = parser.parse(field).results().orElseThrow();
            if (read.authservId().equals(id)) {
                all.addAll(read.results());
            }
        }
        return new AuthenticationResults(id, all);
    }

    private static void sameTags(HeaderField field, String expected) {
        var ours = TagList.parse(field.raw(), field.colon() + 1);
        var theirs = TagList.parse(expected.strip());
        assertThat(ours.fault()).isEmpty();
        assertThat(ours.size()).isEqualTo(theirs.size());
        for (var name : List.of("a", "bh", "c", "cv", "d", "h", "i", "s", "t", "b")) {
            assertThat(ours.compact(name)).as(name + "=").isEqualTo(theirs.compact(name));
        }
    }

    /// A PKCS#1 key, which the JDK reads only after the numbers are taken out of it.
    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] der =
                Base64.getMimeDecoder()
                        .decode(
                                pem.lines().filter(l -> !l.startsWith("-")).toList().stream()
                                        .reduce("", String::concat));
        var numbers = new ArrayList<BigInteger>();
        int at = 4; // SEQUENCE, length in two octets
        while (at < der.length) {
            int length = der[at + 1] & 0xff;
            at += 2;
            if (length > 0x80) {
                int octets = length - 0x80;
                length = new BigInteger(1, Arrays.copyOfRange(der, at, at + octets)).intValue();
                at += octets;
            }
            numbers.add(new BigInteger(Arrays.copyOfRange(der, at, at + length)));
            at += length;
        }
        return KeyFactory.getInstance("RSA")
                .generatePrivate(
                        new RSAPrivateCrtKeySpec(
                                numbers.get(1),
                                numbers.get(2),
                                numbers.get(3),
                                numbers.get(4),
                                numbers.get(5),
                                numbers.get(6),
                                numbers.get(7),
                                numbers.get(8)));
    }

    private static ArcVerifier verifier(ZoneDns zone) {
        return new ArcVerifier(zone, NOW, ArcOptions.DEFAULTS);
    }

    private static ZoneDns zone(JsonNode records) {
        var zone = ZoneDns.builder();
        for (var record : records.properties()) {
            zone.txt(record.getKey(), record.getValue().asString().replaceAll("\\s+", " ").strip());
        }
        return zone.build();
    }

    private interface Check {
        void run(JsonNode scenario, JsonNode test) throws Exception;
    }

    private static Stream<DynamicTest> scenarios(String file, int count, Check check) {
        var tests = new ArrayList<DynamicTest>();
        var mapper = new YAMLMapper();
        // the YAML parser is stricter than the suite's: an empty scalar must not begin with blanks
        String text =
                new String(resource(file), StandardCharsets.UTF_8)
                        .replaceAll("\\|[ ]*\n(?:[ ]+\n)+", "|\n\n");
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                var scenario = documents.next();
                for (var test : scenario.path("tests").properties()) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    test.getKey(), () -> check.run(scenario, test.getValue())));
                }
            }
        }
        assertThat(tests).as("cases of the visible part of " + file).hasSize(count);
        return tests.stream();
    }

    private static byte[] resource(String name) {
        String path = "/conformance/arc/" + name;
        try (var in = ArcSuiteTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
