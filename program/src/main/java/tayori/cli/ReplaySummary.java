package tayori.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tayori.api.ReputationJson;
import tayori.cli.Shown.Colour;
import tayori.embedded.ReputationReader;
import tayori.reputation.Counts;
import tayori.reputation.Identity;
import tayori.reputation.Observation;
import tayori.reputation.Published;
import tayori.reputation.ScoreOptions;

/// What came of a replay: what was read, and what became of each sender.
final class ReplaySummary {
    private long mails;
    private long known;
    private long undated;
    private long tooLarge;
    private long undecided;
    private long complaints;
    private final List<Row> rows = new ArrayList<>();

    /// One sender.
    ///
    /// @param rate of all providers together; that of one's own mail where there is no other provider
    /// @param verdict what is published: `listed`, `white`, `young`, `on no list` or `nothing`
    private record Row(
            String subject, long messages, long complaints, double rate, String verdict) {}

    void mail() {
        mails++;
    }

    void known() {
        known++;
    }

    void undated() {
        undated++;
    }

    void tooLarge() {
        tooLarge++;
    }

    void undecided() {
        undecided++;
    }

    void complaint() {
        complaints++;
    }

    /// Looks up what is known of those who were counted.
    void read(Map<Identity, Counts> counted, ReputationReader reader, Instant now)
            throws IOException {
        Map<String, long[]> bySubject = new HashMap<>();
        counted.forEach((identity, counts) -> {
            // one mail counts for several identities of a domain: the largest tells how many mails
            // there were
            var numbers = bySubject.computeIfAbsent(identity.subject(), _ -> new long[2]);
            numbers[0] = Math.max(numbers[0], counts.get(Observation.MESSAGES));
            numbers[1] = Math.max(numbers[1], counts.get(Observation.COMPLAINTS));
        });
        for (var entry : bySubject.entrySet()) {
            double rate =
                    reader.explain(entry.getKey(), now).stream()
                            .mapToDouble(explanation -> explanation.standing().untrimmedRate())
                            .max()
                            .orElse(0);
            String verdict =
                    reader.published(entry.getKey()).map(ReplaySummary::verdict).orElse("nothing");
            rows.add(
                    new Row(
                            entry.getKey(),
                            entry.getValue()[0],
                            entry.getValue()[1],
                            rate,
                            verdict));
        }
        rows.sort(Comparator.comparingLong(Row::messages).reversed().thenComparing(Row::subject));
    }

    private static String verdict(Published published) {
        var json = ReputationJson.of(published);
        return !json.path("listed").isNull()
                ? "listed"
                : json.path("white").isObject()
                        ? "white"
                        : published.allowance() >= 0 ? "young" : "on no list";
    }

    private long having(String verdict) {
        return rows.stream().filter(row -> row.verdict().equals(verdict)).count();
    }

    private long overLimit() {
        return rows.stream().filter(ReplaySummary::isOverLimit).count();
    }

    private static boolean isOverLimit(Row row) {
        return row.complaints() > 0 && row.rate() > ScoreOptions.DEFAULTS.listing().enter();
    }

    JsonObject toJson(int top) {
        return new JsonObject()
                .put("mails", mails)
                .put("knownAlready", known)
                .put("undated", undated)
                .put("tooLarge", tooLarge)
                .put("undecided", undecided)
                .put("complaints", complaints)
                .put("senders", (long) rows.size())
                .put("listed", having("listed"))
                .put("white", having("white"))
                .put("young", having("young"))
                .put("overLimitAtHome", overLimit())
                .put(
                        "top",
                        rows.stream()
                                .limit(top)
                                .map(row ->
                                        new JsonObject()
                                                .put("subject", row.subject())
                                                .put("messages", row.messages())
                                                .put("complaints", row.complaints())
                                                .put("rate", row.rate())
                                                .put("published", row.verdict())
                                                .put("overLimitAtHome", isOverLimit(row)))
                                .toList());
    }

    List<String> lines(int top, Shown shown) {
        var lines = new ArrayList<String>();
        lines.add(
                shown.in(
                        Colour.BOLD,
                        "%,d mails, %,d of them counted before; %,d complaints; %,d senders"
                                .formatted(mails, known, complaints, rows.size())));
        if (undated + tooLarge + undecided > 0) {
            lines.add(
                    "not counted: %,d without a date of arrival, %,d too large, %,d whose sender nobody could tell"
                            .formatted(undated, tooLarge, undecided));
        }
        lines.add(
                "would be: %,d listed, %,d white, %,d young; %,d above the limit in your own mail"
                        .formatted(
                                having("listed"), having("white"), having("young"), overLimit()));
        if (!rows.isEmpty()) {
            lines.add("");
            lines.add(
                    "%-44s %9s %10s %9s  %s"
                            .formatted("sender", "messages", "complaints", "rate", "published"));
        }
        rows.stream()
                .limit(top)
                .forEach(row ->
                        lines.add(
                                "%-44s %,9d %,10d %9s  %s"
                                        .formatted(
                                                Shown.safe(row.subject()),
                                                row.messages(),
                                                row.complaints(),
                                                ReputationReport.percent(row.rate()),
                                                coloured(row, shown))));
        if (rows.size() > top) {
            lines.add("… and %,d more; see --top and --json".formatted(rows.size() - top));
        }
        return lines;
    }

    private static String coloured(Row row, Shown shown) {
        var colour =
                row.verdict().equals("listed") || isOverLimit(row)
                        ? Colour.RED
                        : row.verdict().equals("white") ? Colour.GREEN : Colour.FAINT;
        return shown.in(
                colour, row.verdict() + (isOverLimit(row) ? ", above the limit at home" : ""));
    }
}
