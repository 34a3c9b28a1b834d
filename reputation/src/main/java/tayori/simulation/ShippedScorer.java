package tayori.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tayori.reputation.Counts;
import tayori.reputation.DelayCurve;
import tayori.reputation.Evidence;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.IdentityState;
import tayori.reputation.ListingMemory;
import tayori.reputation.Observation;
import tayori.reputation.ScoreOptions;
import tayori.reputation.Scorer;
import tayori.simulation.Trace.Complaint;

/// Tayori itself: evidence goes into an [IdentityState], the [Scorer] reads it with the options given.
final class ShippedScorer implements Judge {
    /// Hour 0 of the simulation, in hours since 1970-01-01T00:00Z: the beginning of some day.
    private static final long FIRST_HOUR = 24 * 20_000;

    private static final String NODE = "node";

    /// A sender that is not listed and was not complained about anew can only have become better. Once it is grown up,
    /// such a verdict is kept for as long as one may be kept that is published of a good sender. Unit: hours.
    private static final int KEPT_HOURS = 6;

    private static final int GROWN_UP_HOURS = 10 * 24;

    private final IdentityState state =
            IdentityState.of(new Identity(IdentityKind.AUTHOR, "example.com"));
    private final Scorer scorer;
    private final DelayCurve curve;
    private final List<String> providers = new ArrayList<>();
    private Verdict verdict = new Verdict(0, false);
    private int scored = -KEPT_HOURS;
    private int firstSeen = Scenario.HOURS;
    private boolean complained;
    private ListingMemory memory = ListingMemory.NONE;
    private long compacted;

    /// @param curve as it was measured
    ShippedScorer(ScoreOptions options, DelayCurve curve, int providers) {
        scorer = new Scorer(options);
        this.curve = curve;
        for (int i = 0; i < providers; i++) {
            this.providers.add("provider" + i);
        }
    }

    @Override
    public void see(HourSeen seen) {
        for (int provider = 0; provider < providers.size(); provider++) {
            fold(
                    provider,
                    seen.hour,
                    Counts.of(Observation.MESSAGES, seen.messages[provider])
                            .plus(Observation.UNSUBSCRIBES, seen.unsubscribes[provider])
                            .plus(Observation.INVALID_RECIPIENTS, seen.unknownRecipients[provider])
                            .plus(Observation.TRAPS, seen.traps[provider])
                            .plus(Observation.CONTENT_BAD, seen.contentBad[provider]),
                    List.of(),
                    seen.hour);
            complaints(provider, seen);
        }
        firstSeen = Math.min(firstSeen, seen.hour);
        complained |= !seen.complaints.isEmpty();
        if (seen.hour / 24 > compacted) {
            compacted = seen.hour / 24;
            state.compact(FIRST_HOUR + seen.hour);
        }
    }

    /// Complaints go to the hour in which their mail came.
    private void complaints(int provider, HourSeen seen) {
        Map<Integer, List<Long>> reporters = new TreeMap<>();
        for (Complaint complaint : seen.complaints) {
            if (complaint.provider() == provider) {
                reporters
                        .computeIfAbsent(complaint.arrived(), _ -> new ArrayList<>())
                        .add(complaint.reporter());
            }
        }
        reporters.forEach((arrived, who) ->
                fold(
                        provider,
                        arrived,
                        Counts.of(Observation.COMPLAINTS, who.size()),
                        who,
                        seen.hour));
    }

    private void fold(
            int provider, int arrived, Counts counts, List<Long> reporters, int received) {
        if (!counts.isEmpty()) {
            state.fold(
                    NODE,
                    providers.get(provider),
                    new Evidence(state.identity(), FIRST_HOUR + arrived, counts, reporters),
                    FIRST_HOUR + received);
        }
    }

    @Override
    public Verdict look(int hour) {
        boolean grownUp = hour - firstSeen > GROWN_UP_HOURS;
        if (grownUp && !complained && !verdict.listed() && hour - scored < KEPT_HOURS) {
            return verdict;
        }
        var now = Instant.ofEpochSecond((FIRST_HOUR + hour) * 3_600);
        var standing = scorer.score(state, curve, Optional.empty(), memory, now);
        memory = standing.memory();
        verdict = new Verdict(standing.rate(), standing.listed().isPresent());
        scored = hour;
        complained = false;
        return verdict;
    }
}
