package tayori.simulation;

import java.util.ArrayList;
import java.util.List;
import tayori.reputation.DelayCurve;
import tayori.simulation.Judge.Verdict;

/// Shows the senders of one seed to the models and tallies what came of it.
final class Detection {
    private final Scenario scenario;
    private final List<Model> models;
    private final Consequence consequence;
    private final Scale scale;

    Detection(Scenario scenario, List<Model> models, Consequence consequence, Scale scale) {
        this.scenario = scenario;
        this.models = models;
        this.consequence = consequence;
        this.scale = scale;
    }

    /// One tally for each model, in their order.
    List<Tally> run(long seed) {
        var generator = new Generator(scenario, seed);
        var curve = generator.measuredDelay();
        var columns = models.stream().map(model -> new Column()).toList();
        for (var kind : SenderKind.values()) {
            for (int number = 0; number < scale.of(kind); number++) {
                show(generator.trace(kind, number), curve, columns);
            }
        }
        columns.forEach(column -> column.tally.close(column.byMail, column.bySender));
        return columns.stream().map(column -> column.tally).toList();
    }

    private void show(Trace trace, DelayCurve curve, List<Column> columns) {
        long honest = 0;
        long spam = 0;
        for (int hour = Math.max(trace.first(), Scenario.WARM_UP_HOURS);
                hour < Scenario.HOURS;
                hour++) {
            honest += trace.honest(hour);
            spam += trace.spam(hour);
        }
        var counts = new ArrayList<Count>();
        for (var column : columns) {
            counts.add(new Count(column, trace, honest, spam));
        }
        if (consequence == Consequence.NONE) {
            new Replay(trace, models, curve)
                    .run((hour, verdicts) -> {
                        for (int i = 0; i < verdicts.size(); i++) {
                            counts.get(i).hour(hour, verdicts.get(i));
                        }
                    });
        } else {
            for (int i = 0; i < models.size(); i++) {
                var count = counts.get(i);
                new Replay(trace, List.of(models.get(i)), curve)
                        .with(consequence)
                        .run((hour, verdicts) -> count.hour(hour, verdicts.getFirst()));
            }
        }
        counts.forEach(Count::close);
    }

    /// What is kept for one model.
    private static final class Column {
        private final Tally tally = new Tally();
        private final Roc byMail = new Roc();
        private final Roc bySender = new Roc();
    }

    /// One sender before one model.
    private static final class Count {
        private final Column column;
        private final Trace trace;
        private final long honest;
        private final long spam;
        private long honestHit;
        private long spamHit;
        private long before;
        private double hours = Double.POSITIVE_INFINITY;
        private int listings;
        private boolean listed;

        Count(Column column, Trace trace, long honest, long spam) {
            this.column = column;
            this.trace = trace;
            this.honest = honest;
            this.spam = spam;
        }

        void hour(int hour, Verdict verdict) {
            if (hour < Scenario.WARM_UP_HOURS) {
                return;
            }
            int honestNow = trace.honest(hour);
            int spamNow = trace.spam(hour);
            if (verdict.listed()) {
                honestHit += honestNow;
                spamHit += spamNow;
                if (hour >= trace.firstSpam()) {
                    hours = Math.min(hours, hour - trace.firstSpam());
                }
                listings += listed ? 0 : 1;
            }
            listed = verdict.listed();
            before += Double.isInfinite(hours) ? spamNow : 0;
            int blameless = trace.kind().blameless() ? honestNow : 0;
            if (blameless + spamNow > 0) {
                column.byMail.add(verdict.score(), blameless, spamNow);
                column.bySender.add(
                        verdict.score(),
                        (double) blameless / Math.max(1, honest),
                        (double) spamNow / Math.max(1, spam));
            }
        }

        void close() {
            var kind = trace.kind();
            column.tally.add(
                    new Tally.Fate(kind, false, honest, honestHit, 0, Double.NaN, listings));
            column.tally.add(new Tally.Fate(kind, true, spam, spamHit, before, hours, listings));
        }
    }
}
