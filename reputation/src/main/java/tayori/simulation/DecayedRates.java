package tayori.simulation;

import tayori.simulation.Trace.Complaint;

/// Sums of mails and complaints of one sender that fade with age, for the baselines: by provider, for two half-lives.
/// A complaint ages with its mail, unless asked otherwise.
final class DecayedRates {
    static final int[] HALF_LIVES_HOURS = {24, 96};

    /// Complaints and mails that every sender starts with, so that little data gives little rate.
    static final double PRIOR_COMPLAINTS = .3;

    static final double PRIOR_MAILS = 300;

    /// Older mails count as having had all their complaints; one in 250 is still to come.
    private static final int DELAY_HOURS = 120;

    private final int providers;
    private final double[][] mails;
    private final double[][] complaints;
    private final double[][] complaintsWhenMade;
    private final double[][] timely;
    private final int[] recent;

    /// Whether there is anything in an hour of `recent`.
    private final boolean[] busy = new boolean[DELAY_HOURS];

    private int at;
    private int timelyAt = -1;

    private static final double[][] WEIGHTS = weights();

    /// Share of the complaints about a mail that have yet to come, weighted, by its age in hours.
    private static final double[][] STILL_TO_COME = stillToCome();

    DecayedRates(int providers) {
        this.providers = providers;
        int kinds = HALF_LIVES_HOURS.length;
        mails = new double[kinds][providers];
        complaints = new double[kinds][providers];
        complaintsWhenMade = new double[kinds][providers];
        timely = new double[kinds][providers];
        recent = new int[DELAY_HOURS * providers];
    }

    /// Share of complaints that are made within an age, as the models assume it.
    static double complainedWithin(double hours) {
        return Chance.normalBelow(
                StrictMath.log(hours / Scenario.DELAY_MEDIAN_HOURS) / Scenario.DELAY_SPREAD);
    }

    private static double[][] stillToCome() {
        var table = new double[HALF_LIVES_HOURS.length][DELAY_HOURS];
        for (int kind = 0; kind < table.length; kind++) {
            for (int hours = 1; hours < DELAY_HOURS; hours++) {
                table[kind][hours] =
                        weight(kind, 2 * hours - 1) * (1 - complainedWithin(hours - .5));
            }
        }
        return table;
    }

    /// @param halfHours age of something
    private static double weight(int kind, int halfHours) {
        return WEIGHTS[kind][halfHours];
    }

    private static double[][] weights() {
        var table = new double[HALF_LIVES_HOURS.length][2 * Scenario.HOURS + 2];
        for (int kind = 0; kind < table.length; kind++) {
            for (int age = 0; age < table[kind].length; age++) {
                table[kind][age] = StrictMath.pow(2, -age / 2.0 / HALF_LIVES_HOURS[kind]);
            }
        }
        return table;
    }

    void see(HourSeen seen) {
        advance(seen.hour + 1);
        for (int kind = 0; kind < HALF_LIVES_HOURS.length; kind++) {
            double fresh = weight(kind, 1);
            for (int provider = 0; provider < providers; provider++) {
                mails[kind][provider] += fresh * seen.messages[provider];
            }
            for (Complaint complaint : seen.complaints) {
                complaints[kind][complaint.provider()] +=
                        weight(kind, 2 * (at - complaint.arrived()) - 1);
                complaintsWhenMade[kind][complaint.provider()] += fresh;
            }
        }
        System.arraycopy(seen.messages, 0, recent, slot(seen.hour), providers);
        busy[seen.hour % DELAY_HOURS] = seen.total() > 0;
    }

    private int slot(int hour) {
        return hour % DELAY_HOURS * providers;
    }

    private void advance(int hour) {
        if (hour == at) {
            return;
        }
        for (int kind = 0; kind < HALF_LIVES_HOURS.length; kind++) {
            double factor = weight(kind, 2 * (hour - at));
            for (int provider = 0; provider < providers; provider++) {
                mails[kind][provider] *= factor;
                complaints[kind][provider] *= factor;
                complaintsWhenMade[kind][provider] *= factor;
            }
        }
        for (int between = Math.max(at, hour - DELAY_HOURS); between < hour; between++) {
            busy[between % DELAY_HOURS] = false;
        }
        at = hour;
    }

    /// Mails that have had time to be complained about.
    private double[][] timely(int hour) {
        advance(hour);
        if (timelyAt != hour) {
            timelyAt = hour;
            for (int kind = 0; kind < HALF_LIVES_HOURS.length; kind++) {
                System.arraycopy(mails[kind], 0, timely[kind], 0, providers);
                for (int age = 1; age < DELAY_HOURS && age <= hour; age++) {
                    int slot = slot(hour - age);
                    if (!busy[slot / providers]) {
                        continue;
                    }
                    for (int provider = 0; provider < providers; provider++) {
                        timely[kind][provider] -=
                                STILL_TO_COME[kind][age] * recent[slot + provider];
                    }
                }
            }
        }
        return timely;
    }

    /// The highest over both half-lives of the lowest rate that remains when some providers are left out.
    ///
    /// @param nowcast whether complaints count from when their mail came, against mail that has had its time
    /// @param leftOut how many providers are left out: those without which the rate is lowest
    double rate(int hour, boolean nowcast, int leftOut) {
        double[][] below = nowcast ? timely(hour) : mails;
        advance(hour);
        double[][] above = nowcast ? complaints : complaintsWhenMade;
        double highest = 0;
        for (int kind = 0; kind < HALF_LIVES_HOURS.length; kind++) {
            double c = PRIOR_COMPLAINTS;
            double m = PRIOR_MAILS;
            for (int provider = 0; provider < providers; provider++) {
                c += above[kind][provider];
                m += below[kind][provider];
            }
            highest = Math.max(highest, lowest(above[kind], below[kind], c, m, leftOut, 0));
        }
        return highest;
    }

    private double lowest(double[] above, double[] below, double c, double m, int more, int from) {
        if (more == 0) {
            return c / m;
        }
        double lowest = Double.MAX_VALUE;
        for (int provider = from; provider < providers; provider++) {
            double rest =
                    lowest(
                            above,
                            below,
                            c - above[provider],
                            m - below[provider],
                            more - 1,
                            provider + 1);
            lowest = Math.min(lowest, rest);
        }
        return lowest;
    }

    /// The sum of something over providers, for the half-life for which it is higher.
    ///
    /// @param part what one provider adds, of its complaints and of its mails that have had their time
    double highestSum(int hour, java.util.function.DoubleBinaryOperator part) {
        double[][] below = timely(hour);
        double highest = Double.NEGATIVE_INFINITY;
        for (int kind = 0; kind < HALF_LIVES_HOURS.length; kind++) {
            double sum = 0;
            for (int provider = 0; provider < providers; provider++) {
                sum += part.applyAsDouble(complaints[kind][provider], below[kind][provider]);
            }
            highest = Math.max(highest, sum);
        }
        return highest;
    }
}
