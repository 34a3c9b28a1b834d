package tayori.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tayori.reputation.DelayCurve;
import tayori.reputation.ScoreOptions;
import tayori.simulation.Trace.Complaint;

/// Providers that invent complaints about honest newsletters.
final class Bombing {
    static final List<Integer> FAKES = List.of(10, 100, 1_000);
    static final List<Integer> PROVIDERS = List.of(1, 2, 3);

    /// How long afterwards the victim is watched.
    static final int WATCHED_HOURS = 72;

    /// From so many active days on Tayori leaves out one provider more.
    private static final int GROWN_UP_DAYS = ScoreOptions.DEFAULTS.trim().youngBelow();

    /// How far back the mails lie that are complained about.
    private static final int PAST_HOURS = 7 * 24;

    /// Names the stream of random numbers of the attacks; kinds of senders have lower ones.
    private static final int STREAM = 100;

    private static final int VICTIMS = 40;

    private static final int VICTIMS_OF_SMALL = 5;

    /// One attack.
    ///
    /// @param fakes complaints in all, in equal parts through every hostile provider
    /// @param providers how many hostile providers there are
    /// @param receipts whether a complaint needs a mail that this provider delivered, each recipient once
    record Attack(int fakes, int providers, boolean receipts) {}

    private final List<Model> models;
    private final Scale scale;

    Bombing(List<Model> models, Scale scale) {
        this.models = models;
        this.scale = scale;
    }

    /// All attacks of the report, the first of them none at all.
    static List<Attack> attacks() {
        var attacks = new ArrayList<Attack>();
        attacks.add(new Attack(0, 1, false));
        for (boolean receipts : new boolean[] {false, true}) {
            for (int fakes : FAKES) {
                for (int providers : PROVIDERS) {
                    attacks.add(new Attack(fakes, providers, receipts));
                }
            }
        }
        return attacks;
    }

    /// Share of the newsletters not listed before that are listed within three days: by attack, then by model, then by the last model for victims active on [#GROWN_UP_DAYS] and more.
    List<List<Double>> run(long seed) {
        var generator = new Generator(Scenario.main(), seed);
        var curve = generator.measuredDelay();
        int victims = scale == Scale.SMALL ? VICTIMS_OF_SMALL : VICTIMS;
        var attacks = attacks();
        var flips = attacks.stream().map(attack -> new Flips(models.size())).toList();
        for (int number = 0; number < victims; number++) {
            var victim = generator.trace(SenderKind.NEWSLETTER, number);
            for (int i = 0; i < attacks.size(); i++) {
                bomb(victim, attacks.get(i), new Chance(seed, STREAM, number), curve, flips.get(i));
            }
        }
        return flips.stream().map(Flips::shares).toList();
    }

    private void bomb(Trace victim, Attack attack, Chance chance, DelayCurve curve, Flips flips) {
        int hour = (25 + chance.between(0, 2)) * 24 + chance.between(0, 23);
        var before = new boolean[models.size()];
        var after = new boolean[models.size()];
        new Replay(victim, models, curve)
                .adding(fakes(victim, attack, hour, chance))
                .asking(hour, hour + WATCHED_HOURS + 1)
                .run((at, verdicts) -> {
                    for (int i = 0; i < before.length; i++) {
                        before[i] |= at == hour && verdicts.get(i).listed();
                        after[i] |= at > hour && verdicts.get(i).listed();
                    }
                });
        flips.add(before, after, activeDays(victim, hour) >= GROWN_UP_DAYS);
    }

    private static long activeDays(Trace victim, int hour) {
        return IntStream.range(0, hour)
                .filter(past -> victim.honest(past) > 0)
                .map(past -> past / 24)
                .distinct()
                .count();
    }

    /// How many victims there were, and how many fell, for each model; behind them once more for the last model, of
    /// victims that are grown up.
    private static final class Flips {
        private final int[] clean;
        private final int[] flipped;

        Flips(int models) {
            clean = new int[models + 1];
            flipped = new int[models + 1];
        }

        void add(boolean[] before, boolean[] after, boolean grownUp) {
            for (int i = 0; i < before.length; i++) {
                count(i, before[i], after[i]);
            }
            if (grownUp) {
                int last = before.length - 1;
                count(before.length, before[last], after[last]);
            }
        }

        private void count(int place, boolean before, boolean after) {
            clean[place] += before ? 0 : 1;
            flipped[place] += !before && after ? 1 : 0;
        }

        List<Double> shares() {
            return IntStream.range(0, clean.length)
                    .mapToObj(i -> (double) flipped[i] / clean[i])
                    .toList();
        }
    }

    /// Complaints that all come in one hour, about the mails that hurt most.
    private static List<Complaint> fakes(Trace victim, Attack attack, int hour, Chance chance) {
        var fakes = new ArrayList<Complaint>();
        int first = chance.between(0, victim.providers() - 1);
        for (int i = 0; i < attack.providers(); i++) {
            int provider = (first + i) % victim.providers();
            int left =
                    attack.fakes() * (i + 1) / attack.providers()
                            - attack.fakes() * i / attack.providers();
            for (int past = hour; past >= hour - PAST_HOURS && left > 0; past--) {
                int delivered = victim.honest(past, provider);
                int now = attack.receipts() ? Math.min(left, delivered) : delivered > 0 ? left : 0;
                left -= now;
                for (int fake = 0; fake < now; fake++) {
                    fakes.add(new Complaint(hour, past, provider, false, chance.anyLong(), 0));
                }
            }
            for (;
                    left > 0 && !attack.receipts();
                    left--) { // it never delivered anything: any hour will do
                fakes.add(new Complaint(hour, hour, provider, false, chance.anyLong(), 0));
            }
        }
        return fakes;
    }
}
