package tayori.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.config.Configuration;
import tayori.config.ConfigurationFile;
import tayori.config.ConfigurationReference;
import tayori.config.Loaded;
import tayori.dkim.DkimKeys;
import tayori.dns.DomainName;
import tayori.receiver.ConsentList;

/// Every key of the configuration arrives in the room that it is for.
class SettingsTest {
    private final Path folder;

    SettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// Key, value as the operator writes it, and what the room has then; `seen` says where it looks.
    private static final String KEYS =
            """
            dns.servers                              | ["192.0.2.53:5353"]      | [/192.0.2.53:5353]
            dns.timeout                              | 3s                       | PT3S
            dns.tries                                | 4                        | 4
            dns.cacheEntries                         | 77                       | 77
            dns.cacheBytes                           | 2MiB                     | 2097152
            dns.minTtl                               | 7s                       | PT7S
            dns.maxTtl                               | 2h                       | PT2H
            dns.maxNegativeTtl                       | 9m                       | PT9M
            dns.failureTtl                           | 8s                       | PT8S
            dns.questionsPerMessage                  | 66                       | 66
            milter.listen                            | ["127.0.0.1:9991"]       | [inet:127.0.0.1:9991]
            milter.maxPacketBytes                    | 2MiB                     | 2097152
            milter.idleTimeout                       | 99s                      | PT1M39S
            milter.commandTimeout                    | 98s                      | PT1M38S
            milter.maxConnections                    | 17                       | 17
            milter.onError                           | accept                   | ACCEPT
            policy.listen                            | ["127.0.0.1:9992"]       | [inet:127.0.0.1:9992]
            receiver.authservId                      | mx.receiver.example      | mx.receiver.example
            receiver.additionalAuthservIds           | [mx2.receiver.example]   | [mx2.receiver.example]
            receiver.headLimits.octets               | 32KiB                    | 32768
            receiver.headLimits.fieldOctets          | 2KiB                     | 2048
            receiver.headLimits.fields               | 55                       | 55
            receiver.trustedNetworks                 | [192.0.2.0/24]           | [192.0.2.0/24]
            receiver.methods.iprev                   | false                    | false
            receiver.methods.spfOfHelo               | false                    | false
            receiver.methods.senderId                | true                     | true
            receiver.methods.domainKeys              | true                     | true
            receiver.methods.bimi                    | true                     | true
            receiver.receivedSpf                     | true                     | true
            receiver.dkim.maxSignatures              | 3                        | 3
            receiver.dkim.minRsaBits                 | 2048                     | 2048
            receiver.dmarc.discovery                 | psl                      | psl
            receiver.arc.trustedSealers              | [lists.example]          | [lists.example]
            receiver.decision.mode                   | enforce                  | true
            receiver.decision.onDmarcQuarantine      | hold                     | HOLD
            receiver.decision.onDmarcReject          | tempfail                 | TEMPFAIL
            receiver.decision.onTempError            | tempfail                 | TEMPFAIL
            receiver.ipv6.requireReverseDns          | true                     | true
            receiver.ipv6.requireSpfOrDkim           | true                     | true
            receiver.ipv6.action                     | reject                   | REJECT
            receiver.reputation.onListed             | reject                   | REJECT
            receiver.reputation.onListedBlock        | tempfail                 | TEMPFAIL
            receiver.reputation.onListedElsewhere    | hold                     | HOLD
            receiver.reputation.elsewhereLimit       | 55                       | 55
            receiver.reputation.onBeyondAllowance    | tempfail                 | TEMPFAIL
            receiver.reputation.minScore             | 20                       | 20
            receiver.reputation.onLowScore           | hold                     | HOLD
            receiver.reputation.whitelistExempts     | false                    | false
            receiver.reputation.trustForwarders      | true                     | true
            receiver.reputation.traps                | [trap@example.org]       | [trap@example.org]
            receiver.consent.byDefault               | false                    | false
            receiver.consent.exceptAddresses         | [a@example.org]          | [a@example.org]
            receiver.consent.exceptDomains           | [example.org]            | [example.org]
            receiver.supportUrl                      | "https://example.org/"   | Optional[https://example.org/]
            reputation.provider                      | isp.example              | isp.example
            reputation.flushInterval                 | 2s                       | PT2S
            reputation.checkpointInterval            | 9s                       | PT9S
            reputation.batchMemory                   | 3d                       | PT72H
            """;

