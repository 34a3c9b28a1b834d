package tayori.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tayori.cli.Shown.Colour;
import tools.jackson.databind.JsonNode;

/// What is known of one sender, in words; made of what the HTTP interface answers, so that both always say the same.
final class ReputationReport {
    /// Hours and days of the table; the rest is in the JSON answer.
    private static final int BUCKETS = 12;

    private final Shown shown;
    private final List<String> lines = new ArrayList<>();

    private ReputationReport(Shown shown) {
        this.shown = shown;
    }

    static List<String> lines(JsonNode subject, Shown shown) {
        var report = new ReputationReport(shown);
        report.published(subject.path("subject").stringValue(), subject.path("published"));
        subject.path("identities").forEach(report::identity);
        return report.lines;
    }

    private void published(String subject, JsonNode published) {
        lines.add(shown.in(Colour.BOLD, subject) + "  " + verdict(published, shown));
        if (published.isObject()) {
            row(
                    "score",
                    published.path("score").isNull()
                            ? "none: too little is known"
                            : published.path("score").intValue() + " of 100");
            row("known since", orDash(published.path("firstSeen")));
            if (!published.path("allowance").isNull()) {
                row(
                        "allowance",
                        published.path("allowance").longValue()
                                + " messages a day while it is young");
            }
            if (published.path("volumeAlarm").booleanValue()) {
                row("alarm", "it suddenly sends much more than it ever did");
            }
            row("holds until", orDash(published.path("expires")));
        }
    }

    /// One word for an entry.
    static String verdict(JsonNode published, Shown shown) {
        if (!published.isObject()) {
            return shown.in(Colour.FAINT, "nothing published");
        }
        if (!published.path("listed").isNull()) {
            return shown.in(Colour.RED, "listed: " + published.path("listed").stringValue());
        }
        if (published.path("white").isObject()) {
            return shown.in(
                    Colour.GREEN, "white, level " + published.at("/white/level").intValue());
        }
        return published.path("allowance").isNull()
                ? shown.in(Colour.FAINT, "on no list")
                : shown.in(Colour.YELLOW, "young");
    }

    private void identity(JsonNode identity) {
        lines.add("");
        lines.add(shown.in(Colour.BOLD, identity.path("identity").stringValue()));
        lines.add("  " + Shown.safe(identity.path("sentence").stringValue()));
        row(
                "messages",
                number(identity, "messages") + " on " + number(identity, "activeDays") + " days");
        row(
                "complaints",
                number(identity, "complaints")
                        + " of "
                        + number(identity, "reporters")
                        + " people");
        row(
                "rate",
                percent(identity.path("rate").doubleValue())
                        + " published, "
                        + percent(identity.path("untrimmedRate").doubleValue())
                        + " of all providers");
        row("certainty", percent(identity.path("confidence").doubleValue()));
        causes(identity);
        whitelist(identity.path("whitelist"));
        providers(identity.path("providers"));
        buckets(identity.path("buckets"));
    }

    private void causes(JsonNode identity) {
        if (identity.path("causes").isEmpty()) {
            return;
        }
        lines.add("  why the score is " + number(identity, "score"));
        for (var cause : identity.path("causes")) {
            int points = cause.path("points").intValue();
            if (points != 0) {
                lines.add(
                        "    %+4d  %s"
                                .formatted(points, Shown.safe(cause.path("cause").stringValue())));
            }
        }
    }

    private void whitelist(JsonNode whitelist) {
        lines.add("  for the whitelist");
        for (var requirement : whitelist.path("requirements")) {
            boolean met = requirement.path("met").booleanValue();
            lines.add(
                    "    "
                            + (met ? shown.in(Colour.GREEN, "has ") : shown.in(Colour.RED, "lacks"))
                            + "  "
                            + Shown.safe(requirement.path("words").stringValue()));
        }
    }

    private void providers(JsonNode providers) {
        if (providers.isEmpty()) {
            return;
        }
        lines.add("  providers (numbers rounded)");
        for (var provider : providers) {
            var complaints = provider.path("complaints");
            lines.add(
                    "    %-30s %,10d messages  %s"
                            .formatted(
                                    Shown.safe(provider.path("provider").stringValue()),
                                    provider.path("messages").longValue(),
                                    complaints.isNull()
                                            ? "few complaints"
                                            : complaints.longValue() + " complaints"));
        }
    }

    private void buckets(JsonNode buckets) {
        if (buckets.isEmpty()) {
            return;
        }
        lines.add("  by arrival, newest first");
        int told = 0;
        for (var bucket : buckets) {
            if (told++ == BUCKETS) {
                lines.add("    … " + (buckets.size() - BUCKETS) + " more; see --json");
                break;
            }
            var counts = new ArrayList<String>();
            bucket.path("counts")
                    .properties()
                    .forEach(count -> counts.add(count.getKey() + " " + count.getValue()));
            lines.add(
                    "    %s  %2d h  %s"
                            .formatted(
                                    bucket.path("from").stringValue(),
                                    bucket.path("hours").intValue(),
                                    String.join(", ", counts)));
        }
    }

    private void row(String name, String value) {
        lines.add("  " + Shown.padded(name, 12) + Shown.safe(value));
    }

    private static String number(JsonNode node, String name) {
        var number = node.path(name);
        return number.isNumber() ? "%,d".formatted(number.longValue()) : "–";
    }

    static String percent(double share) {
        return "%s %%"
                .formatted(String.format(Locale.ROOT, share < 0.1 ? "%.2f" : "%.0f", 100 * share));
    }

    private static String orDash(JsonNode text) {
        return text.isString() ? text.stringValue() : "–";
    }
}
