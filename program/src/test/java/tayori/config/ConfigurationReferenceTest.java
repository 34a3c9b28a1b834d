package tayori.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    /// Surefire starts in the folder of the module.
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void pageInTheRepositoryIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(DOCS.resolve("configuration.md")))
                .as("run: ./tayori config reference > docs/configuration.md")
                .isEqualTo(ConfigurationReference.markdown());
    }

    @Test
    void sampleInTheRepositoryIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(DOCS.resolve("tayori.sample.yaml")))
                .as("run: ./tayori config reference --sample > docs/tayori.sample.yaml")
                .isEqualTo(ConfigurationReference.sampleYaml());
    }

    @Test
    void sampleSetsTheDefaults() {
        assertThat(new ConfigurationFile().read(DOCS.resolve("tayori.sample.yaml")))
                .isEqualTo(new Loaded.Accepted(Configuration.DEFAULTS));
    }

    /// Whoever changes a default changes what untouched installations do, and sees it here.
    @Test
    void allDefaults() {
        assertThat(ConfigurationPrinter.asYaml(Configuration.DEFAULTS))
                .isEqualTo(
                        """
                        dns:
                          servers: []
                          timeout: 5s
                          tries: 2
                          cacheEntries: 100000
                          cacheBytes: 64MiB
                          minTtl: 0s
                          maxTtl: 1d
                          maxNegativeTtl: 3h
                          failureTtl: 5s
                          questionsPerMessage: 200
                        milter:
                          listen: ["127.0.0.1:8891"]
                          maxPacketBytes: 1MiB
                          idleTimeout: 7210s
                          commandTimeout: 4m
                          maxConnections: 4000
                          drainTime: 20s
                          onError: tempfail
                        policy:
                          listen: []
                        receiver:
                          authservId:
                          additionalAuthservIds: []
                          headLimits:
                            octets: 1MiB
                            fieldOctets: 100KiB
                            fields: 1000
                          trustedNetworks: []
                          methods:
                            iprev: true
                            spfOfHelo: true
                            senderId: false
                            domainKeys: false
                            bimi: false
                          receivedSpf: false
                          dkim:
                            maxSignatures: 8
                            minRsaBits: 1024
                          dmarc:
                            discovery: treewalk
                          arc:
                            trustedSealers: []
                            seal:
                          decision:
                            mode: label
                            onDmarcQuarantine: junk
                            onDmarcReject: reject
                            onTempError: label
                          ipv6:
                            requireReverseDns: false
                            requireSpfOrDkim: false
                            action: junk
                          trustedForwarders: []
                          overrides: []
                        metrics:
                          listen: []
                        log:
                          format: text
                          level: info
                          mailLog: true
                        """);
    }

    /// A key that goes must be retired with advice; a new one is written down here.
    @Test
    void allKeys() {
        assertThat(String.join("\n", ConfigurationReference.paths()))
                .isEqualTo(
                        """
                        dns.servers
                        dns.timeout
                        dns.tries
                        dns.cacheEntries
                        dns.cacheBytes
                        dns.minTtl
                        dns.maxTtl
                        dns.maxNegativeTtl
                        dns.failureTtl
                        dns.questionsPerMessage
                        milter.listen
                        milter.maxPacketBytes
                        milter.idleTimeout
                        milter.commandTimeout
                        milter.maxConnections
                        milter.drainTime
                        milter.onError
                        policy.listen
                        receiver.authservId
                        receiver.additionalAuthservIds
                        receiver.headLimits.octets
                        receiver.headLimits.fieldOctets
                        receiver.headLimits.fields
                        receiver.trustedNetworks
                        receiver.methods.iprev
                        receiver.methods.spfOfHelo
                        receiver.methods.senderId
                        receiver.methods.domainKeys
                        receiver.methods.bimi
                        receiver.receivedSpf
                        receiver.dkim.maxSignatures
                        receiver.dkim.minRsaBits
                        receiver.dmarc.discovery
                        receiver.arc.trustedSealers
                        receiver.arc.seal.domain
                        receiver.arc.seal.selector
                        receiver.arc.seal.keyFile
                        receiver.decision.mode
                        receiver.decision.onDmarcQuarantine
                        receiver.decision.onDmarcReject
                        receiver.decision.onTempError
                        receiver.ipv6.requireReverseDns
                        receiver.ipv6.requireSpfOrDkim
                        receiver.ipv6.action
                        receiver.trustedForwarders
                        receiver.overrides.domain
                        receiver.overrides.action
                        receiver.overrides.onlyIfAuthenticated
                        receiver.overrides.why
                        metrics.listen
                        log.format
                        log.level
                        log.mailLog\
                        """);
    }
}
