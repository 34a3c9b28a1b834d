package tayori.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.simulation.Habit.Rhythm;

/// The senders of the simulated world. Frozen: these numbers were written down before any model was run, and a change of
/// them is a change of the yardstick.
enum SenderKind {
    /// Invoices, parcels, passwords.
    TRANSACTIONAL(
            0,
            200,
            "transactional",
            honest(Rhythm.STEADY, 1_500, 1.2, .0001, .5, .0002, .002, 0, 0, 1.5),
            null),
    /// Wanted bulk mail.
    NEWSLETTER(
            1,
            150,
            "newsletter",
            honest(Rhythm.CAMPAIGNS, 3_000, 1.2, .0006, .4, .002, .005, .000_005, 2, 1.8),
            null),
    /// Bulk mail of senders who keep their lists badly: often unwanted, but not criminal. Counted apart.
    SLOPPY(
            2,
            40,
            "sloppy",
            honest(Rhythm.CAMPAIGNS, 3_000, 1.0, .0018, .29, .004, .015, .000_1, 2.5, 1.8),
            null),
    /// Firms, clubs, families.
    SMALL(3, 700, "small", honest(Rhythm.STEADY, 40, 1.2, .0003, .5, .0001, .005, 0, 0, 1.2), null),
    /// New and honest, growing day by day.
    NEW_RAMPING(
            4,
            50,
            "new, ramping",
            honest(Rhythm.RAMP, 3_000, 1.0, .0005, .4, .002, .005, 0, 1, 1.5),
            null),
    /// New and honest, and staying small.
    NEW_SMALL(
            5,
            15,
            "new, small",
            honest(Rhythm.STEADY, 40, 1.0, .0003, .5, .0001, .005, 0, 0, 1.2),
            null),
    /// New and honest, but writing to its whole list on the first day. Counted apart.
    NEW_BULK(
            6,
            15,
            "new, un-warmed bulk",
            honest(Rhythm.CAMPAIGNS, 10_000, .8, .0008, .4, .004, .008, .000_005, 2, 1.8),
            null),
    /// A spammer with a domain of its own that stays with it.
    SPAMMER(7, 60, "spammer", null, spam(Rhythm.BLOCKS, 5_000, 1.0, .01, .5, .05, .001)),
    /// A domain bought for one burst.
    THROW_AWAY(8, 450, "throw-away", null, spam(Rhythm.ONE_BURST, 9_000, .8, .01, .5, .05, .001)),
    /// An honest domain of which a spammer takes hold for a while. Its own good mail is counted apart.
    COMPROMISED(
            9,
            30,
            "compromised",
            honest(Rhythm.STEADY, 800, 1.0, .0003, .5, .0002, .004, 0, 0, 1.2),
            spam(Rhythm.ABUSE, 8_000, .8, .01, .5, .04, .0005));

    private final int code;
    private final int count;
    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a Habit is a record of numbers
    private final Optional<Habit> honest;

    @SuppressWarnings("ImmutableEnumChecker") // a Habit is a record of numbers
    private final Optional<Habit> spam;

    SenderKind(int code, int count, String words, @Nullable Habit honest, @Nullable Habit spam) {
        this.code = code;
        this.count = count;
        this.words = words;
        this.honest = Optional.ofNullable(honest);
        this.spam = Optional.ofNullable(spam);
    }

    private static Habit honest(
            Rhythm rhythm,
            double mails,
            double mailsSpread,
            double complaints,
            double complaintsSpread,
            double unsubscribes,
            double unknownRecipients,
            double traps,
            double score,
            double scoreSpread) {
        return new Habit(
                rhythm,
                mails,
                mailsSpread,
                complaints,
                complaintsSpread,
                unsubscribes,
                unknownRecipients,
                traps,
                score,
                scoreSpread);
    }

    /// Content filters know most spam, not all of it.
    private static Habit spam(
            Rhythm rhythm,
            double mails,
            double mailsSpread,
            double complaints,
            double complaintsSpread,
            double unknownRecipients,
            double traps) {
        return new Habit(
                rhythm,
                mails,
                mailsSpread,
                complaints,
                complaintsSpread,
                .0005,
                unknownRecipients,
                traps,
                9,
                4);
    }

    /// Names its stream of random numbers; never to be given to another.
    int code() {
        return code;
    }

    /// How many there are.
    int count() {
        return count;
    }

    String words() {
        return words;
    }

    /// How it writes its honest mail, if it has any.
    Optional<Habit> honest() {
        return honest;
    }

    /// How it writes its spam, if it has any.
    Optional<Habit> spam() {
        return spam;
    }

    /// Whether its honest mail makes up the false positives. That of the others is reported apart.
    boolean blameless() {
        return switch (this) {
            case TRANSACTIONAL, NEWSLETTER, SMALL, NEW_RAMPING, NEW_SMALL -> true;
            case SLOPPY, NEW_BULK, SPAMMER, THROW_AWAY, COMPROMISED -> false;
        };
    }

    /// Whether it writes from the first hour on.
    boolean established() {
        return switch (this) {
            case TRANSACTIONAL, NEWSLETTER, SLOPPY, SMALL, COMPROMISED -> true;
            case NEW_RAMPING, NEW_SMALL, NEW_BULK, SPAMMER, THROW_AWAY -> false;
        };
    }
}
