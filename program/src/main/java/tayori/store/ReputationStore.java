package tayori.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tayori.embedded.EmbeddedEngine;
import tayori.embedded.EmbeddedOptions;
import tayori.embedded.PublicationListener;
import tayori.embedded.ReputationReader;
import tayori.embedded.ScoringRules;
import tayori.psl.PublicSuffixList;
import tayori.reputation.Published;
import tayori.reputation.ScoreOptions;
import tayori.reputation.Scorer;
import tayori.reputation.SenderRegistry;

/// Opens the folder of an embedded engine, with the rules that hold everywhere in this program.
public final class ReputationStore {
    /// How long a command waits for scores; a million take some minutes.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private ReputationStore() {}

    /// The rules for scoring, with nobody registered.
    public static ScoringRules rules() {
        return rules(SenderRegistry.EMPTY);
    }

    /// The rules for scoring. A domain stands for all below it where it is one that the public registers.
    public static ScoringRules rules(SenderRegistry registry) {
        return new ScoringRules(
                new Scorer(ScoreOptions.DEFAULTS),
                registry,
                domain ->
                        PublicSuffixList.bundled()
                                .registrableDomain(domain)
                                .filter(domain::equals)
                                .isPresent());
    }

    /// To read, also while a server serves it.
    ///
    /// @throws IOException where it is no such folder
    public static ReputationReader read(Path folder) throws IOException {
        return EmbeddedEngine.openReadOnly(folder, rules());
    }

    /// To add evidence; nobody else may have it open.
    public static EmbeddedEngine open(Path folder, InstantSource clock) throws IOException {
        return EmbeddedEngine.open(folder, EmbeddedOptions.DEFAULTS, rules(), clock);
    }

    /// Scores what has changed and keeps it, so that whoever reads the folder next finds it published.
    ///
    /// @return whether everything was scored within [#PATIENCE]; the rest is when a server opens the folder
    public static boolean publish(EmbeddedEngine engine) throws IOException {
        var scored = new Semaphore(0);
        engine.publishTo(
                new PublicationListener() {
                    @Override
                    public void published(Published published) {
                        scored.release();
                    }

                    @Override
                    public void withdrawn(String subject) {
                        scored.release();
                    }
                });
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (engine.statistics().unscored() > 0 && System.nanoTime() < end) {
                // a subject is off the list only after it was told
                if (scored.tryAcquire(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) {
                    scored.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while scores are made");
        }
        engine.checkpoint();
        return engine.statistics().unscored() == 0;
    }
}
