package tayori.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// One reading of an identity's state at one moment: sums for each provider, and what is decided from them.
final class Reading {
    private final ScoreOptions options;
    private final IdentityState state;
    private final Instant now;
    private final Ages ages;
    private final List<String> providers = new ArrayList<>();

    /// Where the ledgers of each provider begin; one more entry for the end.
    private final int[] firstLedger;

    // By half-life and provider; the row behind the half-lives does not fade.
    private final double[][] messages;
    private final double[][] complaints;
    private final double[][] optOuts;
    private final double[][] sent;
    private final double[][] traps;
    private final double[][] unknownRecipients;

    private final long[] volume;
    private final WhitelistRule whitelist;
    private long allMessages;
    private long allComplaints;

    Reading(
            ScoreOptions options,
            Predicate<String> submitsComplaints,
            IdentityState state,
            DelayCurve curve,
            Instant now) {
        this.options = options;
        this.state = state;
        this.now = now;
        ages = new Ages(options.halfLives(), curve, now);
        firstLedger = providers(state.ledgers());
        int rows = ages.weights.length;
        int count = providers.size();
        messages = new double[rows][count];
        complaints = new double[rows][count];
        optOuts = new double[rows][count];
        sent = new double[rows][count];
        traps = new double[rows][count];
        unknownRecipients = new double[rows][count];
        volume = new long[count];
        whitelist = new WhitelistRule(options.whitelist(), count);
        var cells = new Cells(ages);
        for (int provider = 0; provider < count; provider++) {
            cells.load(state.ledgers(), firstLedger[provider], firstLedger[provider + 1]);
            add(provider, cells);
            if (submitsComplaints.test(providers.get(provider))) {
                whitelist.add(cells);
            }
        }
        whitelist.addAuthentication(state, ages);
    }

    private int[] providers(List<Ledger> ledgers) {
        var first = new int[ledgers.size() + 1];
        for (int i = 0; i < ledgers.size(); i++) {
            String provider = ledgers.get(i).provider();
            if (providers.isEmpty() || !providers.getLast().equals(provider)) {
                first[providers.size()] = i;
                providers.add(provider);
            }
        }
        first[providers.size()] = ledgers.size();
        return first;
    }

    private void add(int provider, Cells cells) {
        for (int cell = 0; cell < Ages.CELLS; cell++) {
            if (!Ages.counts(cell) || cells.isEmpty(cell)) {
                continue;
            }
            double arrived = cells.messages[cell];
            double complained = cells.complaints[cell] + cells.undated[cell];
            double within = ages.within[cell];
            if (cell < Timeline.DAY) {
                volume[provider] += cells.messages[cell];
            }
            allMessages += cells.messages[cell];
            allComplaints += cells.complaints[cell] + cells.undated[cell];
            for (int row = 0; row < ages.weights.length; row++) {
                double weight = ages.weights[row][cell];
                messages[row][provider] += weight * arrived * within;
                complaints[row][provider] += weight * complained;
                // An opt-out is an objection voiced before the mail: it need not be waited for, so
                // it counts as far as
                // the mail itself does.
                optOuts[row][provider] += weight * cells.optOuts[cell] * within;
                sent[row][provider] += weight * arrived;
                traps[row][provider] += weight * cells.traps[cell];
                unknownRecipients[row][provider] += weight * cells.unknownRecipients[cell];
            }
        }
    }

    private int halfLives() {
        return ages.weights.length - 1;
    }

    private int trim() {
        var trim = options.trim();
        return state.activeDays() < trim.youngBelow() ? trim.young() : trim.old();
    }

    private LeaveOut rate(double[] objections, int row, int most) {
        var prior = options.prior();
        return LeaveOut.lowest(
                objections, messages[row], prior.complaints(), prior.messages(), most);
    }

    /// The highest of all half-lives.
    private LeaveOut rate(double[][] objections, int most) {
        var highest = rate(objections[0], 0, most);
        for (int row = 1; row < halfLives(); row++) {
            var rate = rate(objections[row], row, most);
            highest = rate.rate() > highest.rate() ? rate : highest;
        }
        return highest;
    }

    private int untrimmedRow(double[][] objections) {
        int highest = 0;
        for (int row = 1; row < halfLives(); row++) {
            if (rate(objections[row], row, 0).rate()
                    > rate(objections[highest], highest, 0).rate()) {
                highest = row;
            }
        }
        return highest;
    }

    /// A rate of its own for what is known as soon as the mail comes, so that none of it waits for complaints.
    private double immediate(double[][] events) {
        double highest = 0;
        for (int row = 0; row < halfLives(); row++) {
            var rate =
                    LeaveOut.lowest(events[row], sent[row], 0, options.prior().messages(), trim());
            highest = Math.max(highest, rate.rate());
        }
        return highest;
    }

    private double[][] objections() {
        var objections = new double[complaints.length][];
        for (int row = 0; row < objections.length; row++) {
            objections[row] = complaints[row].clone();
            for (int provider = 0; provider < providers.size(); provider++) {
                objections[row][provider] += optOuts[row][provider];
            }
        }
        return objections;
    }

    private double trapRate() {
        var weighed = new double[halfLives()][providers.size()];
        for (int row = 0; row < halfLives(); row++) {
            for (int provider = 0; provider < providers.size(); provider++) {
                weighed[row][provider] = traps[row][provider] * options.weights().trap();
            }
        }
        return immediate(weighed);
    }

