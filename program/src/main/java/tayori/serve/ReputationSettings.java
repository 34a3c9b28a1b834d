package tayori.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tayori.api.ApiKey;
import tayori.api.ApiKeys;
import tayori.api.ApiOptions;
import tayori.api.HttpEvidenceSink;
import tayori.config.Configuration;
import tayori.config.FilePath;
import tayori.config.KeyFile;
import tayori.config.ReceiverReputationConfig;
import tayori.config.ReceiverReputationConfig.ListConfig;
import tayori.config.ReputationConfig;
import tayori.config.ReputationConfig.RegisteredConfig;
import tayori.dns.DomainName;
import tayori.embedded.EmbeddedOptions;
import tayori.embedded.ScoringRules;
import tayori.listen.ListenAddress;
import tayori.lists.ListsOptions;
import tayori.lists.ListsOptions.Certifier;
import tayori.lists.OutsideList;
import tayori.lists.OutsideList.Meaning;
import tayori.receiver.ConsentBook;
import tayori.receiver.ConsentList;
import tayori.receiver.EvidenceOptions;
import tayori.receiver.JunkAddress;
import tayori.receiver.ReputationRules;
import tayori.reputation.Registration;
import tayori.reputation.SenderRegistry;
import tayori.store.ReputationStore;

/// What the operator wrote about reputation, in the words of each room.
final class ReputationSettings {
    private final Configuration configuration;
    private final ReceiverReputationConfig receiver;

    ReputationSettings(Configuration configuration) {
        this.configuration = configuration;
        this.receiver = configuration.receiver().reputation();
    }

    ReputationRules rules() {
        return new ReputationRules(
                receiver.onListed(),
                receiver.onListedBlock(),
                receiver.onListedElsewhere(),
                receiver.elsewhereLimit(),
                receiver.onBeyondAllowance(),
                receiver.minScore(),
                receiver.onLowScore(),
                receiver.whitelistExempts(),
                receiver.trustForwarders());
    }

