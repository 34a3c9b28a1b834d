package tayori.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What one model did to the senders of one seed.
final class Tally {
    /// Honest mail or spam of one sender after the warm-up.
    ///
    /// @param mails how many there were
    /// @param hit how many of them came while it was listed
    /// @param before how many came before it was listed for the first time since its first spam
    /// @param hours from its first spam until it was listed; infinite if it never was while it wrote
    /// @param listings how often it was put on the list
    record Fate(
            SenderKind kind,
            boolean spam,
            long mails,
            long hit,
            long before,
            double hours,
            int listings) {
        double share() {
            return (double) hit / mails;
        }
    }

    static final Set<SenderKind> SPAMMING =
            java.util.EnumSet.of(SenderKind.COMPROMISED, SenderKind.SPAMMER, SenderKind.THROW_AWAY);

    private final List<Fate> fates = new ArrayList<>();
    private final Map<Figure, Double> curves = new EnumMap<>(Figure.class);

    /// Figures that need the scores of all mails and not only the verdicts.
    enum Figure {
        TPR_AT_1_IN_10000,
        TPR_AT_35_IN_10000,
        AREA,
        PRECISION,
        DOMAINS_TPR_AT_35_IN_10000,
        DOMAINS_AREA
    }

    void add(Fate fate) {
        if (fate.mails() > 0) {
            fates.add(fate);
        }
    }

    void close(Roc byMail, Roc bySender) {
        curves.put(Figure.TPR_AT_1_IN_10000, byMail.truePositivesAt(.0001));
        curves.put(Figure.TPR_AT_35_IN_10000, byMail.truePositivesAt(.0035));
        curves.put(Figure.AREA, byMail.area());
        curves.put(Figure.PRECISION, byMail.averagePrecision());
        curves.put(Figure.DOMAINS_TPR_AT_35_IN_10000, bySender.truePositivesAt(.0035));
        curves.put(Figure.DOMAINS_AREA, bySender.area());
    }

    double figure(Figure figure) {
        return curves.getOrDefault(figure, Double.NaN);
    }

    /// Share of the spam of one kind of sender that came while it was listed.
    double caught(SenderKind kind) {
        return byMail(fate -> fate.spam() && fate.kind() == kind);
    }

    double caught() {
        return byMail(Fate::spam);
    }

    /// The same, every sender counting alike.
    double caughtBySender(SenderKind kind) {
        return bySender(fate -> fate.spam() && fate.kind() == kind);
    }

    double caughtBySender() {
        return bySender(Fate::spam);
    }

    /// Share of honest mail that came while its sender was listed.
    double hit(SenderKind kind) {
        return byMail(fate -> !fate.spam() && fate.kind() == kind);
    }

    /// The same for all who did nothing to deserve it.
    double hitBlameless() {
        return byMail(Tally::blameless);
    }

    double hitBlamelessBySender() {
        return bySender(Tally::blameless);
    }

    private static boolean blameless(Fate fate) {
        return !fate.spam() && fate.kind().blameless();
    }

    /// Share of senders of honest mail of one kind that were ever listed while they wrote.
    double everHit(SenderKind kind) {
        var of = fates.stream().filter(fate -> !fate.spam() && fate.kind() == kind).toList();
        return (double) of.stream().filter(fate -> fate.hit() > 0).count() / of.size();
    }

    /// Share of spam that came before its sender was listed.
    double passedBefore(SenderKind kind) {
        var of = fates.stream().filter(fate -> fate.spam() && fate.kind() == kind).toList();
        return (double) of.stream().mapToLong(Fate::before).sum()
                / of.stream().mapToLong(Fate::mails).sum();
    }

    /// Mean number of times that a spamming sender was put on the list.
    double listings(SenderKind kind) {
        return fates.stream()
                .filter(fate -> fate.spam() && fate.kind() == kind)
                .mapToInt(Fate::listings)
                .average()
                .orElse(Double.NaN);
    }

    /// Hours from first spam to listing, infinite for never.
    Stream<Double> hours(SenderKind kind) {
        return fates.stream().filter(fate -> fate.spam() && fate.kind() == kind).map(Fate::hours);
    }

    private double byMail(Predicate<Fate> which) {
        long mails = 0;
        long hit = 0;
        for (var fate : fates) {
            if (which.test(fate)) {
                mails += fate.mails();
                hit += fate.hit();
            }
        }
        return (double) hit / mails;
    }

    private double bySender(Predicate<Fate> which) {
        return fates.stream().filter(which).mapToDouble(Fate::share).average().orElse(Double.NaN);
    }
}
