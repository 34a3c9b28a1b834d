package tayori.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tayori.config.Configuration;
import tayori.config.ConfigurationFile;
import tayori.config.DnsConfig;
import tayori.config.Literals;
import tayori.config.Loaded;
import tayori.config.ResolverAddress;
import tayori.dns.CacheLimits;
import tayori.dns.CachingDns;
import tayori.dns.Dns;
import tayori.dns.ResolverDns;

/// The options that say how the DNS is asked; the same for every command that asks it.
final class DnsChoice {
    /// Most resolvers named by batch lines that are kept open with their caches; one more starts anew.
    static final int MAX_LINE_RESOLVERS = 1_000;

    /// Longest wait for all tries of one question together.
    private static final Duration MAX_QUESTION = Duration.ofMinutes(2);

    @Spec(Spec.Target.MIXEE)
    @Nullable CommandSpec spec;

    @Option(
            names = "--resolver",
            paramLabel = "HOST:PORT",
            description =
                    "Ask this DNS server instead of the system's; give it again for a second one.")
    List<String> resolvers = new ArrayList<>();

    @Option(
            names = "--no-cache",
            description = "Ask the DNS anew for every question, even an equal one.")
    boolean noCache;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long one try waits for an answer, e.g. 500ms or 5s.")
    @Nullable String timeout;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Take the settings of this configuration file, above all its section dns.")
    @Nullable Path config;

    private final Map<String, Dns> ofLines = new ConcurrentHashMap<>();
    private @Nullable Configuration configuration;

    /// The configuration in force.
    Configuration configuration() {
        var known = configuration;
        if (known == null) {
            known = read();
            configuration = known;
        }
        return known;
    }

    private Configuration read() {
        if (config == null) {
            return Configuration.DEFAULTS;
        }
        return switch (new ConfigurationFile().read(config)) {
            case Loaded.Accepted(var accepted) -> accepted;
            case Loaded.Refused(var problems) ->
                    throw new RefusedConfiguration(
                            problems.stream().map(problem -> problem.sentence()).toList());
        };
    }

    /// The DNS as chosen.
    Dns open() {
        var settings = configuration().dns();
        var servers = new ArrayList<InetSocketAddress>();
        for (String resolver : resolvers) {
            servers.add(
                    ResolverDns.server(resolver)
                            .orElseThrow(() ->
                                    wrong(
                                            "--resolver: '"
                                                    + resolver
                                                    + "' is no server such as 192.0.2.53 or"
                                                    + " 127.0.0.1:5353")));
        }
        if (servers.isEmpty()) {
            for (ResolverAddress server : settings.servers()) {
                ResolverDns.server(server.toString()).ifPresent(servers::add);
            }
        }
        if (servers.size() > ResolverDns.MAX_SERVERS) {
            throw wrong("--resolver: at most " + ResolverDns.MAX_SERVERS + " servers");
        }
        return cached(
                servers.isEmpty()
                        ? ResolverDns.ofSystem(limits(settings, 1))
                        : new ResolverDns(servers, limits(settings, servers.size())));
    }

    /// The DNS that a batch line names with `resolver`; otherwise the one of the whole batch.
    Dns of(BatchLine line, Dns standard) throws BatchLine.Refused {
        var named = line.text("resolver");
        if (named.isEmpty()) {
            return standard;
        }
        String resolver = named.get();
        var known = ofLines.get(resolver);
        if (known != null) {
            return known;
        }
        var server = ResolverDns.server(resolver);
        if (server.isEmpty()) {
            throw line.expected("resolver", "a DNS server such as 127.0.0.1:5353");
        }
        if (ofLines.size() >= MAX_LINE_RESOLVERS) {
            ofLines.clear();
        }
        return ofLines.computeIfAbsent(
                resolver,
                _ ->
                        cached(
                                new ResolverDns(
                                        List.of(server.get()), limits(configuration().dns(), 1))));
    }

    private ResolverDns.Limits limits(DnsConfig settings, int servers) {
        Duration perTry = settings.timeout();
        String given = timeout;
        if (given != null) {
            perTry =
                    Literals.time(given)
                            .filter(Duration::isPositive)
                            .filter(time -> time.compareTo(MAX_QUESTION) <= 0)
                            .orElseThrow(() ->
                                    wrong(
                                            "--timeout: '"
                                                    + given
                                                    + "' is no time such as 500ms or 5s"));
        }
        var all = perTry.multipliedBy((long) settings.tries() * servers);
        var defaults = ResolverDns.Limits.DEFAULTS;
        return new ResolverDns.Limits(
                perTry,
                all.compareTo(MAX_QUESTION) > 0 ? MAX_QUESTION : all,
                settings.tries(),
                defaults.maxRecords(),
                defaults.maxTextOctets(),
                defaults.maxAliases());
    }

    /// A failure is never remembered here, though RFC 9520 §3.2 asks servers to: who calls a command again after mending
    /// the DNS wants to see the new answer, and these commands ask little.
    private Dns cached(Dns dns) {
        var settings = configuration().dns();
        if (noCache || settings.cacheEntries() == 0) {
            return dns;
        }
        var limits =
                new CacheLimits(
                        settings.cacheEntries(),
                        settings.cacheBytes().bytes(),
                        settings.minTtl(),
                        settings.maxTtl(),
                        settings.maxNegativeTtl(),
                        Duration.ZERO);
        return new CachingDns(dns, limits, InstantSource.system());
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    /// Ends a command: its configuration file is refused.
    static final class RefusedConfiguration extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedConfiguration(List<String> sentences) {
            super(String.join(System.lineSeparator(), sentences));
        }
    }
}
