package tayori.simulation;

import java.util.ArrayList;
import java.util.List;
import tayori.reputation.DelayCurve;
import tayori.simulation.Judge.Verdict;
import tayori.simulation.Trace.Complaint;

/// Shows one sender's life to judges, hour by hour: first they are asked, then the hour's mail comes, then they are told
/// what was reported of it.
final class Replay {
    /// Hears the verdicts that hold for the mail of an hour, in the order of the models.
    interface Watcher {
        void verdicts(int hour, List<Verdict> verdicts);
    }

    /// Asked first so long before anything counts: time to come on the list and to leave it. Unit: hours.
    private static final int RUN_UP_HOURS = 72;

    private static final Verdict NOTHING_KNOWN = new Verdict(0, false);

    private final Trace trace;
    private final List<Model> models;
    private final DelayCurve curve;
    private Consequence consequence = Consequence.NONE;
    private List<Complaint> complaints;
    private int from = Scenario.WARM_UP_HOURS - RUN_UP_HOURS;
    private int until = Scenario.HOURS;
    private boolean everyHour;

    /// @param curve how long people take to complain, as Tayori measured it
    Replay(Trace trace, List<Model> models, DelayCurve curve) {
        this.trace = trace;
        this.models = models;
        this.curve = curve;
        complaints = trace.complaints();
        if (trace.kind() == SenderKind.THROW_AWAY) {
            until = Math.min(until, trace.last() + 1);
        }
    }

    /// Lets the verdict act; for one model at a time, since every one would live in a world of its own.
    Replay with(Consequence effect) {
        if (models.size() > 1 && effect != Consequence.NONE) {
            throw new IllegalArgumentException("only one model can act");
        }
        consequence = effect;
        return this;
    }

    /// Adds complaints, in the order in which they are made.
    Replay adding(List<Complaint> fakes) {
        complaints = new ArrayList<>(trace.complaints());
        complaints.addAll(fakes);
        complaints.sort(java.util.Comparator.comparingInt(Complaint::reported));
        return this;
    }

    /// Asks in every hour of this span, mail or not, and never outside of it.
    Replay asking(int fromHour, int untilHour) {
        from = fromHour;
        until = untilHour;
        everyHour = true;
        return this;
    }

    void run(Watcher watcher) {
        var rates = new DecayedRates(trace.providers());
        var shared = new Model.Shared(rates, trace.providers(), curve);
        var judges = models.stream().map(model -> model.judge().apply(shared)).toList();
        var verdicts = new ArrayList<Verdict>();
        judges.forEach(judge -> verdicts.add(NOTHING_KNOWN));
        var listed = new boolean[Scenario.HOURS];
        var seen = new HourSeen(trace.providers());
        boolean news = false;
        int next = 0;
        for (int hour = trace.first(); hour < until; hour++) {
            boolean mail = trace.honest(hour) + trace.spam(hour) > 0;
            for (int i = 0; i < judges.size(); i++) {
                if (hour >= from && (mail || news || everyHour || verdicts.get(i).listed())) {
                    verdicts.set(i, judges.get(i).look(hour));
                }
            }
            if (hour >= from && (mail || everyHour)) {
                watcher.verdicts(hour, verdicts);
            }
            listed[hour] = consequence != Consequence.NONE && verdicts.getFirst().listed();
            seen.fill(trace, hour, !listed[hour] || consequence.stillSeen());
            for (; next < complaints.size() && complaints.get(next).reported() <= hour; next++) {
                var complaint = complaints.get(next);
                if (!listed[complaint.arrived()] || consequence.stillMade(complaint)) {
                    seen.complaints.add(complaint);
                }
            }
            news = !seen.isEmpty();
            if (news) {
                rates.see(seen);
                judges.forEach(judge -> judge.see(seen));
            }
        }
    }
}
