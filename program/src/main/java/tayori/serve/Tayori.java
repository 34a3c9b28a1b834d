package tayori.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.api.ApiServer;
import tayori.authentication.MailAuthenticator;
import tayori.config.Configuration;
import tayori.dns.CachingDns;
import tayori.feedback.FeedbackHub;
import tayori.listen.ListenAddress;
import tayori.lists.OutsideLists;
import tayori.milter.MilterServer;
import tayori.policy.PolicyServer;
import tayori.psl.PublicSuffixList;
import tayori.publication.PublishedTable;
import tayori.receipt.ReceiptKey;
import tayori.receiver.EvidenceCollector;
import tayori.receiver.MailLog;
import tayori.receiver.Receiver;
import tayori.receiver.ReceiverMetrics;
import tayori.receiver.SpfPolicy;
import tayori.receiver.Surroundings;
import tayori.reputation.EvidenceSink;
import tayori.store.EngineAnswers;

/// The running program: every room wired to the next, from what is asked to what answers.
public final class Tayori implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tayori.serve");

    private final Configuration configuration;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<ListenAddress> addresses = new ArrayList<>();
    private Optional<MilterServer> milter = Optional.empty();
    private Optional<PolicyServer> policy = Optional.empty();
    private Optional<MetricsServer> metrics = Optional.empty();
    private Optional<ReputationRoom> reputation = Optional.empty();

    /// What the mail filter leans on: closed after it.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

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
        openReputation(settings.reputation(), clock);
        var receiptKeys = FeedbackRoom.keys(configuration.feedback(), clock);
        var receiver =
                new Receiver(
                        authenticator,
                        settings.receiver(),
                        settings.sealer(clock),
                        new MailLog(configuration.log().mailLog()),
                        new ReceiverMetrics(registry),
                        surroundings(settings, dns, receiptKeys, clock));
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
        publish(settings, hearReaders(settings, receiptKeys, clock), clock);
        measure(dns);
        if (!configuration.metrics().listen().isEmpty()) {
            metrics =
                    Optional.of(
                            MetricsServer.start(
                                    configuration.metrics().listen(), registry::scrape));
            addresses.addAll(metrics.get().addresses());
        }
    }

    private void openReputation(ReputationSettings settings, InstantSource clock)
            throws IOException {
        if (settings.directory().isPresent()) {
            var room =
                    ReputationRoom.open(
                            settings.directory().get(),
                            settings.engine(),
                            settings.scoring(),
                            clock);
            reputation = Optional.of(opened(room));
            room.measure(registry);
        }
    }

    /// Whom the receiver asks and tells: our own memory or an operator's, and other people's lists.
    private Surroundings surroundings(
            Settings settings, CachingDns dns, List<ReceiptKey> receiptKeys, InstantSource clock)
            throws IOException {
        var wanted = settings.reputation();
        Optional<EvidenceSink> sink = reputation.map(ReputationRoom::engine);
        var operator = wanted.operator();
        if (sink.isEmpty() && operator.isPresent()) {
            sink = Optional.of(opened(operator.get()));
        }
        var evidence = wanted.evidence(settings.authservId());
        return new Surroundings(
                reputation.map(ReputationRoom::table),
                wanted.lists()
                        .map(lists -> opened(OutsideLists.start(lists, dns, new SecureRandom())))
                        .map(this::measured),
                sink.map(to -> opened(EvidenceCollector.start(evidence, to, clock)))
                        .map(this::measured),
                receiptKeys.isEmpty()
                        ? Optional.empty()
                        : Optional.of(FeedbackRoom.issuer(configuration.feedback(), receiptKeys)),
                wanted.consent(),
                clock);
    }

    private OutsideLists measured(OutsideLists lists) {
        Gauge.builder("tayori.lists.working", lists, asked -> asked.statistics().working())
                .description("Lists and certifiers of others that are asked")
                .register(registry);
        Gauge.builder("tayori.lists.off", lists, asked -> asked.statistics().switchedOff())
                .description("Those that are not, because they failed their test")
                .register(registry);
        return lists;
    }

    private EvidenceCollector measured(EvidenceCollector collector) {
        FunctionCounter.builder(
                        "tayori.evidence.batches",
                        collector,
                        asked -> (double) asked.statistics().batches())
                .description("Batches of evidence handed on")
                .register(registry);
        FunctionCounter.builder(
                        "tayori.evidence.dropped",
                        collector,
                        asked -> (double) asked.statistics().dropped())
                .description("What was seen of senders and not counted, for want of room")
                .register(registry);
        return collector;
    }

    /// Readers are heard where there is a folder for complaints and an engine that takes them as evidence.
    private Optional<FeedbackHub> hearReaders(
            Settings settings, List<ReceiptKey> receiptKeys, InstantSource clock)
            throws IOException {
        var config = configuration.feedback();
        if (config.directory().isEmpty() || reputation.isEmpty()) {
            return Optional.empty();
        }
        var room =
                opened(
                        FeedbackRoom.open(
                                config,
                                config.directory().get().path(),
                                receiptKeys,
                                reputation.get().engine(),
                                settings.reputation().provider(settings.authservId()),
                                clock));
        if (!config.lmtp().isEmpty()) {
            var mail = opened(FeedbackRoom.takeMail(config, room.hub(), settings.authservId()));
            addresses.addAll(mail.addresses());
        }
        return Optional.of(room.hub());
    }

    /// The name server and the interface, which answer from what is remembered here.
    private void publish(Settings settings, Optional<FeedbackHub> feedback, InstantSource clock)
            throws IOException {
        if (!configuration.nameServer().listen().isEmpty()) {
            var table =
                    reputation
                            .map(ReputationRoom::table)
                            .orElseGet(() -> new PublishedTable(PublicSuffixList.bundled()));
            var room = opened(NameServerRoom.start(configuration.nameServer(), table, clock));
            room.measure(registry);
            addresses.addAll(room.addresses());
        }
        if (reputation.isPresent()) {
            var room = reputation.get();
            var answers = new EngineAnswers(room.engine(), clock, () -> true);
            var wanted = settings.reputation();
            for (var options : wanted.api(settings.authservId())) {
                var api =
                        opened(
                                ApiServer.start(
                                        options,
                                        wanted.apiKeys(),
                                        answers,
                                        answers.repute(room.table()),
                                        room.engine(),
                                        feedback,
                                        clock));
                var address = api.address();
                addresses.add(
                        new ListenAddress.Tcp(
                                address.getAddress().getHostAddress(), address.getPort()));
            }
        }
    }

    /// To be closed with the program, the latest first.
    private <T extends AutoCloseable> T opened(T room) {
        open.push(room);
        return room;
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
        while (!open.isEmpty()) {
            closeOne(open.pop());
        }
        registry.close();
    }

    /// The others must be closed all the same.
    private static void closeOne(AutoCloseable room) {
        try {
            room.close();
        } catch (Exception e) {
            LOG.atError().setCause(e).log("not closed in good order");
        }
    }
}