    private static final Map<String, Function<Settings, Object>> ROOMS = new HashMap<>();

    private static void seen(String key, Function<Settings, Object> room) {
        ROOMS.put(key, room);
    }

    static {
        seen("dns.servers", s -> s.servers());
        seen("dns.timeout", s -> s.resolverLimits().perTry());
        seen("dns.tries", s -> s.resolverLimits().rounds());
        seen("dns.cacheEntries", s -> s.cache().maxNames());
        seen("dns.cacheBytes", s -> s.cache().maxBytes());
        seen("dns.minTtl", s -> s.cache().minTtl());
        seen("dns.maxTtl", s -> s.cache().maxTtl());
        seen("dns.maxNegativeTtl", s -> s.cache().maxNegativeTtl());
        seen("dns.failureTtl", s -> s.cache().failureTtl());
        seen("dns.questionsPerMessage", s -> s.authentication().questionsPerMail());
        seen("milter.listen", s -> s.milter().addresses());
        seen("milter.maxPacketBytes", s -> s.milter().maxPacket());
        seen("milter.idleTimeout", s -> s.milter().idleTime());
        seen("milter.commandTimeout", s -> s.milter().commandTime());
        seen("milter.maxConnections", s -> s.milter().listen().maxConnections());
        seen("milter.onError", s -> s.milter().onFailure());
        seen("policy.listen", s -> s.policy().addresses());
        seen("receiver.authservId", s -> s.receiver().authservId());
        seen("receiver.additionalAuthservIds", s -> s.receiver().otherAuthservIds());
        seen("receiver.headLimits.octets", s -> s.receiver().headLimits().maxOctets());
        seen("receiver.headLimits.fieldOctets", s -> s.receiver().headLimits().maxFieldOctets());
        seen("receiver.headLimits.fields", s -> s.receiver().headLimits().maxFields());
        seen("receiver.trustedNetworks", s -> s.receiver().ownNetworks());
        seen("receiver.methods.iprev", s -> asked(s, Extra.IPREV));
        seen("receiver.methods.spfOfHelo", s -> asked(s, Extra.SPF_OF_HELO));
        seen("receiver.methods.senderId", s -> asked(s, Extra.SENDER_ID));
        seen("receiver.methods.domainKeys", s -> asked(s, Extra.DOMAIN_KEYS));
        seen("receiver.methods.bimi", s -> asked(s, Extra.BIMI));
        seen("receiver.receivedSpf", s -> s.receiver().addReceivedSpf());
        seen("receiver.dkim.maxSignatures", s -> s.authentication().dkim().maxSignatures());
        seen("receiver.dkim.minRsaBits", s -> s.authentication().dkim().minRsaBits());
        seen(
                "receiver.dmarc.discovery",
                s ->
                        s.authentication().dmarc().equals(tayori.dmarc.DmarcOptions.TREE_WALK)
                                ? "treewalk"
                                : "psl");
        seen("receiver.arc.trustedSealers", s -> s.rules().trustedSealers());
        seen("receiver.decision.mode", s -> s.rules().enforce());
        seen("receiver.decision.onDmarcQuarantine", s -> s.rules().onQuarantine());
        seen("receiver.decision.onDmarcReject", s -> s.rules().onReject());
        seen("receiver.decision.onTempError", s -> s.rules().onDnsTrouble());
        seen("receiver.ipv6.requireReverseDns", s -> s.rules().requireReverseDnsOnIpv6());
        seen("receiver.ipv6.requireSpfOrDkim", s -> s.rules().requireAuthenticationOnIpv6());
        seen("receiver.ipv6.action", s -> s.rules().onIpv6Violation());
        seen("receiver.reputation.onListed", s -> s.rules().reputation().onListed());
        seen("receiver.reputation.onListedBlock", s -> s.rules().reputation().onListedBlock());
        seen(
                "receiver.reputation.onListedElsewhere",
                s -> s.rules().reputation().onListedElsewhere());
        seen("receiver.reputation.elsewhereLimit", s -> s.rules().reputation().elsewhereLimit());
        seen(
                "receiver.reputation.onBeyondAllowance",
                s -> s.rules().reputation().onBeyondAllowance());
        seen("receiver.reputation.minScore", s -> s.rules().reputation().minScore());
        seen("receiver.reputation.onLowScore", s -> s.rules().reputation().onLowScore());
        seen(
                "receiver.reputation.whitelistExempts",
                s -> s.rules().reputation().whitelistExempts());
        seen("receiver.reputation.trustForwarders", s -> s.rules().reputation().trustForwarders());
        seen("receiver.reputation.traps", s -> s.reputation().evidence("mx").trapAddresses());
        seen("receiver.consent.byDefault", s -> consent(s).byDefault());
        seen("receiver.consent.exceptAddresses", s -> consent(s).addresses());
        seen("receiver.consent.exceptDomains", s -> consent(s).domains());
        seen("receiver.supportUrl", s -> s.receiver().supportUrl());
        seen("reputation.provider", s -> s.reputation().evidence("mx").provider());
        seen("reputation.flushInterval", s -> s.reputation().evidence("mx").flushInterval());
        seen("reputation.checkpointInterval", s -> s.reputation().engine().checkpointEvery());
        seen("reputation.batchMemory", s -> s.reputation().engine().batchIdTime());
    }