    private double unknownRecipientRate() {
        var weighed = new double[halfLives()][providers.size()];
        for (int row = 0; row < halfLives(); row++) {
            for (int provider = 0; provider < providers.size(); provider++) {
                double more =
                        unknownRecipients[row][provider]
                                - options.weights().unknownShare() * sent[row][provider];
                weighed[row][provider] = Math.max(0, more) * options.weights().unknown();
            }
        }
        return immediate(weighed);
    }

    private boolean volumeAlarm() {
        return VolumeAlarm.sounds(
                options.alarm(), state.ledgers(), firstLedger, volume, trim(), ages);
    }

    /// The rate with one cause after the other, in the order of [Cause].
    private double[] rates(double[][] objections, boolean alarm) {
        var weights = options.weights();
        var rates = new double[Cause.values().length];
        double complained = rate(complaints, trim()).rate();
        double published = rate(objections, trim()).rate();
        int i = 0;
        rates[i++] = rate(new double[complaints.length][providers.size()], 0).rate();
        rates[i++] = complained;
        rates[i++] = published;
        rates[i++] = trapRate();
        rates[i++] = unknownRecipientRate();
        rates[i++] = alarm ? weights.volumeAlarm() : 0;
        rates[i++] = weights.firstDay() * youth();
        rates[i] =
                switch (state.identity().kind()) {
                    case AUTHOR, DKIM -> 0;
                    case SPF -> weights.path();
                    case ADDRESS_BLOCK -> weights.addresses();
                };
        for (int cause = 3; cause < rates.length; cause++) {
            rates[cause] += rates[cause - 1];
        }
        return rates;
    }

    /// 1 on the first active day, 0 from the day on that nothing is limited any more.
    private double youth() {
        double until = options.allowance().untilDay();
        double days = Math.max(1, state.activeDays());
        return until <= 1 ? 0 : Math.max(0, (until - days) / (until - 1));
    }

    private int score(double rate) {
        double limit = options.listing().enter();
        return (int) Math.max(1, Math.round(100 * limit / (rate + limit)));
    }

    private double rating(double rate) {
        return rate / (rate + options.listing().enter());
    }

    private long allowance(Optional<Registration> registration) {
        var allowance = options.allowance();
        int days = Math.max(1, state.activeDays());
        return registration.isPresent() || days >= allowance.untilDay()
                ? -1
                : allowance.firstDay() << (days - 1);
    }

    Standing standing(Optional<Registration> registration, ListingMemory before) {
        var objections = objections();
        return standing(registration, before, objections, volumeAlarm());
    }

    private Standing standing(
            Optional<Registration> registration,
            ListingMemory before,
            double[][] objections,
            boolean alarm) {
        var listing = options.listing();
        var published = rate(objections, trim());
        int row = untrimmedRow(objections);
        double confidence =
                published.messages() / (published.messages() + options.prior().messages());
        long reporters = state.reporters(ages.nowHour);
        var memory =
                before.after(
                        published.rate() > listing.enter() && reporters >= listing.reporters(),
                        published.rate() < listing.leave(),
                        listing.leaveAfter(),
                        now);
        boolean known = confidence >= Standing.ENOUGH;
        var lifetimes = options.lifetimes();
        Duration lifetime =
                memory.listed() ? lifetimes.bad() : known ? lifetimes.good() : lifetimes.unsure();
        var rates = rates(objections, alarm);
        return new Standing(
                state.identity(),
                published.rate(),
                published.leftOut(providers),
                rate(objections[row], row, 0).rate(),
                options.halfLives().get(row),
                ratesAtHome(objections),
                confidence,
                allMessages,
                allComplaints,
                reporters,
                state.activeDays(),
                state.firstSeenHour(),
                memory.listed() ? Optional.of(ListedFor.SPAM) : Optional.empty(),
                whitelist.judge(state, registration, alarm, memory.listed()),
                alarm,
                allowance(registration),
                known ? OptionalInt.of(score(rates[rates.length - 1])) : OptionalInt.empty(),
                new Standing.Rating(
                        rating(published.rate()),
                        confidence,
                        allMessages,
                        rating(rate(objections[halfLives()], halfLives(), trim()).rate()),
                        now.plus(lifetime)),
                memory);
    }

    private Map<String, Double> ratesAtHome(double[][] objections) {
        var prior = options.prior();
        var rates = new LinkedHashMap<String, Double>();
        for (int provider = 0; provider < providers.size(); provider++) {
            double highest = 0;
            for (int row = 0; row < halfLives(); row++) {
                double rate =
                        (objections[row][provider] + prior.complaints())
                                / (messages[row][provider] + prior.messages());
                highest = Math.max(highest, rate);
            }
            rates.put(providers.get(provider), highest);
        }
        return rates;
    }

    Explanation explanation(Optional<Registration> registration, ListingMemory before) {
        var objections = objections();
        boolean alarm = volumeAlarm();
        var standing = standing(registration, before, objections, alarm);
        var table = new BucketTable(ages, state.ledgers(), providers, firstLedger);
        return new Explanation(
                standing,
                Sentence.of(standing, table.messagesWithin(standing.halfLife()), options),
                standing.score().isPresent() ? points(rates(objections, alarm)) : Map.of(),
                table.buckets(),
                table.providers(),
                whitelist.responsiveness());
    }

    private Map<Cause, Integer> points(double[] rates) {
        var points = new EnumMap<Cause, Integer>(Cause.class);
        int before = 100;
        int i = 0;
        for (var cause : Cause.values()) {
            int score = score(rates[i++]);
            points.put(cause, score - before);
            before = score;
        }
        return points;
    }
}
