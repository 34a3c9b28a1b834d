package tayori.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tayori.reputation.Counts;
import tayori.reputation.Evidence;
import tayori.reputation.EvidenceBatch;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.ScoreOptions;
import tayori.reputation.Scorer;
import tayori.reputation.SenderRegistry;

/// What the tests of the engine share.
final class Sample {
    static final Instant NOW = Instant.parse("2026-11-22T12:30:00Z");

    static final ScoringRules RULES =
            new ScoringRules(
                    new Scorer(ScoreOptions.DEFAULTS),
                    SenderRegistry.EMPTY,
                    domain -> domain.labelCount() == 2);

    /// The defaults, but for a checkpoint only when it is asked for, and for whatever disk the tests run on.
    static final EmbeddedOptions OPTIONS = options(100_000, Duration.ofDays(1));

    private Sample() {}

    static EmbeddedOptions options(int maxDirty, Duration checkpointEvery) {
        var defaults = EmbeddedOptions.DEFAULTS;
        return new EmbeddedOptions(
                defaults.maxBatchOctets(),
                defaults.maxEvidencePerBatch(),
                defaults.maxSegmentOctets(),
                0,
                defaults.batchIdTime(),
                defaults.maxBatchIds(),
                defaults.maxHotSubjects(),
                maxDirty,
                checkpointEvery,
                defaults.idleTime());
    }

    static EmbeddedEngine open(Path directory, InstantSource clock) throws IOException {
        return EmbeddedEngine.open(directory, OPTIONS, RULES, clock);
    }

    static Identity dkim(String domain) {
        return new Identity(IdentityKind.DKIM, domain);
    }

    static Evidence messages(String domain, long number, Instant arrived) {
        return new Evidence(
                dkim(domain),
                Evidence.hourOf(arrived),
                Counts.of(Observation.MESSAGES, number),
                List.of());
    }

    /// As many complaints as reporters.
    static Evidence complaints(String domain, Instant arrived, Long... reporters) {
        return new Evidence(
                dkim(domain),
                Evidence.hourOf(arrived),
                Counts.of(Observation.COMPLAINTS, reporters.length),
                List.of(reporters));
    }

    static EvidenceBatch batch(String id, Evidence... evidence) {
        return batchOf("provider.example", id, evidence);
    }

    static EvidenceBatch batchOf(String provider, String id, Evidence... evidence) {
        return new EvidenceBatch(id, provider, "mx1", List.of(evidence));
    }

    /// All mails ever counted of a domain.
    static long messages(ReputationReader reader, String domain) throws IOException {
        var explanations = reader.explain(domain, NOW);
        return explanations.isEmpty() ? 0 : explanations.getFirst().standing().messages();
    }

    /// A clock to be set.
    static final class Clock implements InstantSource {
        volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /// Remembers what it heard last of each subject.
    static final class Table implements PublicationListener {
        final Map<String, Optional<Published>> heard = new ConcurrentHashMap<>();

        @Override
        public void published(Published published) {
            heard.put(published.subject(), Optional.of(published));
        }

        @Override
        public void withdrawn(String subject) {
            heard.put(subject, Optional.empty());
        }

        Optional<Published> find(String subject) {
            return heard.getOrDefault(subject, Optional.empty());
        }
    }
}
