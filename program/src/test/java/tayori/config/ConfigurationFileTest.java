package tayori.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
    private static final Path HERE = Path.of("/etc/tayori");

    private static Loaded load(String text) {
        return new ConfigurationFile().read("t.yaml", text, HERE);
    }

    private static Configuration accepted(String text) {
        return switch (load(text)) {
            case Loaded.Accepted(var configuration) -> configuration;
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> refused(String text) {
        return switch (load(text)) {
            case Loaded.Accepted(var configuration) ->
                    throw new AssertionError("accepted: " + configuration);
            case Loaded.Refused(var problems) -> problems.stream().map(Problem::sentence).toList();
        };
    }

    @ParameterizedTest(name = "an empty file is all defaults: [{0}]")
    @CsvSource({"''", "'# only a comment'", "'dns:'", "'receiver: {dkim: }'", "'dns: {tries: }'"})
    void emptyIsDefaults(String text) {
        assertThat(accepted(text)).isEqualTo(Configuration.DEFAULTS);
    }

    @Test
    void moreServersThanTheResolverAsksAreRefused() {
        String sixteen = "127.0.0.1,".repeat(16);
        assertThat(accepted("dns: {servers: [" + sixteen + "]}").dns().servers()).hasSize(16);
        assertThat(refused("dns: {servers: [" + sixteen + "127.0.0.2]}"))
                .singleElement()
                .asString()
                .contains("dns.servers: found '17 servers', expected no more than 16");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    dns: {timeuot: 5s}                 | t.yaml:1:7: dns.timeuot: found an unknown key, expected one of servers, timeout, tries, cacheEntries, cacheBytes, minTtl, maxTtl, maxNegativeTtl, failureTtl, questionsPerMessage; did you mean timeout?
                    spf: {}                            | t.yaml:1:1: spf: found an unknown key, expected one of dns, milter, policy, receiver, reputation, feedback, nameServer, api, metrics, log
                    dns: {tries: sixty}                | t.yaml:1:14: dns.tries: found 'sixty', expected a whole number from 1 to 10
                    dns: {tries: 0}                    | t.yaml:1:14: dns.tries: found '0', expected a whole number from 1 to 10
                    dns: {timeout: 5}                  | t.yaml:1:16: dns.timeout: found '5', expected a time such as 500ms, 5s, 2m, 1h or 7d from 50ms to 1m; did you mean 5s?
                    dns: {cacheBytes: 64 MB}           | t.yaml:1:19: dns.cacheBytes: found '64 MB', expected a size such as 4096, 64KiB, 1MiB or 2GiB from 0 to 64GiB; did you mean 64MiB?
                    dns: {servers: 127.0.0.1}          | t.yaml:1:16: dns.servers: found '127.0.0.1', expected a list; write it as [127.0.0.1]
                    dns: {servers: [dns.example]}      | t.yaml:1:17: dns.servers[0]: found 'dns.example', expected an IP address such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53
                    dns: 5                             | t.yaml:1:6: dns: found '5', expected keys and values: one of servers, timeout, tries, cacheEntries, cacheBytes, minTtl, maxTtl, maxNegativeTtl, failureTtl, questionsPerMessage
                    dns: {minTtl: 1h, maxTtl: 1m}      | t.yaml:1:15: dns.minTtl: found '1h', expected no more than dns.maxTtl, 1m
                    milter: {listen: [localhost]}      | t.yaml:1:19: milter.listen[0]: found 'localhost', expected an address such as 127.0.0.1:8891, [::1]:8891 or unix:/run/tayori.sock
                    milter: {listen: ["a:0"]}          | t.yaml:1:19: milter.listen[0]: found 'a:0', expected an address such as 127.0.0.1:8891, [::1]:8891 or unix:/run/tayori.sock
                    milter: {onError: accpt}           | t.yaml:1:19: milter.onError: found 'accpt', expected one of tempfail, accept; did you mean accept?
                    policy: {listen: ["127.0.0.1:8891"]} | t.yaml:1:18: policy.listen: found '127.0.0.1:8891', expected an address that milter.listen does not use already
                    receiver: {receivedSpf: yes}       | t.yaml:1:25: receiver.receivedSpf: found 'yes', expected true or false; did you mean true?
                    receiver: {authservId: a..b}       | t.yaml:1:24: receiver.authservId: found 'a..b', expected a domain name such as mx.example.org
                    receiver: {trustedNetworks: [192.0.2.7/24]} | t.yaml:1:30: receiver.trustedNetworks[0]: found '192.0.2.7/24', expected a block of addresses such as 192.0.2.0/24 or 2001:db8::/32; did you mean 192.0.2.0/24?
                    receiver: {overrides: [{domain: a.example, action: junk, onlyIfAuthenticated: true}]} | t.yaml:1:24: receiver.overrides[0].why: found nothing, expected text
                    receiver: {arc: {seal: {domain: a.example, selector: s, keyFile: none.pem}}} | t.yaml:1:66: receiver.arc.seal.keyFile: found 'none.pem', which does not exist, expected a private key file that only its owner and group may read
                    dns: {tries: 2, tries: 3}          | t.yaml:1:17: found the key 'tries' again, first given in line 1, expected YAML: keys and values
                    dns: &a {tries: 2}                 | t.yaml:1:6: found an anchor or alias, which this file may not use, expected YAML: keys and values
                    """)
    void refusedWithPlaceKeyAndExpectation(String text, String problem) {
        assertThat(refused(text)).containsExactly(problem);
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        assertThat(
                        refused(
                                """
                                log:
                                  level: loud
                                dns:
                                  tries: 99
                                  cache: 5
                                """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("t.yaml:2:10: log.level: found 'loud'"),
                        line -> assertThat(line).startsWith("t.yaml:4:10: dns.tries: found '99'"),
                        line ->
                                assertThat(line)
                                        .startsWith("t.yaml:5:3: dns.cache: found an unknown key"));
    }

    @Test
    void aRetiredKeyIsRefusedWithAdvice() {
        var file =
                new ConfigurationFile(
                        new RetiredKeys(Map.of("dns.ttl", "use dns.maxTtl since 0.2")));
        assertThat(file.read("t.yaml", "dns:\n  ttl: 5s\n", HERE))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused ->
                                assertThat(refused.problems().getFirst().sentence())
                                        .isEqualTo(
                                                "t.yaml:2:3: dns.ttl: found a retired key, expected it to be gone; use dns.maxTtl since 0.2"));
    }

    @ParameterizedTest(name = "YAML that is none: {0}")
    @CsvSource({
        "'dns: ['",
        "'dns: {a: b'",
        "'\tdns:'",
        "'a: b: c'",
        "'- dns'",
        "'---\ndns:\n---\nlog:'"
    })
    void brokenYaml(String text) {
        assertThat(refused(text)).singleElement().asString().startsWith("t.yaml:");
    }

    @Test
    void nestingIsBounded() {
        assertThat(refused("a: " + "[".repeat(500) + "]".repeat(500)))
                .singleElement()
                .asString()
                .contains("nesting deeper than " + YamlReader.MAX_DEPTH);
    }

    @Test
    void aLargeFileIsNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, "#".repeat((int) ConfigurationFile.MAX_BYTES + 1));
        assertThat(new ConfigurationFile().read(file)).isInstanceOf(Loaded.Refused.class);
    }

    @Test
    void aKeyFileThatStrangersReadIsRefused(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("arc.pem"), "x");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Path file =
                Files.writeString(
                        folder.resolve("t.yaml"),
                        "receiver: {arc: {seal: {domain: a.example, selector: s, keyFile: arc.pem}}}");
        assertThat(new ConfigurationFile().read(file))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused ->
                                assertThat(refused.problems().getFirst().sentence())
                                        .contains(
                                                "'arc.pem' with mode rw-r--r--",
                                                "chmod 640 the file"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(new ConfigurationFile().read(file)).isInstanceOf(Loaded.Accepted.class);
    }

    @Test
    void whatIsInAKeyFileIsNeverPrinted(@TempDir Path folder) throws IOException {
        String secret = "-----BEGIN PRIVATE KEY-----\nTWljcm9zZWNyZXQ\n-----END PRIVATE KEY-----\n";
        Path key = Files.writeString(folder.resolve("arc.pem"), secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path file =
                Files.writeString(
                        folder.resolve("t.yaml"),
                        "receiver: {arc: {seal: {domain: a.example, selector: s, keyFile: arc.pem}}}");
        var configuration = ((Loaded.Accepted) new ConfigurationFile().read(file)).configuration();
        assertThat(
                        List.of(
                                ConfigurationPrinter.asYaml(configuration),
                                ConfigurationPrinter.asJson(configuration),
                                configuration.toString()))
                .allSatisfy(text -> assertThat(text).contains("arc.pem").doesNotContain("TWljcm9"));
    }

    @ParameterizedTest(name = "a key in the wrong place is not printed: {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    receiver: {arc: {seal: {domain: a.example, selector: s, keyFile: "-----BEGIN PRIVATE KEY-----\\nTWljcm9zZWNyZXQ="}}}
                    dns: {timeout: TWljcm9zZWNyZXRUV2xqY205elpXTnlaWFFUV2xqY205elpXTnlaWFE}
                    TWljcm9zZWNyZXRUV2xqY205elpXTnlaWFFUV2xqY205elpXTnlaWFE: 5
                    "x: [ -----BEGIN PRIVATE KEY----- TWljcm9zZWNyZXRUV2xqY205elpXTnlaWFFUV2xqY205elpXTnlaWFE
                    """)
    void aPastedKeyIsNotPrinted(String text) {
        assertThat(refused(text)).allSatisfy(line -> assertThat(line).doesNotContain("TWljcm9"));
    }

    @Test
    void whatIsShownCanBeReadBack() {
        String all =
                """
                dns: {servers: ["[2001:db8::1]:53", 192.0.2.1], timeout: 1500ms}
                milter: {listen: [unix:/run/t.sock, "[::1]:8891"]}
                receiver:
                  authservId: mx.example.org
                  trustedNetworks: [10.0.0.0/8, "::1"]
                  trustedForwarders: [lists.example.net, 192.0.2.0/28]
                  overrides:
                    - {domain: bank.example, action: reject, onlyIfAuthenticated: false, why: 'asked us to: "always"'}
                    - {domain: news.example, action: accept, onlyIfAuthenticated: true, why: "true"}
                """;
        Configuration configuration = accepted(all);
        assertThat(accepted(ConfigurationPrinter.asYaml(configuration))).isEqualTo(configuration);
        assertThat(accepted(ConfigurationPrinter.asYaml(Configuration.DEFAULTS)))
                .isEqualTo(Configuration.DEFAULTS);
    }
}
