package tayori.reputation;

import java.time.Duration;
import java.util.List;

/// Every number that the score is made with. Start from [#DEFAULTS]; a share is 0 to 1.
///
/// @param halfLives how fast the past fades; the worst of the rates counts, so a burst is seen by the short one and slow
///     trouble by the long one
/// @param prior what is assumed before anything is known
/// @param trim how many providers are left out
/// @param listing when a sender is listed, and when no more
/// @param whitelist what a place on the whitelist takes
/// @param allowance what a domain too young for a score may send
/// @param alarm when a volume is conspicuous
/// @param weights what other causes than complaints weigh in the score for people
/// @param lifetimes how long an answer may be believed
public record ScoreOptions(
        List<Duration> halfLives,
        Prior prior,
        Trim trim,
        Listing listing,
        Whitelist whitelist,
        Allowance allowance,
        Alarm alarm,
        Weights weights,
        Lifetimes lifetimes) {
    /// @param complaints assumed complaints
    /// @param messages assumed messages; with the complaints, a rate of 0.1 %
    public record Prior(double complaints, double messages) {
        double rate() {
            return complaints / messages;
        }
    }

    /// @param young providers left out for a domain active on fewer days than `youngBelow`
    /// @param old providers left out for the others
    /// @param youngBelow active days
    public record Trim(int young, int old, int youngBelow) {}

    /// @param enter a published rate above this lists
    /// @param leave a published rate below this takes off the list
    /// @param leaveAfter once it has stayed there so long
    /// @param reporters people that must have complained
    public record Listing(double enter, double leave, Duration leaveAfter, int reporters) {}

    /// @param rate that the rate must be below, with 95 % certainty
    /// @param messages fewest of these messages
    /// @param days over which both are counted
    /// @param activeDays fewest
    /// @param providers fewest that saw its mail
    /// @param authenticated smallest share of its mail that passes DMARC
    /// @param secondLevel a rate certainly below this is level 2
    /// @param thirdLevel a rate certainly below this is level 3
    public record Whitelist(
            double rate,
            long messages,
            int days,
            int activeDays,
            int providers,
            double authenticated,
            double secondLevel,
            double thirdLevel) {}

    /// @param firstDay messages on the first active day; every further one doubles it
    /// @param untilDay active days from which there is no limit
    public record Allowance(long firstDay, int untilDay) {}

    /// The volume of 24 hours is conspicuous above `times` the busiest of the `days` before, plus `more`.
    public record Alarm(double times, long more, int days) {}

    /// @param trap complaints that one mail to a trap weighs
    /// @param unknownShare share of unknown recipients, to 1 message, that costs nothing
    /// @param unknown complaints that one unknown recipient more weighs
    /// @param volumeAlarm what is added to the rate while the alarm lasts
    /// @param firstDay what is added to the rate on the first active day; less every day until `allowance.untilDay`
    /// @param path what is added to the rate of a domain known by SPF alone
    /// @param addresses what is added to the rate of a block of addresses
    public record Weights(
            double trap,
            double unknownShare,
            double unknown,
            double volumeAlarm,
            double firstDay,
            double path,
            double addresses) {}

    /// @param bad a listed sender's
    /// @param good a sender's of whom enough is known
    /// @param unsure another's
    public record Lifetimes(Duration bad, Duration good, Duration unsure) {}

    public static final ScoreOptions DEFAULTS =
            new ScoreOptions(
                    List.of(Duration.ofHours(24), Duration.ofHours(96)),
                    new Prior(0.3, 300),
                    new Trim(1, 2, 14),
                    new Listing(0.003, 0.002, Duration.ofHours(24), 3),
                    new Whitelist(0.001, 3_000, 30, 28, 3, 0.99, 0.0005, 0.0002),
                    new Allowance(50, 10),
                    new Alarm(3, 200, 28),
                    new Weights(5, 0.02, 0.05, 0.001, 0.001, 0.0002, 0.001),
                    new Lifetimes(
                            Duration.ofMinutes(15), Duration.ofHours(6), Duration.ofHours(1)));

    /// Days of doubling after which an allowance is no limit, and still a number.
    private static final int MAX_DOUBLINGS = 30;

    public ScoreOptions {
        halfLives = List.copyOf(halfLives);
        if (halfLives.isEmpty() || halfLives.stream().anyMatch(life -> !life.isPositive())) {
            throw new IllegalArgumentException("a half-life is needed, and longer than nothing");
        }
        if (prior.messages <= 0 || prior.complaints < 0) {
            throw new IllegalArgumentException("a prior without messages");
        }
        if (trim.young < 0 || trim.old < 0) {
            throw new IllegalArgumentException("fewer than no providers left out");
        }
        if (listing.leave > listing.enter) {
            throw new IllegalArgumentException("a list that is left before it is entered");
        }
        if (whitelist.days > Timeline.DAYS || alarm.days > Timeline.DAYS) {
            throw new IllegalArgumentException(
                    "days beyond the " + Timeline.DAYS + " that are kept");
        }
        if (allowance.untilDay > MAX_DOUBLINGS) {
            throw new IllegalArgumentException("an allowance doubled too often");
        }
    }

    /// Leaves out so many providers, whatever the age: 0 where one provider alone decides for itself.
    public ScoreOptions withTrim(int providers) {
        return withTrim(new Trim(providers, providers, trim.youngBelow));
    }

    public ScoreOptions withTrim(Trim other) {
        return new ScoreOptions(
                halfLives, prior, other, listing, whitelist, allowance, alarm, weights, lifetimes);
    }

    public ScoreOptions withHalfLives(List<Duration> other) {
        return new ScoreOptions(
                other, prior, trim, listing, whitelist, allowance, alarm, weights, lifetimes);
    }

    public ScoreOptions withListing(Listing other) {
        return new ScoreOptions(
                halfLives, prior, trim, other, whitelist, allowance, alarm, weights, lifetimes);
    }

    public ScoreOptions withAllowance(Allowance other) {
        return new ScoreOptions(
                halfLives, prior, trim, listing, whitelist, other, alarm, weights, lifetimes);
    }
}
