package tayori.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.cli.Shown.Colour;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsRecord;
import tayori.spf.SpfResult;
import tayori.spf.SpfStep;

/// Tells an SPF check, step by step.
final class SpfReport {
    private SpfReport() {}

    // ------------------------------------------------------------------------------------------------ for programs

    /// The result without its steps, as `check` shows it.
    static JsonObject result(SpfResult result) {
        return new JsonObject()
                .put("result", result.result())
                .put("identity", result.identity().keyword())
                .put("domain", result.domain())
                .put("term", result.term())
                .put("reason", result.reason())
                .put("explanation", explanation(result));
    }

    /// The result with counters, questions and steps.
    static JsonObject whole(SpfResult result, List<SpfStep> steps, String receivedSpf) {
        int dnsTerms = 0;
        int voidTerms = 0;
        var questions = new ArrayList<JsonObject>();
        for (var step : steps) {
            switch (step) {
                case SpfStep.Evaluated evaluated -> {
                    dnsTerms = Math.max(dnsTerms, evaluated.dnsTerms());
                    voidTerms = Math.max(voidTerms, evaluated.voidTerms());
                }
                case SpfStep.Asked asked -> questions.add(question(asked));
                default -> {
                    // no counters, no question
                }
            }
        }
        return result(result)
                .put("dnsTerms", dnsTerms)
                .put("voidLookups", voidTerms)
                .put("receivedSpf", receivedSpf)
                .put("questions", questions)
                .put("steps", steps.stream().map(SpfReport::step).toList());
    }

    private static Optional<String> explanation(SpfResult result) {
        return result instanceof SpfResult.Fail fail ? fail.explanation() : Optional.empty();
    }

    private static JsonObject question(SpfStep.Asked asked) {
        return new JsonObject()
                .put("name", asked.name().toString())
                .put("type", asked.type().name())
                .put("answer", inWords(asked.answer()))
                .put("records", records(asked.answer()));
    }

    private static JsonObject step(SpfStep step) {
        var json = new JsonObject().put("step", "").put("depth", step.depth());
        return switch (step) {
            case SpfStep.Entered(_, var domain, var because) ->
                    json.put("step", "entered")
                            .put("domain", domain.toString())
                            .put("because", because);
            case SpfStep.Left(_, var domain, var result, var reason) ->
                    json.put("step", "left")
                            .put("domain", domain.toString())
                            .put("result", result)
                            .put("reason", reason);
            case SpfStep.Asked asked -> json.put("step", "asked").putAll(question(asked));
            case SpfStep.RecordFound(_, var domain, var text) ->
                    json.put("step", "record").put("domain", domain.toString()).put("text", text);
            case SpfStep.Expanded(_, var macro, var expansion) ->
                    json.put("step", "expanded").put("macro", macro).put("expansion", expansion);
            case SpfStep.Evaluated(_, var domain, var term, var outcome, var dns, var none) ->
                    json.put("step", "evaluated")
                            .put("domain", domain.toString())
                            .put("term", term)
                            .put("outcome", outcome)
                            .put("dnsTerms", dns)
                            .put("voidLookups", none);
            case SpfStep.Explained(_, var text) -> json.put("step", "explained").put("text", text);
        };
    }

    /// What the DNS answered, in a word or with its trouble.
    static String inWords(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found _ -> "found";
            case DnsAnswer.NoData _ -> "no such record";
            case DnsAnswer.NoSuchName _ -> "no such name";
            case DnsAnswer.Failed(_, var detail) -> "failed: " + detail;
        };
    }

    /// The records of an answer, each as one text.
    static List<String> records(DnsAnswer answer) {
        if (!(answer instanceof DnsAnswer.Found found)) {
            return List.of();
        }
        return found.records().stream()
                .map(record ->
                        switch (record) {
                            case DnsRecord.Address(var address) -> address.getHostAddress();
                            case DnsRecord.MailExchange(var preference, var exchange) ->
                                    preference + " " + exchange;
                            case DnsRecord.Text(var text) -> text;
                            case DnsRecord.Name(var target) -> target.toString();
                            case DnsRecord.Other(var presentation) -> presentation;
                        })
                .toList();
    }

    // ------------------------------------------------------------------------------------------------ for people

    /// The steps as lines, indented by depth.
    static List<String> lines(List<SpfStep> steps, Shown shown) {
        var lines = new ArrayList<String>();
        for (var step : steps) {
            String indent = "  ".repeat(step.depth() + 1);
            switch (step) {
                case SpfStep.Entered(int depth, var domain, var because) ->
                        lines.add(
                                "  ".repeat(depth)
                                        + shown.in(Colour.BOLD, domain.toString())
                                        + Shown.safe(" (" + because + ")"));
                case SpfStep.Left(int depth, var domain, var result, _) -> {
                    if (depth > 0) {
                        lines.add(
                                indent
                                        + "= "
                                        + shown.result(result)
                                        + Shown.safe(" for " + domain));
                    }
                }
                case SpfStep.Asked asked ->
                        lines.add(
                                indent
                                        + Shown.safe(
                                                "? " + asked.name() + " " + asked.type() + " → ")
                                        + shown.in(Colour.FAINT, answered(asked.answer())));
                case SpfStep.RecordFound(_, _, var text) ->
                        lines.add(indent + Shown.safe("record: " + text));
                case SpfStep.Expanded(_, var macro, var expansion) ->
                        lines.add(indent + Shown.safe("macro: " + macro + " → " + expansion));
                case SpfStep.Evaluated(_, _, var term, var outcome, var dns, var none) ->
                        lines.add(
                                indent
                                        + Shown.safe(term + ": ")
                                        + shown.in(
                                                outcome.equals("match")
                                                        ? Colour.GREEN
                                                        : outcome.equals("no match")
                                                                        || outcome.equals(
                                                                                "followed")
                                                                ? Colour.FAINT
                                                                : Colour.RED,
                                                outcome)
                                        + "   [DNS terms "
                                        + dns
                                        + ", void "
                                        + none
                                        + "]");
                case SpfStep.Explained(_, var text) ->
                        lines.add(indent + Shown.safe("explanation: " + text));
            }
        }
        return lines;
    }

    private static String answered(DnsAnswer answer) {
        return answer instanceof DnsAnswer.Found
                ? String.join(", ", records(answer))
                : inWords(answer);
    }
}