    /// Keys of lists and of the sealer have a test of their own below; the others are read where they are used:
    /// [Logging], [MetricsServer], [Tayori#drain].
    private static final java.util.Set<String> ELSEWHERE =
            java.util.Set.of(
                    "milter.drainTime",
                    "metrics.listen",
                    "log.format",
                    "log.level",
                    "log.mailLog",
                    "receiver.arc.seal.domain",
                    "receiver.arc.seal.selector",
                    "receiver.arc.seal.keyFile",
                    "receiver.trustedForwarders",
                    "receiver.overrides.domain",
                    "receiver.overrides.action",
                    "receiver.overrides.onlyIfAuthenticated",
                    "receiver.overrides.why",
                    "receiver.reputation.lists.name",
                    "receiver.reputation.lists.zone",
                    "receiver.reputation.lists.subjects",
                    "receiver.reputation.lists.meanings.codes",
                    "receiver.reputation.lists.meanings.verdict",
                    "receiver.reputation.lists.meanings.speaks",
                    "receiver.reputation.lists.meanings.weight",
                    "receiver.reputation.lists.askWhy",
                    "receiver.reputation.certifiers.domain",
                    "receiver.reputation.certifiers.weight",
                    "receiver.consent.junkAddress.delimiter",
                    "receiver.consent.junkAddress.detail",
                    "receiver.consent.junkAddress.domains",
                    "reputation.directory",
                    "reputation.operator.url",
                    "reputation.operator.keyFile",
                    "reputation.registered.domain",
                    "reputation.registered.kind",
                    "reputation.registered.actsOnOptOuts",
                    "reputation.registered.contact",
                    "reputation.registered.mail",
                    "feedback.directory",
                    "feedback.receiptKeyFile",
                    "feedback.window",
                    "feedback.keepFor",
                    "feedback.mailDomain",
                    "feedback.lmtp",
                    "feedback.networks",
                    "nameServer.listen",
                    "nameServer.zone",
                    "nameServer.nameServers",
                    "nameServer.contact",
                    "nameServer.explanation",
                    "nameServer.access",
                    "nameServer.clients.name",
                    "nameServer.clients.keyFile",
                    "nameServer.clients.questionsPerSecond",
                    "nameServer.clients.questionsPerDay",
                    "nameServer.transferKeys.name",
                    "nameServer.transferKeys.algorithm",
                    "nameServer.transferKeys.keyFile",
                    "nameServer.lists.name",
                    "nameServer.lists.file",
                    "nameServer.answersPerSecond",
                    "nameServer.refuseByAddress",
                    "api.listen",
                    "api.https",
                    "api.openDkim",
                    "api.keys.name",
                    "api.keys.keyFile",
                    "api.keys.mayExplain",
                    "api.keys.mayReport",
                    "api.keys.evidenceOf");

    private static ConsentList consent(Settings settings) {
        return (ConsentList) settings.reputation().consent();
    }

    private static boolean asked(Settings settings, Extra extra) {
        return settings.authentication().extras().contains(extra);
    }

