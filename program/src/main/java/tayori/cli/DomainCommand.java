package tayori.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.advice.AdoptionSurvey;
import tayori.advice.DomainAdvice;
import tayori.advice.DomainAdvisor;
import tayori.advice.Finding;
import tayori.advice.Finding.Severity;
import tayori.cli.Shown.Colour;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// Looks at what domains publish for mail.
@Command(
        name = "domain",
        description = {
            "Looks at what a domain publishes for its mail (MX, SPF, DKIM, DMARC, MTA-STS, TLS reports, BIMI) and gives advice.",
            "Several names give a survey: how many publish what."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 1 where a single domain has a problem, 75 where the DNS kept an answer back, 0 otherwise; a survey "
                    + "ends with 1 only where a name is no domain name.",
            "Example: tayori domain example.com --selector news2026"
        })
final class DomainCommand implements Callable<ExitCode> {
    /// Longest line of a file of names that is read. Unit: characters. No name has more, also in U-labels.
    static final int MAX_NAME_CHARS = 1_024;

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    @Mixin DnsChoice dns = new DnsChoice();

    @Option(
            names = "--selector",
            paramLabel = "S",
            description =
                    "A DKIM selector of the domain; give it again for more. Common names are tried anyhow, but nobody can list "
                            + "all selectors of a domain.")
    List<String> selectors = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Take the names from this file, one a line; - is standard input.")
    @Nullable String file;

    @Option(names = "--json", description = "Answer as one JSON object.")
    boolean json;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Domain names.")
    List<String> names = new ArrayList<>();

    DomainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        var texts = new ArrayList<>(names);
        if (file != null) {
            try {
                texts.addAll(namesIn(file));
            } catch (IOException e) {
                terminal.err().println(Shown.safe("tayori: cannot read " + file + ": " + e));
                return ExitCode.NO_INPUT;
            }
        }
        if (texts.isEmpty()) {
            throw wrong("domain: name a domain, or a --file of names");
        }
        var domains = new ArrayList<DomainName>();
        var bad = new ArrayList<String>();
        for (String text : texts) {
            ALabels.toDomainName(text).ifPresentOrElse(domains::add, () -> bad.add(text));
        }
        for (String text : bad) {
            terminal.err().println(Shown.safe("tayori: this is no domain name: " + text));
        }
        if (texts.size() == 1) {
            return bad.isEmpty() ? one(domains.getFirst()) : ExitCode.FINDING;
        }
        return survey(domains, bad);
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    /// Empty lines and those that begin with `#` say nothing.
    private List<String> namesIn(String path) throws IOException {
        if (path.equals("-")) {
            return namesIn(terminal.in());
        }
        try (var in = Files.newInputStream(Path.of(path))) {
            return namesIn(in);
        }
    }

    private static List<String> namesIn(InputStream in) throws IOException {
        var found = new ArrayList<String>();
        // UTF-8 with U+FFFD for whatever is none: such a line is no domain name, and is told as
        // one.
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String name = line.strip();
            if (!name.isEmpty() && !name.startsWith("#")) {
                found.add(
                        name.length() > MAX_NAME_CHARS ? name.substring(0, MAX_NAME_CHARS) : name);
            }
        }
        return found;
    }

    // ------------------------------------------------------------------------------------------------ one domain

    private ExitCode one(DomainName domain) {
        var advice = new DomainAdvisor(dns.open()).advise(domain, selectors);
        if (json) {
            terminal.out().println(toJson(advice));
        } else {
            var shown = Shown.on(terminal);
            terminal.out().println(shown.in(Colour.BOLD, ALabels.toUnicode(domain)));
            for (var finding : advice.findings()) {
                print(finding, shown);
            }
        }
        return switch (advice.worst()) {
            case GOOD, NOTE, WARNING -> ExitCode.OK;
            case PROBLEM -> ExitCode.FINDING;
            case UNKNOWN -> ExitCode.TRY_AGAIN;
        };
    }

    private void print(Finding finding, Shown shown) {
        terminal.out()
                .println(
                        "  "
                                + Shown.padded(keyword(finding.topic()), 13)
                                + shown.in(
                                        colour(finding.severity()),
                                        Shown.padded(keyword(finding.severity()), 9))
                                + Shown.safe(finding.what() + "  [" + finding.section() + "]"));
        if (!finding.advice().isEmpty()) {
            terminal.out().println(" ".repeat(24) + Shown.safe("→ " + finding.advice()));
        }
    }

    private static Colour colour(Severity severity) {
        return switch (severity) {
            case GOOD -> Colour.GREEN;
            case NOTE -> Colour.FAINT;
            case WARNING, UNKNOWN -> Colour.YELLOW;
            case PROBLEM -> Colour.RED;
        };
    }

    private static String keyword(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonObject toJson(DomainAdvice advice) {
        return new JsonObject()
                .put("domain", advice.domain().toString())
                .put("worst", keyword(advice.worst()))
                .put(
                        "findings",
                        advice.findings().stream()
                                .map(finding ->
                                        new JsonObject()
                                                .put("topic", keyword(finding.topic()))
                                                .put("severity", keyword(finding.severity()))
                                                .put("what", finding.what())
                                                .put("advice", finding.advice())
                                                .put("section", finding.section()))
                                .toList());
    }

    // ------------------------------------------------------------------------------------------------ survey

    private ExitCode survey(List<DomainName> domains, List<String> bad) {
        var advisor = new DomainAdvisor(dns.open());
        var survey = new AdoptionSurvey();
        var unknown = new ArrayList<DomainName>();
        var shown = Shown.on(terminal);
        try (var progress = new Progress(terminal, domains.size());
                var work =
                        new InOrder<DomainAdvice>(advice -> {
                            survey.add(advice);
                            progress.octets(1);
                            progress.finished();
                            if (advice.worst() == Severity.UNKNOWN) {
                                unknown.add(advice.domain());
                            }
                        })) {
            for (var domain : domains) {
                work.submit(64 * 1024, () -> advisor.advise(domain, selectors));
            }
        }
        if (json) {
            terminal.out().println(toJson(survey, unknown, bad));
        } else {
            terminal.out().println(shown.in(Colour.BOLD, survey.domains() + " domains"));
            for (var share : survey.shares()) {
                terminal.out()
                        .println(
                                "  %-34s %7d %5.1f %%"
                                        .formatted(share.what(), share.domains(), share.percent()));
            }
            if (!unknown.isEmpty()) {
                terminal.out()
                        .println(
                                "For "
                                        + unknown.size()
                                        + " of them the DNS kept something back, so the figures may be too low.");
            }
        }
        return bad.isEmpty() ? ExitCode.OK : ExitCode.FINDING;
    }

    private static JsonObject toJson(
            AdoptionSurvey survey, List<DomainName> unknown, List<String> bad) {
        return new JsonObject()
                .put("domains", survey.domains())
                .put(
                        "shares",
                        survey.shares().stream()
                                .map(share ->
                                        new JsonObject()
                                                .put("what", share.what())
                                                .put("domains", share.domains())
                                                .put("percent", share.percent()))
                                .toList())
                .put("unknown", unknown.stream().map(DomainName::toString).toList())
                .put("notDomainNames", bad);
    }
}
