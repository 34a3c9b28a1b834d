package tayori.simulation;

import java.util.ArrayList;
import java.util.List;
import tayori.simulation.Judge.Verdict;

/// What gets through when every provider takes only so much a day of a sender that is too young for a score.
final class Allowances {
    static final List<Integer> FIRST_DAY = List.of(50, 200, 1_000);

    static final List<SenderKind> KINDS =
            List.of(
                    SenderKind.THROW_AWAY,
                    SenderKind.NEW_RAMPING,
                    SenderKind.NEW_SMALL,
                    SenderKind.NEW_BULK);

    /// From this active day on there is no limit.
    private static final int GROWN_UP = 10;

    /// How the allowance is meant.
    ///
    /// @param firstDay mails on the first day on which a sender writes; twice as many on every further one
    /// @param each whether every provider takes so many, or all together
    /// @param listing whether mail of listed senders is refused as well
    record Rule(int firstDay, boolean each, boolean listing) {}

    private final Model model;
    private final Scale scale;

    Allowances(Model model, Scale scale) {
        this.model = model;
        this.scale = scale;
    }

    static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (int firstDay : FIRST_DAY) {
            rules.add(new Rule(firstDay, false, false));
            rules.add(new Rule(firstDay, true, false));
            rules.add(new Rule(firstDay, true, true));
        }
        return rules;
    }

    /// Share of the mail of one kind of sender that passes, for each rule.
    List<Double> run(long seed, SenderKind kind) {
        var generator = new Generator(Scenario.main(), seed);
        var curve = generator.measuredDelay();
        var rules = rules();
        var passed = new double[rules.size()];
        long mails = 0;
        for (int number = 0; number < scale.of(kind); number++) {
            var trace = generator.trace(kind, number);
            var gates = rules.stream().map(rule -> new Gate(trace, rule)).toList();
            new Replay(trace, List.of(model), curve)
                    .run((hour, verdicts) ->
                            gates.forEach(gate -> gate.hour(hour, verdicts.getFirst())));
            for (int i = 0; i < passed.length; i++) {
                passed[i] += gates.get(i).passed;
            }
            mails += gates.getFirst().mails;
        }
        var shares = new ArrayList<Double>();
        for (double number : passed) {
            shares.add(number / mails);
        }
        return shares;
    }

    /// One sender before one rule.
    private static final class Gate {
        private final Trace trace;
        private final Rule rule;
        private final long[] today;
        private int day = -1;
        private int activeDays;
        private long mails;
        private long passed;

        Gate(Trace trace, Rule rule) {
            this.trace = trace;
            this.rule = rule;
            today = new long[rule.each() ? trace.providers() : 1];
        }

        void hour(int hour, Verdict verdict) {
            if (hour / 24 != day) {
                day = hour / 24;
                activeDays++;
                java.util.Arrays.fill(today, 0);
            }
            long limit =
                    activeDays >= GROWN_UP
                            ? Long.MAX_VALUE
                            : (long) rule.firstDay() << (activeDays - 1);
            for (int provider = 0; provider < trace.providers(); provider++) {
                int count = trace.honest(hour, provider) + trace.spam(hour, provider);
                mails += count;
                if (!rule.listing() || !verdict.listed()) {
                    int place = rule.each() ? provider : 0;
                    long taken = Math.min(count, limit - today[place]);
                    today[place] += taken;
                    passed += taken;
                }
            }
        }
    }
}
