package tayori.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tayori.reputation.DelayCurve;
import tayori.reputation.IdentityKind;
import tayori.reputation.ListingMemory;
import tayori.reputation.Publication;
import tayori.reputation.Published;
import tayori.reputation.Standing;

/// Scores what changed, and what time has changed, and hands on what is to be published. One thread.
final class Rescorer {
    /// How often it is looked round for something to do, when there was nothing. Far less than the second in which evidence
    /// is to be heard of.
    static final Duration LOOK_ROUND = Duration.ofMillis(50);

    /// What is listed, white, alarming, or young and active is scored again after this at the latest: its hours count.
    static final long OFTEN_MINUTES = 60;

    /// That of which nothing is said but that too little is known is scored again after this.
    static final long SELDOM_MINUTES = 24 * 60;

    /// Subjects taken up at a time, between which urgent ones may pass.
    private static final int PAGE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Rescorer.class);

    private final HotSubjects hot;
    private final Agenda agenda;
    private final StateReader reader;
    private final ScoringRules rules;
    private final Supplier<DelayCurve> curve;
    private final InstantSource clock;
    private final PublicationListener listener;
    private final int maxScoredWaiting;
    private final AtomicLong scorings = new AtomicLong();

    private StateReader.Due lastDue = StateReader.Due.FIRST;

    Rescorer(
            HotSubjects hot,
            Agenda agenda,
            StateReader reader,
            ScoringRules rules,
            Supplier<DelayCurve> curve,
            InstantSource clock,
            PublicationListener listener,
            int maxScoredWaiting) {
        this.hot = hot;
        this.agenda = agenda;
        this.reader = reader;
        this.rules = rules;
        this.curve = curve;
        this.clock = clock;
        this.listener = listener;
        this.maxScoredWaiting = maxScoredWaiting;
    }

    long scorings() {
        return scorings.get();
    }

    /// Scores some of what there is to score.
    ///
    /// @return whether there was anything
    boolean work() throws IOException {
        var entries = agenda.next(PAGE);
        for (var entry : entries) {
            if (!entry.isUrgent() && agenda.hasUrgent()) {
                break;
            }
            scoreOrSkip(entry.name());
            agenda.done(entry);
        }
        boolean anyDue = scoreDue();
        return anyDue || !entries.isEmpty();
    }

    /// Pages through those that are due. What was scored stays due in the database until the next checkpoint, so the paging goes
    /// on behind it, and begins again when it has come to the end.
    private boolean scoreDue() throws IOException {
        if (agenda.scoredWaiting() >= maxScoredWaiting) {
            return false;
        }
        long minute = minuteOf(clock.instant());
        var page = reader.due(lastDue, minute, PAGE);
        boolean any = false;
        for (var due : page) {
            if (agenda.find(due.name()).filter(row -> row.due() > minute).isEmpty()) {
                scoreOrSkip(due.name());
                any = true;
            }
        }
        lastDue = page.size() < PAGE ? StateReader.Due.FIRST : page.getLast();
        return any;
    }

    /// A subject that cannot be scored is looked at again in an hour; it must not hold up the others.
    private void scoreOrSkip(String name) throws IOException {
        try {
            score(name);
        } catch (RuntimeException | DamagedStateException e) {
            LOG.error("{} cannot be scored", HotSubject.forLog(name), e);
            long later = minuteOf(clock.instant()) + OFTEN_MINUTES;
            agenda.scored(
                    before(name)
                            .map(row -> new SubjectRow(name, later, row.published(), row.memory()))
                            .orElse(SubjectRow.unscored(name, later)));
        }
    }

    private void score(String name) throws IOException {
        var found = hot.find(name);
        var subject = found.isPresent() ? found.get() : HotSubject.of(reader.state(name));
        var memory = subject.listingMemory();
        if (memory == null) {
            memory = before(name).map(SubjectRow::memory).orElse(Map.of());
        }
        var now = clock.instant();
        var standings = standings(subject, memory, now);
        scorings.incrementAndGet();
        if (standings.isEmpty()) {
            agenda.scored(SubjectRow.unscored(name, SubjectRow.NEVER));
            tell(() -> listener.withdrawn(name));
            return;
        }
        var next = new EnumMap<IdentityKind, ListingMemory>(IdentityKind.class);
        for (var standing : standings) {
            if (!standing.memory().equals(ListingMemory.NONE)) {
                next.put(standing.identity().kind(), standing.memory());
            }
        }
        subject.remember(next);
        var published =
                Publication.of(
                        name, rules.holdsForSubdomains(name), standings, rules.registration(name));
        agenda.scored(
                new SubjectRow(
                        name,
                        nextDue(published, subject.folded(), now),
                        Optional.of(published),
                        next));
        tell(() -> listener.published(published));
    }

    private List<Standing> standings(
            HotSubject subject, Map<IdentityKind, ListingMemory> memory, Instant now) {
        var registration = rules.registration(subject.name());
        var delays = curve.get();
        return subject.read(states -> {
            var standings = new ArrayList<Standing>();
            for (var state : states) {
                standings.add(
                        rules.scorer()
                                .score(
                                        state,
                                        delays,
                                        registration,
                                        memory.getOrDefault(
                                                state.identity().kind(), ListingMemory.NONE),
                                        now));
            }
            return standings;
        });
    }

    private Optional<SubjectRow> before(String name) throws IOException {
        var waiting = agenda.find(name);
        return waiting.isPresent() ? waiting : reader.subject(name);
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("a listener failed", e);
        }
    }

    /// When a subject is looked at again though no evidence comes: while two thirds of the time for which its value may be
    /// believed have not passed, so that no value ever runs out under those who read it. Each has its own minute of that
    /// time, so that they spread evenly.
    static long nextDue(Published published, long foldedHour, Instant now) {
        long nowMinute = minuteOf(now);
        long believed = Duration.between(now, published.expires()).toMinutes();
        long renewal = Math.max(1, believed * 2 / 3);
        boolean isYoungAndActive = published.allowance() >= 0 && foldedHour >= nowMinute / 60 - 24;
        boolean hoursCount =
                published.listed().isPresent()
                        || published.white().isPresent()
                        || published.volumeAlarm()
                        || isYoungAndActive;
        long period =
                hoursCount
                        ? Math.min(renewal, OFTEN_MINUTES)
                        : published.score().isPresent()
                                ? Math.min(renewal, SELDOM_MINUTES)
                                : SELDOM_MINUTES;
        long own = Math.floorMod((published.subject().hashCode() * 0x9e3779b1L) >>> 16, period);
        return nowMinute + 1 + Math.floorMod(own - nowMinute - 1, period);
    }

    static long minuteOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60);
    }
}
