package tayori.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.authentication.MailAuthenticator;
import tayori.config.Configuration;
import tayori.dns.CachingDns;
import tayori.listen.ListenAddress;
import tayori.milter.MilterServer;
import tayori.policy.PolicyServer;
import tayori.receiver.MailLog;
import tayori.receiver.Receiver;
import tayori.receiver.ReceiverMetrics;
import tayori.receiver.SpfPolicy;

/// The running program: every room wired to the next, from what is asked to what answers.
public final class Tayori implements AutoCloseable {
    private final Configuration configuration;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<ListenAddress> addresses = new ArrayList<>();
    private Optional<MilterServer> milter = Optional.empty();
    private Optional<PolicyServer> policy = Optional.empty();
    private Optional<MetricsServer> metrics = Optional.empty();

    private Tayori(Configuration configuration) {
        this.configuration = configuration;
    }

    /// Opens every address of the configuration, or none.
    ///
    /// @param clock tells what time it is to signatures that expire
    /// @throws IOException when an address cannot be opened or a key cannot be read; the message names it
    public static Tayori start(Configuration configuration, InstantSource clock)
            throws IOException {
        var tayori = new Tayori(configuration);
        try {
            tayori.wire(clock);
            return tayori;
        } catch (IOException | RuntimeException e) {
            tayori.close();
            throw e;
        }
    }

    private void wire(InstantSource clock) throws IOException {
        var settings = new Settings(configuration);
        var dns = new CachingDns(settings.resolver(), settings.cache(), clock);
        var authenticator = new MailAuthenticator(dns, clock, settings.authentication());
        var receiver =
                new Receiver(
                        authenticator,
                        settings.receiver(),
                        settings.sealer(clock),
                        new MailLog(configuration.log().mailLog()),
                        new ReceiverMetrics(registry));
        if (!configuration.milter().listen().isEmpty()) {
            milter = Optional.of(MilterServer.start(settings.milter(), receiver));
            addresses.addAll(milter.get().addresses());
        }
        if (!configuration.policy().listen().isEmpty()) {
            policy =
                    Optional.of(
                            PolicyServer.start(
                                    settings.policy(),
                                    new SpfPolicy(authenticator, settings.authservId())));
            addresses.addAll(policy.get().addresses());
        }
        measure(dns);
        if (!configuration.metrics().listen().isEmpty()) {
            metrics =
                    Optional.of(
                            MetricsServer.start(
                                    configuration.metrics().listen(), registry::scrape));
            addresses.addAll(metrics.get().addresses());
        }
    }

    private void measure(CachingDns dns) {
        FunctionCounter.builder("tayori.dns.cache.hits", dns, d -> (double) d.statistics().hits())
                .description("Questions answered from memory")
                .register(registry);
        FunctionCounter.builder(
                        "tayori.dns.cache.misses", dns, d -> (double) d.statistics().misses())
                .description("Questions put to a resolver")
                .register(registry);
        Gauge.builder("tayori.dns.cache.names", dns, d -> (double) d.statistics().names())
                .description("Names in memory")
                .register(registry);
        milter.ifPresent(server ->
                Gauge.builder("tayori.milter.connections", server, s -> s.connections())
                        .description("Connections of MTAs")
                        .register(registry));
    }

    /// Where we listen, with real ports in place of 0.
    public List<ListenAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// Stops accepting and lets mails in progress end.
    ///
    /// @return whether all of them ended by themselves
    public boolean drain() {
        Duration patience = configuration.milter().drainTime();
        boolean whole = milter.map(server -> server.drain(patience)).orElse(true);
        return policy.map(server -> server.drain(patience)).orElse(true) && whole;
    }

    @Override
    public void close() {
        milter.ifPresent(MilterServer::close);
        policy.ifPresent(PolicyServer::close);
        metrics.ifPresent(MetricsServer::close);
        registry.close();
    }
}
