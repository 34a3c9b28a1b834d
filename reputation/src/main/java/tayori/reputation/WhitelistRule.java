package tayori.reputation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.reputation.Whitelisting.Item;
import tayori.reputation.Whitelisting.Requirement;

/// Whether a sender has earned a place on the whitelist. Looked at are whole days without fading, and only providers that
/// hand on complaints: silence of others proves nothing.
final class WhitelistRule {
    private final ScoreOptions.Whitelist options;
    private final long[] messages;
    private final long[] objections;
    private int providers;
    private long authenticated;
    private long failed;
    private long optOuts;
    private long ignored;

    WhitelistRule(ScoreOptions.Whitelist options, int providers) {
        this.options = options;
        messages = new long[providers];
        objections = new long[providers];
    }

    /// Counts a provider that hands on complaints.
    void add(Cells cells) {
        long sent = 0;
        long objected = 0;
        long undated = 0;
        for (int day = 0; day < options.days(); day++) {
            int cell = Ages.HOURS + day;
            sent += cells.messages[cell];
            objected += cells.complaints[cell] + cells.optOuts[cell];
            undated += cells.undated[cell];
        }
        if (sent > 0) {
            messages[providers] = sent;
            objections[providers] = Math.min(sent, objected + undated);
            providers++;
        }
    }

    /// Counts what DMARC and opt-outs need, of every provider.
    void addAuthentication(IdentityState state, Ages ages) {
        for (var ledger : state.ledgers()) {
            var days = ledger.dated().days();
            for (int i = 0; i < days.size(); i++) {
                int day = ages.cellOfDay(days.slot(i)) - Ages.HOURS;
                if (day >= 0 && day < options.days()) {
                    authenticated += days.count(i, Observation.MESSAGES);
                    failed += days.count(i, Observation.AUTH_FAILED);
                    optOuts += days.count(i, Observation.UNSUBSCRIBES);
                    ignored += days.count(i, Observation.OPT_OUTS_IGNORED);
                }
            }
        }
    }

    Explanation.Responsiveness responsiveness() {
        return new Explanation.Responsiveness(optOuts, ignored);
    }

    Whitelisting judge(
            IdentityState state,
            Optional<Registration> registration,
            boolean alarm,
            boolean listed) {
        long sent = 0;
        long objected = 0;
        for (int i = 0; i < providers; i++) {
            sent += messages[i];
            objected += objections[i];
        }
        double bound = bound(objected, sent);
        double worst = bound;
        for (int i = 0; i < providers; i++) {
            worst = Math.max(worst, bound(objected - objections[i], sent - messages[i]));
        }
        double share = authenticated == 0 ? 0 : (double) authenticated / (authenticated + failed);
        List<Requirement> requirements = new ArrayList<>(Item.values().length);
        yes(requirements, Item.AUTHOR_DOMAIN, state.identity().kind() == IdentityKind.AUTHOR);
        requirements.add(below(Item.RATE, bound));
        requirements.add(below(Item.RATE_WITHOUT_ANY_PROVIDER, worst));
        requirements.add(atLeast(Item.PROVIDERS, providers, options.providers()));
        requirements.add(atLeast(Item.ACTIVE_DAYS, state.activeDays(), options.activeDays()));
        requirements.add(atLeast(Item.AUTHENTICATION, share, options.authenticated()));
        yes(requirements, Item.REGISTRATION, registration.isPresent());
        yes(
                requirements,
                Item.ACTS_ON_OPT_OUTS,
                registration.isPresent() && registration.get().actsOnOptOuts());
        yes(requirements, Item.NO_VOLUME_ALARM, !alarm);
        yes(requirements, Item.NOT_LISTED, !listed);
        return new Whitelisting(requirements, level(worst));
    }

    /// The highest rate that so few complaints do not contradict; 1 when there are too few messages to tell.
    private double bound(long complaints, long sent) {
        return sent < options.messages() ? 1 : Math.min(1, PoissonBound.upper(complaints) / sent);
    }

    private int level(double bound) {
        return bound < options.thirdLevel()
                ? 3
                : bound < options.secondLevel() ? 2 : bound < options.rate() ? 1 : 0;
    }

    private static void yes(List<Requirement> requirements, Item item, boolean met) {
        requirements.add(new Requirement(item, met, met ? 1 : 0, 1));
    }

    private Requirement below(Item item, double bound) {
        return new Requirement(item, bound < options.rate(), bound, options.rate());
    }

    private static Requirement atLeast(Item item, double has, double needs) {
        return new Requirement(item, has >= needs, has, needs);
    }
}
