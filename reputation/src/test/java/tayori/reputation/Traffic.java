package tayori.reputation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Evidence for tests: made up from a seed, or said out.
final class Traffic {
    static final Instant NOW = Instant.parse("2026-11-22T13:20:00Z");
    static final long HOUR = Evidence.hourOf(NOW);
    static final Identity DOMAIN = new Identity(IdentityKind.AUTHOR, "example.jp");
    static final List<String> PROVIDERS =
            List.of("asahi", "basho", "chidori", "dango", "enoki", "fuji");

    /// One thing to fold.
    record Entry(String node, String provider, Evidence evidence, long received) {
        void into(IdentityState state) {
            state.fold(node, provider, evidence, received);
        }
    }

    private final Random random;

    Traffic(long seed) {
        random = new Random(seed);
    }

    static Evidence evidence(long hour, Counts counts, Long... reporters) {
        return new Evidence(DOMAIN, hour, counts, List.of(reporters));
    }

    static Counts messages(long number) {
        return Counts.of(Observation.MESSAGES, number);
    }

    static Counts complained(long messages, long complaints) {
        return messages(messages).plus(Observation.COMPLAINTS, complaints);
    }

    static IdentityState fold(List<Entry> entries) {
        var state = IdentityState.of(DOMAIN);
        entries.forEach(entry -> entry.into(state));
        return state;
    }

    /// Any evidence that a provider may hand in, sensible or not.
    List<Entry> anything(int number, int nodes) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < number; i++) {
            long received = HOUR - random.nextInt(70 * 24);
            long hour =
                    switch (random.nextInt(12)) {
                        case 0 -> Evidence.UNKNOWN_HOUR;
                        case 1 -> received + random.nextInt(5);
                        case 2 -> received - 59 * 24 - random.nextInt(48);
                        default -> received - random.nextInt(72);
                    };
            var counts = Counts.NONE;
            for (var observation : Observation.values()) {
                if (random.nextInt(3) == 0) {
                    counts = counts.plus(observation, random.nextInt(300));
                }
            }
            var reporters = new ArrayList<Long>();
            for (int r = random.nextInt(3); r > 0; r--) {
                reporters.add(random.nextLong());
            }
            entries.add(
                    new Entry(
                            "node" + random.nextInt(nodes),
                            PROVIDERS.get(random.nextInt(PROVIDERS.size())),
                            new Evidence(DOMAIN, hour, counts, reporters),
                            received));
        }
        return entries;
    }

    /// A sender's mail over some weeks at some providers, with complaints at a rate.
    List<Entry> sender(double rate) {
        var entries = new ArrayList<Entry>();
        int days = 1 + random.nextInt(50);
        int providers = 1 + random.nextInt(PROVIDERS.size());
        int daily = 1 + random.nextInt(3_000);
        for (int day = 0; day < days; day++) {
            for (int provider = 0; provider < providers; provider++) {
                long messages = 1 + (long) random.nextInt(daily);
                long complaints = 0;
                for (long i = 0; i < messages; i++) {
                    complaints += random.nextDouble() < rate ? 1 : 0;
                }
                entries.add(entry(PROVIDERS.get(provider), HOUR - day * 24L, messages, complaints));
            }
        }
        return entries;
    }

    Entry entry(String provider, long hour, long messages, long complaints) {
        var reporters = new ArrayList<Long>();
        for (int i = 0; i < Math.min(complaints, 20); i++) {
            reporters.add(random.nextLong());
        }
        return new Entry(
                "node",
                provider,
                new Evidence(DOMAIN, hour, complained(messages, complaints), reporters),
                HOUR);
    }

    <T> List<T> shuffled(List<T> list) {
        var shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }
}