    private Settings settings(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("tayori.yaml"), yaml);
        return switch (new ConfigurationFile().read(file)) {
            case Loaded.Accepted(var configuration) -> new Settings(configuration);
            case Loaded.Refused(var problems) -> throw new AssertionError(yaml + problems);
        };
    }

    /// `a.b.c` and a value as one line of YAML.
    private static String yaml(String key, String value) {
        return key.replace(".", ": {") + ": " + value + "}".repeat(key.split("\\.").length - 1);
    }

    @Test
    void everyKeyArrives() throws IOException {
        var untouched = new Settings(Configuration.DEFAULTS);
        var tested = new HashSet<>(ELSEWHERE);
        for (String line : KEYS.lines().toList()) {
            var columns = line.split(" *\\| *");
            var room = ROOMS.getOrDefault(columns[0], _ -> "nobody looks there");
            var settings = settings(yaml(columns[0], columns[1]));
            assertThat(room.apply(settings)).as(columns[0]).hasToString(columns[2].strip());
            if (!columns[0].equals("policy.listen")) {
                assertThat(room.apply(untouched))
                        .as("the default of " + columns[0])
                        .isNotEqualTo(room.apply(settings));
            }
            tested.add(columns[0]);
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(ConfigurationReference.paths());
    }

    @Test
    void listsCertifiersAndRegisteredSendersArrive() throws IOException {
        var settings =
                settings(
                                """
                                receiver:
                                  consent:
                                    junkAddress: {delimiter: "+", detail: Junk, domains: [example.org]}
                                  reputation:
                                    lists:
                                      - name: bad
                                        zone: bl.example
                                        subjects: [ipv4, domain]
                                        meanings:
                                          - {codes: 127.0.0.2-9, verdict: spam, speaks: against, weight: 60}
                                          - {codes: 127.0.1.1, verdict: fine, speaks: for, weight: 30}
                                        askWhy: true
                                    certifiers:
                                      - {domain: vouch.example, weight: 40}
                                reputation:
                                  registered:
                                    - {domain: shop.example, kind: forwarder, actsOnOptOuts: true, contact: a@shop.example, mail: [list]}
                                """)
                        .reputation();
        assertThat(settings.junkAddress())
                .hasToString(
                        "Optional[JunkAddress[delimiter=+, detail=Junk, domains=[example.org]]]");
        var lists = settings.lists().orElseThrow();
        assertThat(lists.lists().getFirst().meanings())
                .hasToString(
                        "[Meaning[codes=127.0.0.2-9, verdict=spam, weight=60], Meaning[codes=127.0.1.1, verdict=fine, weight=-30]]");
        assertThat(lists.lists().getFirst().zone()).hasToString("bl.example");
        assertThat(lists.certifiers()).hasToString("[Certifier[domain=vouch.example, weight=-40]]");
        assertThat(settings.registry().of(DomainName.of("mail.shop.example")))
                .hasToString(
                        "Optional[Registration[senderClass=FORWARDER, actsOnOptOuts=true, mail=[list], contact=a@shop.example]]");
        assertThat(settings.registry().of(DomainName.of("example"))).isEmpty();
    }

    @Test
    void forwardersAndOverridesArrive() throws IOException {
        var rules =
                settings(
                                """
                                receiver:
                                  trustedForwarders: [lists.example, 192.0.2.0/28]
                                  overrides:
                                    - {domain: a.example, action: hold, onlyIfAuthenticated: false, why: known}
                                """)
                        .rules();
        assertThat(rules.trustedForwarders().hosts()).hasToString("[lists.example]");
        assertThat(rules.trustedForwarders().networks()).hasToString("[192.0.2.0/28]");
        assertThat(rules.overrides())
                .hasToString(
                        "{a.example=SenderOverride[action=HOLD, onlyIfAuthenticated=false, why=known]}");
    }

    @Test
    void theSealerArrives() throws IOException {
        var key = folder.resolve("arc.pem");
        Files.writeString(key, DkimKeys.generateEd25519().pem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        var clock = InstantSource.fixed(Instant.EPOCH);
        String seal = "receiver: {arc: {seal: {domain: a.example, selector: s, keyFile: arc.pem}}}";
        assertThat(settings(seal).sealer(clock)).isPresent();
        assertThat(new Settings(Configuration.DEFAULTS).sealer(clock)).isEmpty();
        Files.writeString(key, "no key at all");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> settings(seal).sealer(clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("receiver.arc.seal.keyFile: ")
                .hasMessageContaining("expected a private key in PEM")
                .hasMessageNotContaining("no key at all");
    }

    @Test
    void aQuestionHasTimeForAllTriesOfAllServers() throws IOException {
        var limits =
                settings("dns: {servers: [192.0.2.1, 192.0.2.2, 192.0.2.3], tries: 2, timeout: 4s}")
                        .resolverLimits();
        assertThat(limits.perQuestion()).isEqualTo(java.time.Duration.ofSeconds(24));
    }
}
