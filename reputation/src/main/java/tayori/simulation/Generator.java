package tayori.simulation;

import tayori.reputation.DelayCurve;

/// Draws senders. Numbers here and in [SenderKind] and [Scenario] are the whole world; they are frozen.
final class Generator {
    /// How closely a sender of much mail follows the providers' shares of all mail.
    private static final double LOYALTY = 20;

    /// The same for small senders, whose correspondents sit where they happen to sit.
    private static final double LOYALTY_OF_SMALL = 4;

    /// Share of recipients who agreed to content filtering, so that its verdicts may be counted.
    private static final double CONSENTING = .3;

    /// A content filter condemns a mail from here on.
    private static final double CONDEMNED = 6;

    /// How much the scores of one sender's mails scatter.
    private static final double SCORE_SCATTER = 3;

    /// How unknown recipients and traps differ between senders: standard deviation of the logarithm.
    private static final double LIST_SPREAD = .5;

    /// The delay of complaints is measured at so many newsletters; more would change nothing.
    private static final int MEASURED_SENDERS = 40;

    private final Scenario scenario;
    private final long seed;

    Generator(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
    }

    /// One sender's whole life.
    Trace trace(SenderKind kind, int number) {
        var chance = new Chance(seed, kind.code(), number);
        var trace = new Trace(kind, number, scenario.providers());
        boolean small = kind == SenderKind.SMALL || kind == SenderKind.NEW_SMALL;
        double[] shares = chance.shares(scenario.shares(), small ? LOYALTY_OF_SMALL : LOYALTY);
        kind.honest()
                .ifPresent(habit -> {
                    int from = kind.established() ? 0 : chance.between(14, 35) * 24;
                    new Stream(trace, chance, shares, habit, false).write(from);
                });
        kind.spam()
                .ifPresent(habit -> {
                    int last = kind == SenderKind.THROW_AWAY ? 44 : 38;
                    int from = chance.between(14, last) * 24 + chance.between(0, 23);
                    new Stream(trace, chance, shares, habit, true).write(from);
                });
        trace.close();
        return trace;
    }

    /// What Tayori knows of complaints' delay when counting begins: its prior, corrected by those of the warm-up.
    DelayCurve measuredDelay() {
        var curve = new DelayCurve();
        for (int number = 0; scenario.measured() && number < MEASURED_SENDERS; number++) {
            for (var complaint : trace(SenderKind.NEWSLETTER, number).complaints()) {
                if (complaint.reported() < Scenario.WARM_UP_HOURS) {
                    curve.fold("node", complaint.reported() - complaint.arrived(), 1);
                }
            }
        }
        return curve;
    }

    /// The honest mail or the spam of one sender.
    private final class Stream {
        private final Trace trace;
        private final Chance chance;
        private final double[] shares;
        private final Habit habit;
        private final boolean isSpam;
        private final double mails;
        private final double complaints;
        private final double unknownRecipients;
        private final double traps;
        private final double score;
        private final double contentBad;

        Stream(Trace trace, Chance chance, double[] shares, Habit habit, boolean isSpam) {
            this.trace = trace;
            this.chance = chance;
            this.shares = shares;
            this.habit = habit;
            this.isSpam = isSpam;
            mails = chance.logNormal(habit.mails(), habit.mailsSpread());
            complaints =
                    Math.min(
                            .5,
                            chance.logNormal(habit.complaints(), habit.complaintsSpread())
                                    * (isSpam ? scenario.complaintFactor() : 1));
            unknownRecipients = chance.logNormal(habit.unknownRecipients(), LIST_SPREAD);
            traps = chance.logNormal(habit.traps(), LIST_SPREAD);
            score = habit.score() + habit.scoreSpread() * chance.gaussian();
            contentBad = CONSENTING * Chance.normalBelow((score - CONDEMNED) / SCORE_SCATTER);
        }

        void write(int from) {
            switch (habit.rhythm()) {
                case STEADY -> steady(from, day -> mails);
                case RAMP -> steady(from, day -> Math.min(mails, 20 * StrictMath.pow(2, day)));
                case CAMPAIGNS -> campaigns(from);
                case BLOCKS -> blocks(from);
                case ONE_BURST -> {
                    int hours = chance.between(2, 24);
                    evenly(from, from + hours, mails / hours);
                }
                case ABUSE -> evenly(from, from + chance.between(24, 120), mails / 24);
            }
        }

        private void steady(int from, java.util.function.IntToDoubleFunction mailsOfDay) {
            for (int hour = from; hour < Scenario.HOURS; hour++) {
                int weekday = hour / 24 % 7;
                double ofDay = mailsOfDay.applyAsDouble((hour - from) / 24);
                double daily = 1 + .7 * StrictMath.sin(StrictMath.PI * (hour % 24 - 8) / 12);
                hour(hour, chance.poisson(ofDay / 24 * daily * (weekday < 5 ? 1.2 : .5)));
            }
        }

        private void campaigns(int from) {
            int aWeek = chance.between(1, 5);
            int hourOfDay = chance.between(6, 18);
            int firstWeekday = chance.between(0, 6);
            for (int day = from / 24; day < Scenario.DAYS; day++) {
                int weekday = (day + firstWeekday) % 7;
                boolean chosen = (weekday + 1) * aWeek / 7 > weekday * aWeek / 7;
                if (chosen || day == from / 24) {
                    int start = day * 24 + hourOfDay;
                    evenly(start, start + 3, mails * 7 / aWeek / 3);
                }
            }
        }

        private void blocks(int from) {
            int until = from + chance.between(5, 25) * 24;
            for (int start = from; start < until; start += 6) {
                if (chance.uniform() < .6) {
                    evenly(start, Math.min(start + 6, until), mails / 24 / .6);
                }
            }
        }

        private void evenly(int from, int until, double anHour) {
            for (int hour = from; hour < Math.min(until, Scenario.HOURS); hour++) {
                hour(hour, chance.poisson(anHour));
            }
        }

        private void hour(int hour, int count) {
            if (count == 0) {
                return;
            }
            trace.scores[hour] +=
                    count * score + SCORE_SCATTER * StrictMath.sqrt(count) * chance.gaussian();
            int left = count;
            double shareLeft = 1;
            for (int provider = 0; provider < shares.length && left > 0; provider++) {
                double share = Math.min(1, shares[provider] / shareLeft);
                int here = provider == shares.length - 1 ? left : chance.binomial(left, share);
                left -= here;
                shareLeft = Math.max(1e-12, shareLeft - shares[provider]);
                if (here > 0) {
                    arrive(hour, provider, here);
                }
            }
        }

        private void arrive(int hour, int provider, int count) {
            int cell = trace.cell(hour, provider);
            trace.addMails(hour, provider, count, isSpam);
            trace.unsubscribes[cell] += chance.binomial(count, habit.unsubscribes());
            trace.unknownRecipients[cell] += chance.binomial(count, unknownRecipients);
            trace.traps[cell] += chance.binomial(count, traps);
            trace.contentBad[cell] += chance.binomial(count, contentBad);
            int reports = chance.binomial(count, complaints * scenario.forwards().get(provider));
            for (int i = 0; i < reports; i++) {
                double delay = chance.logNormal(scenario.delayMedianHours(), Scenario.DELAY_SPREAD);
                double reported = hour + chance.uniform() + delay;
                long reporter = chance.anyLong();
                double luck = chance.uniform();
                if (reported < Scenario.HOURS) {
                    trace.addComplaint(
                            new Trace.Complaint(
                                    (int) reported, hour, provider, isSpam, reporter, luck));
                }
            }
        }
    }
}
