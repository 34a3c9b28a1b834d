package tayori.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.cli.Shown.Colour;
import tayori.dmarc.AppliedPolicy;
import tayori.dmarc.DmarcResult;
import tayori.dmarc.DnsQuestion;
import tayori.dmarc.IdentifierAlignment;
import tayori.dns.DomainName;

/// Tells a DMARC evaluation.
///
/// @param organizationalDomain of the author; nothing without a single author or where the DNS failed
/// @param furtherQuestions asked only to find the organizational domain, which the evaluation did not need
record DmarcReport(
        DmarcResult result,
        Optional<DomainName> organizationalDomain,
        List<DnsQuestion> furtherQuestions) {

    /// What was found, without asking further.
    static DmarcReport of(DmarcResult result) {
        return new DmarcReport(result, result.findings().organizationalDomain(), List.of());
    }

    // ------------------------------------------------------------------------------------------------ for programs

    JsonObject toJson() {
        var findings = result.findings();
        var applied = findings.applied();
        return new JsonObject()
                .put("result", result.keyword())
                .put("reason", result.reason())
                .put("author", findings.author())
                .put("policy", applied.map(AppliedPolicy::policy))
                .put("policySource", applied.map(DmarcReport::tag))
                .put("policyDomain", applied.map(AppliedPolicy::policyDomain))
                .put("organizationalDomain", organizationalDomain)
                .put("record", applied.map(policy -> policy.record().text()))
                .put("testing", applied.map(policy -> policy.record().testing()).orElse(false))
                .put("aligned", aligned())
                .put(
                        "identifiers",
                        findings.identifiers().stream().map(DmarcReport::identifier).toList())
                .put("questions", questions(findings.questions()))
                .put("furtherQuestions", questions(furtherQuestions));
    }

    private static String tag(AppliedPolicy policy) {
        return policy.source().name().toLowerCase(Locale.ROOT);
    }

    /// The methods by which an identifier passed in alignment, each once.
    private List<String> aligned() {
        var methods = new LinkedHashSet<String>();
        for (var identifier : result.findings().identifiers()) {
            if (identifier.aligned()) {
                methods.add(method(identifier));
            }
        }
        return List.copyOf(methods);
    }

    private static String method(IdentifierAlignment identifier) {
        return identifier.identifier().method().name().toLowerCase(Locale.ROOT);
    }

    private static String verdict(IdentifierAlignment identifier) {
        return switch (identifier.verdict()) {
            case ALIGNED -> "aligned";
            case NOT_ALIGNED -> "not aligned";
            case NOT_PASSED -> "not passed";
            case UNDETERMINED -> "undetermined";
        };
    }

    private static JsonObject identifier(IdentifierAlignment identifier) {
        return new JsonObject()
                .put("method", method(identifier))
                .put("domain", identifier.identifier().domain().toString())
                .put("verdict", verdict(identifier))
                .put("why", identifier.why());
    }

    private static List<JsonObject> questions(List<DnsQuestion> questions) {
        return questions.stream()
                .map(question ->
                        new JsonObject()
                                .put("name", question.name().toString())
                                .put("type", question.type().name())
                                .put("answer", question.answer()))
                .toList();
    }

    // ------------------------------------------------------------------------------------------------ for people

    List<String> lines(Shown shown) {
        var lines = new ArrayList<String>();
        var findings = result.findings();
        lines.add(shown.result(result.keyword()) + ": " + Shown.safe(result.reason()));
        lines.add("");
        lines.add(
                "author domain          "
                        + findings.author().map(DomainName::toString).orElse("none"));
        lines.add(
                "organizational domain  "
                        + organizationalDomain.map(DomainName::toString).orElse("unknown"));
        findings.applied().ifPresent(applied -> policy(applied, shown, lines));
        if (!findings.identifiers().isEmpty()) {
            lines.add("");
        }
        for (var identifier : findings.identifiers()) {
            lines.add(
                    Shown.padded(method(identifier), 5)
                            + Shown.safe(identifier.identifier().domain() + ": ")
                            + shown.in(
                                    identifier.aligned() ? Colour.GREEN : Colour.YELLOW,
                                    verdict(identifier))
                            + Shown.safe(" (" + identifier.why() + ")"));
        }
        lines.add("");
        lines.add("The DNS was asked:");
        for (var question : findings.questions()) {
            lines.add("  " + Shown.safe(question.toString()));
        }
        if (!furtherQuestions.isEmpty()) {
            lines.add("and for the organizational domain alone:");
            for (var question : furtherQuestions) {
                lines.add("  " + Shown.safe(question.toString()));
            }
        }
        return lines;
    }

    private static void policy(AppliedPolicy applied, Shown shown, List<String> lines) {
        lines.add("policy domain          " + applied.policyDomain());
        String weaker =
                applied.record().testing()
                        ? " (t=y: one step weaker than the "
                                + applied.published()
                                + " that is published)"
                        : "";
        String because =
                switch (applied.source()) {
                    case P -> "by the tag p";
                    case SP -> "by the tag sp, for the author domain lies below";
                    case NP -> "by the tag np, for the author domain does not exist";
                };
        lines.add(
                "policy                 "
                        + shown.in(Colour.BOLD, applied.policy().toString())
                        + " "
                        + because
                        + weaker);
        lines.add("record                 " + Shown.safe(applied.record().text()));
    }
}