    /// Nothing where nobody else is to be asked.
    Optional<ListsOptions> lists() {
        return receiver.lists().isEmpty() && receiver.certifiers().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ListsOptions.DEFAULTS.asking(
                                receiver.lists().stream().map(ReputationSettings::list).toList(),
                                receiver.certifiers().stream()
                                        .map(one -> new Certifier(one.domain(), -one.weight()))
                                        .toList()));
    }

    private static OutsideList list(ListConfig list) {
        return new OutsideList(
                list.name(),
                list.zone(),
                EnumSet.copyOf(list.subjects()),
                list.meanings().stream()
                        .map(meaning ->
                                new Meaning(
                                        meaning.codes(),
                                        meaning.verdict(),
                                        meaning.speaks().of(meaning.weight())))
                        .toList(),
                list.askWhy());
    }

    /// @param authservId names us where the configuration does not
    EvidenceOptions evidence(String authservId) {
        var defaults = EvidenceOptions.of(provider(authservId), node(authservId));
        return new EvidenceOptions(
                defaults.provider(),
                defaults.node(),
                configuration.reputation().flushInterval(),
                defaults.closeTime(),
                defaults.maxIdentities(),
                defaults.maxWaiting(),
                Set.copyOf(receiver.traps()),
                defaults.trapsAreDeliveries());
    }

    String provider(String authservId) {
        return configuration.reputation().provider().map(DomainName::toString).orElse(authservId);
    }

    /// Each machine has a name of its own in the results it adds; so has its evidence.
    private static String node(String authservId) {
        return authservId;
    }

    ConsentBook consent() {
        var consent = configuration.receiver().consent();
        return new ConsentList(
                consent.byDefault(),
                Set.copyOf(consent.exceptAddresses()),
                Set.copyOf(consent.exceptDomains()));
    }

    Optional<JunkAddress> junkAddress() {
        return configuration
                .receiver()
                .consent()
                .junkAddress()
                .map(junk ->
                        new JunkAddress(
                                junk.delimiter().charAt(0),
                                junk.detail(),
                                Set.copyOf(junk.domains())));
    }

    /// The senders of the configuration file, each with all below its domain.
    SenderRegistry registry() {
        Map<DomainName, Registration> registered =
                configuration.reputation().registered().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        RegisteredConfig::domain,
                                        ReputationSettings::registration,
                                        (first, _) -> first));
        return domain -> {
            for (Optional<DomainName> at = Optional.of(domain);
                    at.isPresent();
                    at = at.get().parent()) {
                var found = registered.get(at.get());
                if (found != null) {
                    return Optional.of(found);
                }
            }
            return Optional.empty();
        };
    }

    private static Registration registration(RegisteredConfig sender) {
        return new Registration(
                sender.kind(),
                sender.actsOnOptOuts(),
                sender.mail().stream()
                        .map(ReputationConfig.MailKind::name)
                        .map(kind -> kind.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                sender.contact());
    }

    /// Where senders are remembered; nothing where they are not.
    Optional<Path> directory() {
        return configuration.reputation().directory().map(FilePath::path);
    }

    EmbeddedOptions engine() {
        var defaults = EmbeddedOptions.DEFAULTS;
        return new EmbeddedOptions(
                defaults.maxBatchOctets(),
                defaults.maxEvidencePerBatch(),
                defaults.maxSegmentOctets(),
                defaults.minFreeOctets(),
                configuration.reputation().batchMemory(),
                defaults.maxBatchIds(),
                defaults.maxHotSubjects(),
                defaults.maxDirtySubjects(),
                configuration.reputation().checkpointInterval(),
                defaults.idleTime());
    }

    ScoringRules scoring() {
        return ReputationStore.rules(registry());
    }

    /// The operator to whom evidence is handed.
    Optional<HttpEvidenceSink> operator() throws IOException {
        var operator = configuration.reputation().operator();
        if (operator.isEmpty()) {
            return Optional.empty();
        }
        String key = secret(operator.get().keyFile());
        return Optional.of(new HttpEvidenceSink(operator.get().url(), () -> key));
    }

    /// One for each address.
    List<ApiOptions> api(String authservId) throws IOException {
        var options = new ArrayList<ApiOptions>();
        for (var address : configuration.api().listen()) {
            if (!(address instanceof ListenAddress.Tcp(var host, int port))) {
                throw new IOException("the interface has no sockets such as " + address);
            }
            var defaults = ApiOptions.DEFAULTS;
            options.add(
                    new ApiOptions(
                            host,
                            port,
                            configuration
                                    .nameServer()
                                    .zone()
                                    .map(DomainName::toString)
                                    .orElseGet(() -> provider(authservId)),
                            configuration.api().https(),
                            configuration.api().openDkim(),
                            defaults.maxBodyOctets(),
                            defaults.maxHeadOctets(),
                            defaults.requestsPerSecond(),
                            defaults.burst(),
                            defaults.maxConnections(),
                            defaults.maxRequests(),
                            defaults.readTimeout(),
                            defaults.idleTimeout()));
        }
        return options;
    }

    ApiKeys apiKeys() throws IOException {
        var keys = new ArrayList<ApiKey>();
        for (var key : configuration.api().keys()) {
            var scopes = new ArrayList<String>();
            if (key.mayExplain()) {
                scopes.add(ApiKey.EXPLAIN);
            }
            if (key.mayReport()) {
                scopes.add(ApiKey.FEEDBACK);
            }
            key.evidenceOf().ifPresent(provider -> scopes.add(ApiKey.EVIDENCE + provider));
            keys.add(ApiKey.of(key.name(), secret(key.keyFile()), scopes.toArray(String[]::new)));
        }
        return new ApiKeys(keys);
    }

    private static String secret(KeyFile file) throws IOException {
        return Files.readString(file.path()).strip();
    }
}
