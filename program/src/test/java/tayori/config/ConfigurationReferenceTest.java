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
                          reputation:
                            onListed: junk
                            onListedBlock: junk
                            onListedElsewhere: accept
                            elsewhereLimit: 100
                            onBeyondAllowance: accept
                            minScore: 0
                            onLowScore: junk
                            whitelistExempts: true
                            trustForwarders: false
                            traps: []
                            lists: []
                            certifiers: []
                          consent:
                            byDefault: true
                            exceptAddresses: []
                            exceptDomains: []
                            junkAddress:
                          supportUrl:
                          trustedForwarders: []
                          overrides: []
                        reputation:
                          directory:
                          provider:
                          operator:
                          flushInterval: 1s
                          checkpointInterval: 30s
                          batchMemory: 7d
                          registered: []
                        feedback:
                          directory:
                          receiptKeyFile:
                          window: 30d
                          keepFor: 90d
                          mailDomain:
                          lmtp: []
                          networks: []
                        nameServer:
                          listen: []
                          zone:
                          nameServers: []
                          contact:
                          explanation:
                          access: anybody
                          clients: []
                          transferKeys: []
                          lists: []
                          answersPerSecond: 200
                          refuseByAddress: false
                        api:
                          listen: []
                          https: false
                          openDkim: false
                          keys: []
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
                        receiver.reputation.onListed
                        receiver.reputation.onListedBlock
                        receiver.reputation.onListedElsewhere
                        receiver.reputation.elsewhereLimit
                        receiver.reputation.onBeyondAllowance
                        receiver.reputation.minScore
                        receiver.reputation.onLowScore
                        receiver.reputation.whitelistExempts
                        receiver.reputation.trustForwarders
                        receiver.reputation.traps
                        receiver.reputation.lists.name
                        receiver.reputation.lists.zone
                        receiver.reputation.lists.subjects
                        receiver.reputation.lists.meanings.codes
                        receiver.reputation.lists.meanings.verdict
                        receiver.reputation.lists.meanings.speaks
                        receiver.reputation.lists.meanings.weight
                        receiver.reputation.lists.askWhy
                        receiver.reputation.certifiers.domain
                        receiver.reputation.certifiers.weight
                        receiver.consent.byDefault
                        receiver.consent.exceptAddresses
                        receiver.consent.exceptDomains
                        receiver.consent.junkAddress.delimiter
                        receiver.consent.junkAddress.detail
                        receiver.consent.junkAddress.domains
                        receiver.supportUrl
                        receiver.trustedForwarders
                        receiver.overrides.domain
                        receiver.overrides.action
                        receiver.overrides.onlyIfAuthenticated
                        receiver.overrides.why
                        reputation.directory
                        reputation.provider
                        reputation.operator.url
                        reputation.operator.keyFile
                        reputation.flushInterval
                        reputation.checkpointInterval
                        reputation.batchMemory
                        reputation.registered.domain
                        reputation.registered.kind
                        reputation.registered.actsOnOptOuts
                        reputation.registered.contact
                        reputation.registered.mail
                        feedback.directory
                        feedback.receiptKeyFile
                        feedback.window
                        feedback.keepFor
                        feedback.mailDomain
                        feedback.lmtp
                        feedback.networks
                        nameServer.listen
                        nameServer.zone
                        nameServer.nameServers
                        nameServer.contact
                        nameServer.explanation
                        nameServer.access
                        nameServer.clients.name
                        nameServer.clients.keyFile
                        nameServer.clients.questionsPerSecond
                        nameServer.clients.questionsPerDay
                        nameServer.transferKeys.name
                        nameServer.transferKeys.algorithm
                        nameServer.transferKeys.keyFile
                        nameServer.lists.name
                        nameServer.lists.file
                        nameServer.answersPerSecond
                        nameServer.refuseByAddress
                        api.listen
                        api.https
                        api.openDkim
                        api.keys.name
                        api.keys.keyFile
                        api.keys.mayExplain
                        api.keys.mayReport
                        api.keys.evidenceOf
                        metrics.listen
                        log.format
                        log.level
                        log.mailLog\
                        """);
    }
}
