package tayori.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tayori.arc.ArcOptions;
import tayori.arc.ArcSealer;
import tayori.authentication.AuthenticationOptions;
import tayori.authentication.AuthenticationOptions.Extra;
import tayori.config.Configuration;
import tayori.config.ReceiverConfig;
import tayori.config.TrustedSource;
import tayori.dkim.DkimKeys;
import tayori.dkim.DkimOptions;
import tayori.dmarc.DmarcOptions;
import tayori.dns.CacheLimits;
import tayori.dns.Dns;
import tayori.dns.DomainName;
import tayori.dns.ResolverDns;
import tayori.listen.ListenAddress;
import tayori.listen.ListenOptions;
import tayori.message.HeadLimits;
import tayori.milter.MilterOptions;
import tayori.policy.PolicyOptions;
import tayori.psl.PublicSuffixList;
import tayori.receiver.Action;
import tayori.receiver.DecisionRules;
import tayori.receiver.DecisionRules.SenderOverride;
import tayori.receiver.Forwarders;
import tayori.receiver.Network;
import tayori.receiver.ReceiverOptions;
import tayori.spf.SpfOptions;

/// What the operator wrote, in the words of each room.
final class Settings {
    private final Configuration configuration;
    private final ReceiverConfig receiver;
    private final ReputationSettings reputation;

    Settings(Configuration configuration) {
        this.reputation = new ReputationSettings(configuration);
        this.configuration = configuration;
        this.receiver = configuration.receiver();
    }

    ReputationSettings reputation() {
        return reputation;
    }

    Dns resolver() {
        return new ResolverDns(servers(), resolverLimits());
    }

    /// The configured ones, else those of the system.
    List<InetSocketAddress> servers() {
        var servers = configuration.dns().servers();
        return servers.isEmpty()
                ? ResolverDns.systemServers()
                : servers.stream()
                        .map(server ->
                                new InetSocketAddress(
                                        InetAddress.ofLiteral(server.address()), server.port()))
                        .toList();
    }

    /// A question has the time that all tries of all servers need.
    ResolverDns.Limits resolverLimits() {
        var dns = configuration.dns();
        var defaults = ResolverDns.Limits.DEFAULTS;
        return new ResolverDns.Limits(
                dns.timeout(),
                dns.timeout().multipliedBy((long) dns.tries() * servers().size()),
                dns.tries(),
                defaults.maxRecords(),
                defaults.maxTextOctets(),
                defaults.maxAliases());
    }

    CacheLimits cache() {
        var dns = configuration.dns();
        return new CacheLimits(
                dns.cacheEntries(),
                dns.cacheBytes().bytes(),
                dns.minTtl(),
                dns.maxTtl(),
                dns.maxNegativeTtl(),
                dns.failureTtl());
    }

    AuthenticationOptions authentication() {
        var dkim = receiver.dkim();
        var defaults = DkimOptions.DEFAULTS;
        return new AuthenticationOptions(
                SpfOptions.DEFAULTS.withReceiver(authservId()),
                new DkimOptions(
                        dkim.maxSignatures(),
                        dkim.minRsaBits(),
                        defaults.maxRsaBits(),
                        defaults.clockSkew(),
                        false),
                ArcOptions.DEFAULTS,
                switch (receiver.dmarc().discovery()) {
                    case TREEWALK -> DmarcOptions.TREE_WALK;
                    case PSL -> DmarcOptions.publicSuffixList(PublicSuffixList.bundled());
                },
                configuration.dns().questionsPerMessage(),
                extras());
    }

    private Set<Extra> extras() {
        var methods = receiver.methods();
        var extras = EnumSet.noneOf(Extra.class);
        if (methods.iprev()) {
            extras.add(Extra.IPREV);
        }
        if (methods.spfOfHelo()) {
            extras.add(Extra.SPF_OF_HELO);
        }
        if (methods.senderId()) {
            extras.add(Extra.SENDER_ID);
        }
        if (methods.domainKeys()) {
            extras.add(Extra.DOMAIN_KEYS);
        }
        if (methods.bimi()) {
            extras.add(Extra.BIMI);
        }
        return extras;
    }

