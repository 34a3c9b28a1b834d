package tayori.receiver;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.reputation.ListedFor;
import tayori.reputation.Published;
import tayori.reputation.ReputationView;
import tayori.reputation.SenderClass;

/// What is published about some senders, for tests.
final class Senders {
    static final Instant NOW = Mx.NOW;

    private Senders() {}

    static ReputationView view(Published... entries) {
        var bySubject = new java.util.HashMap<String, Published>();
        for (var entry : entries) {
            bySubject.put(entry.subject(), entry);
        }
        var all = Map.copyOf(bySubject);
        return subject -> Optional.ofNullable(all.get(subject));
    }

    static Published scored(String subject, int score) {
        return entry(subject, null, null, -1, OptionalInt.of(score));
    }

    static Published listed(String subject) {
        return entry(subject, ListedFor.SPAM, null, -1, OptionalInt.of(3));
    }

    static Published white(String subject, SenderClass senderClass) {
        return entry(
                subject,
                null,
                new Published.White(senderClass, 2, true, true),
                -1,
                OptionalInt.of(87));
    }

    static Published young(String subject, long allowance) {
        return entry(subject, null, null, allowance, OptionalInt.empty());
    }

    static Published entry(
            String subject,
            @org.jspecify.annotations.Nullable ListedFor listed,
            Published.@org.jspecify.annotations.Nullable White white,
            long allowance,
            OptionalInt score) {
        return new Published(
                subject,
                true,
                Optional.ofNullable(listed),
                Optional.ofNullable(white),
                490_000,
                allowance,
                score,
                0.018,
                0.93,
                4_120,
                false,
                false,
                NOW.plus(Duration.ofHours(1)));
    }
}
