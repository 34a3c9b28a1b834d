package tayori.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tayori.cli.CheckedMail.Method;
import tayori.cli.Shown.Colour;

/// Counts what came of many mails.
final class CheckSummary {
    private final Map<Method, Map<String, Integer>> results = new EnumMap<>(Method.class);
    private final Map<String, Integer> decisions = new TreeMap<>();
    private int mails;

    CheckSummary() {
        for (var method : Method.values()) {
            results.put(method, new TreeMap<>());
        }
    }

    void add(CheckedMail mail) {
        mails++;
        results.forEach((method, counts) -> counts.merge(mail.word(method), 1, Integer::sum));
        var decision = mail.decision();
        decisions.merge(
                decision.advised().keyword() + ": " + decision.reason().keyword(), 1, Integer::sum);
    }

    int mails() {
        return mails;
    }

    JsonObject toJson() {
        var json = new JsonObject().put("mails", mails);
        results.forEach((method, counts) -> json.put(method.keyword(), counted(counts)));
        return json.put("advised", counted(decisions));
    }

    private static JsonObject counted(Map<String, Integer> counts) {
        var json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }

    /// A table: one row for each result of each method.
    List<String> lines(Shown shown) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(shown.in(Colour.BOLD, mails + (mails == 1 ? " mail" : " mails")));
        results.forEach((method, counts) -> rows(method.keyword(), counts, lines));
        rows("advised", decisions, lines);
        return lines;
    }

    private void rows(String title, Map<String, Integer> counts, List<String> lines) {
        counts.forEach((word, count) ->
                lines.add(
                        "  %-9s %-44s %7d %5.1f %%"
                                .formatted(title, word, count, 100.0 * count / mails)));
    }

    /// As for a single result: [ExitCode#OK] where every mail passed DMARC.
    ExitCode exitCode() {
        var dmarc = results.getOrDefault(Method.DMARC, Map.of());
        if (dmarc.getOrDefault("pass", 0) == mails) {
            return ExitCode.OK;
        }
        return dmarc.containsKey("temperror") ? ExitCode.TRY_AGAIN : ExitCode.FINDING;
    }
}