    ReceiverOptions receiver() {
        var limits = receiver.headLimits();
        return new ReceiverOptions(
                authservId(),
                receiver.additionalAuthservIds().stream().map(DomainName::toString).toList(),
                new HeadLimits(
                        Math.toIntExact(limits.octets().bytes()),
                        Math.toIntExact(limits.fieldOctets().bytes()),
                        limits.fields()),
                receiver.trustedNetworks(),
                receiver.receivedSpf(),
                rules(),
                reputation.junkAddress(),
                receiver.supportUrl().map(URI::toString));
    }

    DecisionRules rules() {
        var decision = receiver.decision();
        var ipv6 = receiver.ipv6();
        return new DecisionRules(
                decision.mode() == ReceiverConfig.Mode.ENFORCE,
                decision.onDmarcQuarantine(),
                decision.onDmarcReject(),
                switch (decision.onTempError()) {
                    case LABEL -> Action.ACCEPT;
                    case TEMPFAIL -> Action.TEMPFAIL;
                },
                ipv6.requireReverseDns(),
                ipv6.requireSpfOrDkim(),
                ipv6.action(),
                forwarders(),
                Set.copyOf(receiver.arc().trustedSealers()),
                overrides(),
                reputation.rules());
    }

    private Forwarders forwarders() {
        var networks = new ArrayList<Network>();
        var hosts = new ArrayList<DomainName>();
        for (var source : receiver.trustedForwarders()) {
            switch (source) {
                case TrustedSource.Block(var network) -> networks.add(network);
                case TrustedSource.Domain(var name) -> hosts.add(name);
            }
        }
        return new Forwarders(networks, hosts);
    }

    private Map<DomainName, SenderOverride> overrides() {
        var overrides = new HashMap<DomainName, SenderOverride>();
        for (var override : receiver.overrides()) {
            overrides.put(
                    override.domain(),
                    new SenderOverride(
                            override.action(), override.onlyIfAuthenticated(), override.why()));
        }
        return overrides;
    }

    /// The sealer, where the operator wants one.
    ///
    /// @throws IOException when the key cannot be read; names the file, never what is in it
    Optional<ArcSealer> sealer(InstantSource clock) throws IOException {
        if (receiver.arc().seal().isEmpty()) {
            return Optional.empty();
        }
        var seal = receiver.arc().seal().get();
        var key =
                DkimKeys.readPem(Files.readString(seal.keyFile().path()))
                        .orElseThrow(() ->
                                new IOException(
                                        "receiver.arc.seal.keyFile: "
                                                + seal.keyFile()
                                                + ": expected a private key in PEM"));
        return Optional.of(
                new ArcSealer(
                        seal.domain(), seal.selector(), key, ArcSealer.DEFAULT_HEADERS, clock));
    }

    MilterOptions milter() {
        var milter = configuration.milter();
        var defaults = MilterOptions.listeningOn(milter.listen().getFirst());
        return new MilterOptions(
                milter.listen(),
                new ListenOptions(
                        defaults.listen().backlog(),
                        milter.maxConnections(),
                        milter.maxConnections()),
                switch (milter.onError()) {
                    case TEMPFAIL -> MilterOptions.OnFailure.TEMPFAIL;
                    case ACCEPT -> MilterOptions.OnFailure.ACCEPT;
                },
                Math.toIntExact(milter.maxPacketBytes().bytes()),
                defaults.maxMacros(),
                defaults.negotiationTime(),
                milter.idleTimeout(),
                defaults.packetTime(),
                milter.commandTimeout(),
                defaults.progressInterval());
    }

    PolicyOptions policy() {
        return PolicyOptions.listeningOn(
                configuration.policy().listen().toArray(ListenAddress[]::new));
    }

    /// The name we sign our results with: the configured one, else the name of this host, else `localhost`.
    String authservId() {
        return receiver.authservId().map(DomainName::toString).orElseGet(Settings::hostName);
    }

    private static String hostName() {
        try {
            return DomainName.parse(InetAddress.getLocalHost().getHostName())
                    .map(DomainName::toString)
                    .orElse("localhost");
        } catch (UnknownHostException e) {
            return "localhost"; // a host that does not know its own name
        }
    }
}
