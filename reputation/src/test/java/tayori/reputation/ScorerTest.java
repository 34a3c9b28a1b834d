package tayori.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static tayori.reputation.Traffic.DOMAIN;
import static tayori.reputation.Traffic.HOUR;
import static tayori.reputation.Traffic.NOW;
import static tayori.reputation.Traffic.PROVIDERS;
import static tayori.reputation.Traffic.complained;
import static tayori.reputation.Traffic.evidence;
import static tayori.reputation.Traffic.fold;
import static tayori.reputation.Traffic.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every score, and the rules one by one.
class ScorerTest {
    private static final ScoreOptions OPTIONS = ScoreOptions.DEFAULTS;
    private static final Scorer SCORER = new Scorer(OPTIONS);

    static List<Long> seeds() {
        return java.util.stream.LongStream.range(0, 60).boxed().toList();
    }

    private static double rate(long seed) {
        return new double[] {0, 0.0005, 0.002, 0.004, 0.01}[(int) (seed % 5)];
    }

    private static Standing registered(IdentityState state) {
        return Scores.registered(state);
    }

    private static void assertNoBetter(Standing after, Standing before) {
        assertThat(after.rate()).isGreaterThanOrEqualTo(before.rate());
        assertThat(after.untrimmedRate()).isGreaterThanOrEqualTo(before.untrimmedRate());
        assertThat(after.rating().rating()).isGreaterThanOrEqualTo(before.rating().rating());
        if (before.listed().isPresent()) {
            assertThat(after.listed()).isPresent();
        }
        if (!before.whitelisting().granted()) {
            assertThat(after.whitelisting().granted()).isFalse();
        }
        if (before.score().isPresent() && after.score().isPresent()) {
            assertThat(after.score().getAsInt()).isLessThanOrEqualTo(before.score().getAsInt());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneMoreComplaintNeverHelps(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.sender(rate(seed));
        var before = registered(fold(entries));
        for (int i = 0; i < 10; i++) {
            var at = traffic.any(entries);
            boolean dated = traffic.upTo(3) > 0;
            long hour = dated ? at.evidence().hour() : Evidence.UNKNOWN_HOUR;
            var more = new ArrayList<>(entries);
            more.add(
                    new Traffic.Entry(
                            "node",
                            at.provider(),
                            evidence(hour, Counts.of(Observation.COMPLAINTS, 1), (long) i),
                            HOUR));
            assertNoBetter(registered(fold(more)), before);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingElseHeldAgainstASenderEverHelps(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.sender(rate(seed));
        var before = registered(fold(entries));
        for (var bad :
                List.of(
                        Observation.OPT_OUTS_IGNORED,
                        Observation.TRAPS,
                        Observation.INVALID_RECIPIENTS,
                        Observation.AUTH_FAILED)) {
            var at = traffic.any(entries);
            var more = new ArrayList<>(entries);
            more.add(
                    new Traffic.Entry(
                            "node",
                            at.provider(),
                            evidence(at.evidence().hour(), Counts.of(bad, 30)),
                            HOUR));
            assertNoBetter(registered(fold(more)), before);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneMoreCleanDayNeverHurts(long seed) {
        var traffic = new Traffic(seed);
        var entries = traffic.sender(rate(seed));
        var before = registered(fold(entries));
        var more = new ArrayList<>(entries);
        long day = HOUR - 24L * (3 + traffic.upTo(50));
        more.add(traffic.entry(traffic.any(PROVIDERS), day, 1 + traffic.upTo(5_000), 0));
        var after = registered(fold(more));
        assertThat(after.rate()).isLessThanOrEqualTo(before.rate());
        if (before.listed().isEmpty()) {
            assertThat(after.listed()).isEmpty();
        }
        if (before.score().isPresent()) {
            assertThat(after.score().orElseThrow())
                    .isGreaterThanOrEqualTo(before.score().getAsInt());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTwoProvidersSayTheHonestRestDecides(long seed) {
        var traffic = new Traffic(seed);
        var honest = new ArrayList<>(traffic.sender(rate(seed)));
        var rest = Scores.score(new Scorer(OPTIONS.withTrim(0)), fold(honest));
        var lies = new ArrayList<>(honest);
        int trim = Scores.score(fold(honest)).activeDays() < 14 ? 1 : 2;
        for (String liar : List.of("liar", "other liar").subList(0, trim)) {
            for (int i = 0; i < 20; i++) {
                long many = traffic.upTo(1_000_000);
                lies.add(
                        traffic.entry(
                                liar, HOUR - traffic.upTo(24 * 50), many, traffic.upTo(1_000)));
            }
        }
        var all = Scores.score(new Scorer(OPTIONS.withTrim(trim)), fold(lies));
        assertThat(all.rate()).isLessThanOrEqualTo(rest.untrimmedRate());
        if (rest.untrimmedRate() <= OPTIONS.listing().enter()) {
            assertThat(all.listed()).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theUnknownHasNoScore(long seed) {
        var traffic = new Traffic(seed);
        var state = IdentityState.of(DOMAIN);
        state.fold(
                "n",
                traffic.any(PROVIDERS),
                evidence(HOUR - traffic.upTo(1_000), messages(traffic.upTo(299))),
                HOUR);
        var standing = Scores.score(state);
        assertThat(standing.score()).isEqualTo(OptionalInt.empty());
        assertThat(standing.confidence()).isLessThan(0.5);
        assertThat(standing.listed()).isEmpty();
        assertThat(Scores.explain(state).points()).isEmpty();
        assertThat(Scores.explain(state).sentence()).startsWith("Too little is known to judge");
    }

    @Test
    void nobodyIsUnknown() {
        var standing = Scores.score(IdentityState.of(DOMAIN));
        assertThat(standing.score()).isEmpty();
        assertThat(standing.confidence()).isZero();
        assertThat(standing.rate()).isEqualTo(0.001);
        assertThat(standing.allowance()).isEqualTo(50);
        assertThat(standing.firstSeenHour()).isEqualTo(-1);
    }

    /// 30 days of mail at six providers, from three days ago back: nearly all complaints are in.
    private static IdentityState atSix(long messages, long complaints) {
        var traffic = new Traffic(1);
        var entries = new ArrayList<Traffic.Entry>();
        for (int day = 0; day < 30; day++) {
            for (String provider : PROVIDERS) {
                entries.add(traffic.entry(provider, HOUR - (day + 3) * 24L, messages, complaints));
            }
        }
        return fold(entries);
    }

    @ParameterizedTest(name = "{0} of {1} complain: {2}")
    @CsvSource({
        "0, 1000, false",
        "1, 1000, false",
        "2, 1000, false",
        "5, 1000, true",
        "20, 1000, true"
    })
    void listedAboveThreeInAThousand(long complaints, long messages, boolean listed) {
        assertThat(Scores.score(atSix(messages, complaints)).listed().isPresent())
                .isEqualTo(listed);
    }

    @ParameterizedTest(name = "{0} people: {1}")
    @CsvSource({"1, false", "2, false", "3, true"})
    void threePeopleMustComplain(int people, boolean listed) {
        var entries = new ArrayList<Traffic.Entry>();
        for (String provider : PROVIDERS) {
            for (int i = 0; i < 30; i++) {
                entries.add(
                        new Traffic.Entry(
                                "n",
                                provider,
                                evidence(HOUR - i, complained(100, 2), 1_000_003L * (i % people)),
                                HOUR));
            }
        }
        assertThat(Scores.score(fold(entries)).reporters()).isEqualTo(people);
        assertThat(Scores.score(fold(entries)).listed().isPresent()).isEqualTo(listed);
    }

    @Test
    void leavesTheListAfterADayBelow() {
        var listing = OPTIONS.listing();
        Instant now = NOW;
        var memory = ListingMemory.NONE.after(true, false, listing.leaveAfter(), now);
        assertThat(memory.listed()).isTrue();
        memory = memory.after(false, false, listing.leaveAfter(), now.plusSeconds(3_600));
        assertThat(memory.listed()).as("between the limits").isTrue();
        Instant good = now.plus(Duration.ofHours(5));
        memory = memory.after(false, true, listing.leaveAfter(), good);
        memory = memory.after(false, true, listing.leaveAfter(), good.plus(Duration.ofHours(23)));
        assertThat(memory.listed()).as("below for 23 hours").isTrue();
        assertThat(memory.after(false, false, listing.leaveAfter(), good).goodSince()).isEmpty();
        memory = memory.after(false, true, listing.leaveAfter(), good.plus(Duration.ofHours(24)));
        assertThat(memory).isEqualTo(ListingMemory.NONE);
    }

    @ParameterizedTest(name = "{0} active days: {1} messages a day")
    @CsvSource({"1, 50", "2, 100", "3, 200", "9, 12800", "10, -1", "30, -1"})
    void youngDomainsHaveAnAllowance(int days, long allowance) {
        var state = IdentityState.of(DOMAIN);
        for (int day = 0; day < days; day++) {
            state.fold("n", "asahi", evidence(HOUR - day * 24L, messages(10)), HOUR);
        }
        assertThat(Scores.score(state).allowance()).isEqualTo(allowance);
        assertThat(registered(state).allowance()).isEqualTo(-1);
    }

    @ParameterizedTest(name = "{0} messages today after {1} a day: {2}")
    @CsvSource({"100, 0, false", "1000, 0, true", "500, 100, false", "501, 100, true"})
    void suddenVolumeIsNoticed(long today, long before, boolean alarm) {
        var entries = new ArrayList<Traffic.Entry>();
        var traffic = new Traffic(1);
        for (int day = 0; day < 30 && before > 0; day++) {
            entries.add(traffic.entry("asahi", HOUR - 24L * (day + 2), before, 0));
        }
        entries.add(traffic.entry("asahi", HOUR, today, 0));
        var scorer = new Scorer(OPTIONS.withTrim(0));
        assertThat(Scores.score(scorer, fold(entries)).volumeAlarm()).isEqualTo(alarm);
    }

    @Test
    void twoProvidersAloneCannotSoundTheVolumeAlarm() {
        var entries = new ArrayList<Traffic.Entry>();
        var traffic = new Traffic(1);
        for (int day = 0; day < 30; day++) {
            for (String provider : PROVIDERS) {
                entries.add(traffic.entry(provider, HOUR - 24L * day, 100, 0));
            }
        }
        entries.add(traffic.entry("asahi", HOUR, 1_000_000, 0));
        entries.add(traffic.entry("basho", HOUR, 1_000_000, 0));
        assertThat(Scores.score(fold(entries)).volumeAlarm()).isFalse();
        entries.add(traffic.entry("chidori", HOUR, 1_000_000, 0));
        assertThat(Scores.score(fold(entries)).volumeAlarm()).isTrue();
    }

    @ParameterizedTest(name = "rate {0} is rated {1}, {2} of 100")
    @CsvSource({"0.001, 0.25, 75", "0.003, 0.5, 50"})
    void ratingAndScoreOfTargetAndLimit(double rate, double rating, int score) {
        long messages = 10_000_000;
        var state = IdentityState.of(DOMAIN);
        for (int day = 0; day < 20; day++) {
            for (String provider : PROVIDERS) {
                state.fold(
                        "n",
                        provider,
                        evidence(
                                HOUR - 24L * (day + 5),
                                complained(messages, Math.round(messages * rate))),
                        HOUR);
            }
        }
        var standing = Scores.score(state);
        assertThat(standing.rate()).isCloseTo(rate, within(1e-5));
        assertThat(standing.rating().rating()).isCloseTo(rating, within(1e-3));
        assertThat(standing.rating().normalRating()).isCloseTo(rating, within(1e-3));
        assertThat(standing.score()).hasValue(score);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"bad, PT15M", "good, PT6H", "unknown, PT1H"})
    void anAnswerMayBeBelieved(String who, Duration lifetime) {
        var state =
                switch (who) {
                    case "bad" -> atSix(1_000, 20);
                    case "good" -> atSix(1_000, 0);
                    default -> IdentityState.of(DOMAIN);
                };
        assertThat(Scores.score(state).rating().expires()).isEqualTo(NOW.plus(lifetime));
    }

    @Test
    void freshMailIsNotHeldToBeCleanBeforePeopleCouldComplain() {
        var fresh = IdentityState.of(DOMAIN);
        fresh.fold("n", "asahi", evidence(HOUR, messages(10_000)), HOUR);
        var ripe = IdentityState.of(DOMAIN);
        ripe.fold("n", "asahi", evidence(HOUR - 20, messages(10_000)), HOUR);
        assertThat(Scores.score(fresh).confidence()).isLessThan(0.1);
        assertThat(Scores.score(ripe).confidence()).isGreaterThan(0.9);
    }

    @Test
    void complaintsOfABucketDoNotExceedItsMessages() {
        var state = IdentityState.of(DOMAIN);
        state.fold("n", "asahi", evidence(HOUR - 5, complained(7, 900)), HOUR);
        state.fold(
                "n",
                "asahi",
                evidence(Evidence.UNKNOWN_HOUR, Counts.of(Observation.COMPLAINTS, 900)),
                HOUR);
        assertThat(Scores.score(state).complaints()).isEqualTo(14);
    }

    @Test
    void notSpamIsNeitherComplaintNorCredit() {
        var state = atSix(1_000, 2);
        var before = Scores.score(state);
        state.fold("n", "asahi", evidence(HOUR, Counts.of(Observation.NOT_SPAM, 9_000)), HOUR);
        state.fold("n", "asahi", evidence(HOUR, Counts.of(Observation.CONTENT_BAD, 9_000)), HOUR);
        assertThat(Scores.score(state)).isEqualTo(before);
    }

    @Test
    void mailAfterAnOptOutIsAnObjection() {
        var state = IdentityState.of(DOMAIN);
        var ignoring = IdentityState.of(DOMAIN);
        for (String provider : PROVIDERS) {
            state.fold("n", provider, evidence(HOUR - 48, messages(1_000)), HOUR);
            ignoring.fold(
                    "n",
                    provider,
                    evidence(HOUR - 48, messages(1_000).plus(Observation.OPT_OUTS_IGNORED, 10)),
                    HOUR);
        }
        assertThat(Scores.score(state).rate()).isLessThan(0.001);
        assertThat(Scores.score(ignoring).rate()).isGreaterThan(0.003);
    }

    @Test
    void aProviderKnowsItsOwnMailBestAtHome() {
        var traffic = new Traffic(1);
        var state =
                fold(
                        List.of(
                                traffic.entry("asahi", HOUR - 30, 10_000, 200),
                                traffic.entry("basho", HOUR - 30, 10_000, 0),
                                traffic.entry("chidori", HOUR - 30, 10_000, 0)));
        var standing = Scores.score(state);
        assertThat(standing.leftOut()).containsExactly("asahi");
        assertThat(standing.rate()).isLessThan(0.001);
        assertThat(standing.ratesAtHome().get("asahi")).isGreaterThan(0.015);
        assertThat(standing.ratesAtHome().get("basho")).isLessThan(0.001);
    }

    @Test
    void readsTheSameWhateverNodeFolded() {
        var traffic = new Traffic(5);
        var entries = traffic.anything(200, 1);
        List<Traffic.Entry> spread = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            spread.add(
                    new Traffic.Entry(
                            "node" + i % 7, entry.provider(), entry.evidence(), entry.received()));
        }
        assertThat(Scores.explain(fold(spread))).isEqualTo(Scores.explain(fold(entries)));
    }

    @Test
    void listedSendersStayListedThroughTheMemory() {
        var state = atSix(2_000, 5);
        assertThat(Scores.score(state).listed()).isEmpty();
        var memory = new ListingMemory(Optional.of(NOW.minusSeconds(60)), Optional.empty());
        var standing = SCORER.score(state, new DelayCurve(), Optional.empty(), memory, NOW);
        assertThat(standing.listed()).contains(ListedFor.SPAM);
        assertThat(standing.memory().goodSince()).isEmpty();
    }

    @ParameterizedTest(name = "doubled until day {0}: {1}")
    @CsvSource({"30, true", "31, false"})
    void anAllowanceStaysANumber(int untilDay, boolean allowed) {
        var allowance = new ScoreOptions.Allowance(50, untilDay);
        assertThat(catchThrowable(() -> OPTIONS.withAllowance(allowance)) == null)
                .isEqualTo(allowed);
    }
}
