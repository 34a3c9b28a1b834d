package tayori.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tayori.reputation.DelayCurve;
import tayori.reputation.Explanation;
import tayori.reputation.Identity;
import tayori.reputation.IdentityState;
import tayori.reputation.ListingMemory;
import tayori.reputation.Published;

/// Answers from the database, and before it from the memory of the engine, where there is one.
final class StoredReputation implements ReputationReader {
    private final StateReaders readers;
    private final ScoringRules rules;
    private final Memory memory;

    /// What is newer than the database.
    interface Memory {
        Optional<HotSubject> subject(String name);

        Optional<SubjectRow> scored(String name);

        Optional<DelayCurve> curve();
    }

    /// Of a process that only reads.
    static final Memory NO_MEMORY =
            new Memory() {
                @Override
                public Optional<HotSubject> subject(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<SubjectRow> scored(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<DelayCurve> curve() {
                    return Optional.empty();
                }
            };

    StoredReputation(StateReaders readers, ScoringRules rules, Memory memory) {
        this.readers = readers;
        this.rules = rules;
        this.memory = memory;
    }

    private HotSubject subject(String name) throws IOException {
        var hot = memory.subject(name);
        return hot.isPresent()
                ? hot.get()
                : HotSubject.of(readers.ask(reader -> reader.state(name)));
    }

    private Optional<SubjectRow> row(String name) throws IOException {
        var scored = memory.scored(name);
        return scored.isPresent() ? scored : readers.ask(reader -> reader.subject(name));
    }

    private DelayCurve curve() throws IOException {
        var current = memory.curve();
        return current.isPresent()
                ? current.get()
                : readers.ask(StateReader::mark)
                        .map(Checkpoint.Mark::delayCurve)
                        .orElseGet(DelayCurve::new);
    }

    @Override
    public Optional<IdentityState> state(Identity identity) throws IOException {
        return statesOf(identity.subject()).stream()
                .filter(state -> state.identity().equals(identity))
                .findFirst();
    }

    @Override
    public List<IdentityState> statesOf(String subject) throws IOException {
        return subject(subject)
                .read(states ->
                        states.stream()
                                .map(state ->
                                        IdentityState.decode(state.identity(), state.encode()))
                                .toList());
    }

    @Override
    public List<Explanation> explain(String subject, Instant now) throws IOException {
        var before = row(subject).map(SubjectRow::memory).orElse(Map.of());
        var curve = curve();
        var registration = rules.registration(subject);
        return subject(subject)
                .read(states -> {
                    var explanations = new ArrayList<Explanation>();
                    for (var state : states) {
                        var listing =
                                before.getOrDefault(state.identity().kind(), ListingMemory.NONE);
                        explanations.add(
                                rules.scorer().explain(state, curve, registration, listing, now));
                    }
                    return explanations;
                });
    }

    @Override
    public Optional<Published> published(String subject) throws IOException {
        return row(subject).flatMap(SubjectRow::published);
    }

    @Override
    public List<Published> list(PublishedFilter filter, String afterSubject, int limit)
            throws IOException {
        return readers.ask(reader -> reader.published(filter, afterSubject, limit));
    }

    @Override
    public long forEachPublished(Consumer<Published> consumer) throws IOException {
        return readers.ask(reader -> reader.forEachPublished(consumer));
    }

    @Override
    public void close() throws IOException {
        readers.close();
    }
}
