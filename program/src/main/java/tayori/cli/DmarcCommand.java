package tayori.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.dmarc.AuthenticatedIdentifier;
import tayori.dmarc.AuthenticatedIdentifier.Method;
import tayori.dmarc.AuthenticatedIdentifier.Outcome;
import tayori.dmarc.DmarcEvaluator;
import tayori.dmarc.DmarcOptions;
import tayori.dmarc.DnsQuestion;
import tayori.dns.ALabels;
import tayori.dns.Dns;
import tayori.dns.RecordingDns;
import tayori.message.AuthorDomains;
import tayori.psl.PublicSuffixList;

/// Evaluates DMARC for results that are given.
@Command(
        name = "dmarc",
        description = {
            "Says what DMARC makes of a mail: result, policy, and whose policy it is.",
            "SPF and DKIM are not checked; their results are given."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 0 for pass, 75 for temperror, 1 for every other result.",
            "Example: tayori dmarc news@example.com --spf bounce.example.com=pass --dkim example.net=pass"
        })
final class DmarcCommand implements Callable<ExitCode> {
    /// Longest batch line. Unit: octets.
    static final int MAX_LINE_OCTETS = 1 << 20;

    /// How policies and organizational domains are found.
    enum Discovery {
        /// RFC 9989 §4.10.
        TREEWALK,
        /// RFC 7489 §3.2, for comparison.
        PSL
    }

    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    @Mixin DnsChoice dns = new DnsChoice();

    @Option(
            names = "--spf",
            paramLabel = "DOMAIN=RESULT",
            description = "Domain of MAIL FROM and what SPF said of it, e.g. example.com=pass.")
    List<String> spf = new ArrayList<>();

    @Option(
            names = "--dkim",
            paramLabel = "DOMAIN=RESULT",
            description = "Domain of a signature (d=) and what came of it; once for each.")
    List<String> dkim = new ArrayList<>();

    @Option(
            names = "--discovery",
            paramLabel = "HOW",
            description =
                    "treewalk (RFC 9989, the default) or psl (by the Public Suffix List, as RFC 7489 had it).")
    String discovery = "treewalk";

    @Option(names = "--json", description = "Answer as one JSON object.")
    boolean json;

    @Option(
            names = "--batch",
            description =
                    "Answer JSON lines from standard input, a line each: from or fromHeader, spf, dkim, discovery, resolver, id.")
    boolean batch;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FROM",
            description = "The author: a domain, an address, or all that stands in the From field.")
    @Nullable String from;

    DmarcCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        Discovery how =
                discovery(discovery)
                        .orElseThrow(() ->
                                wrong(
                                        "--discovery: '"
                                                + discovery
                                                + "' is neither treewalk nor psl"));
        if (batch) {
            if (from != null) {
                throw wrong("--batch takes its questions from standard input");
            }
            Dns standard = dns.open();
            return new Batch(terminal, MAX_LINE_OCTETS, line -> answer(line, standard, how)).run();
        }
        if (from == null) {
            throw wrong("dmarc: name the author: a domain or an address");
        }
        var identifiers = new ArrayList<AuthenticatedIdentifier>();
        spf.forEach(given -> identifiers.add(identifier(Method.SPF, given)));
        dkim.forEach(given -> identifiers.add(identifier(Method.DKIM, given)));
        var report = evaluate(dns.open(), how, author(from), identifiers);
        if (json) {
            terminal.out().println(report.toJson());
        } else {
            report.lines(Shown.on(terminal)).forEach(terminal.out()::println);
        }
        return SpfCommand.exitCode(report.result().keyword());
    }

    private static Optional<Discovery> discovery(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "treewalk" -> Optional.of(Discovery.TREEWALK);
            case "psl" -> Optional.of(Discovery.PSL);
            default -> Optional.empty();
        };
    }

    private AuthenticatedIdentifier identifier(Method method, String given) {
        int equals = given.lastIndexOf('=');
        String option = "--" + method.name().toLowerCase(Locale.ROOT);
        if (equals < 0) {
            throw wrong(option + ": '" + given + "' is not DOMAIN=RESULT, e.g. example.com=pass");
        }
        var domain = ALabels.toDomainName(given.substring(0, equals));
        var outcome = outcome(given.substring(equals + 1));
        if (domain.isEmpty()) {
            throw wrong(option + ": '" + given.substring(0, equals) + "' is no domain name");
        }
        if (outcome.isEmpty()) {
            throw wrong(option + ": '" + given.substring(equals + 1) + "' is no " + RESULTS);
        }
        return new AuthenticatedIdentifier(method, domain.get(), outcome.get());
    }

    private static final String RESULTS =
            "result: pass, fail, softfail, neutral, none, policy, temperror or permerror";

    private static Optional<Outcome> outcome(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pass" -> Optional.of(Outcome.PASS);
            case "temperror" -> Optional.of(Outcome.TEMP_ERROR);
            case "fail", "softfail", "neutral", "none", "policy", "permerror" ->
                    Optional.of(Outcome.NO_PASS);
            default -> Optional.empty();
        };
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        return new ParameterException(spec.commandLine(), what);
    }

    /// A domain, or anything that can stand in a From field.
    private static AuthorDomains author(String text) {
        if (text.indexOf('@') >= 0) {
            return AuthorDomains.ofFrom(text);
        }
        return ALabels.toDomainName(text.strip())
                .map(AuthorDomains::of)
                .orElseGet(() -> new AuthorDomains.None("this is no domain name: " + text));
    }

    private static DmarcReport evaluate(
            Dns dns,
            Discovery how,
            AuthorDomains author,
            List<AuthenticatedIdentifier> identifiers) {
        var options =
                switch (how) {
                    case TREEWALK -> DmarcOptions.TREE_WALK;
                    case PSL -> DmarcOptions.publicSuffixList(BundledList.LIST);
                };
        var evaluator = new DmarcEvaluator(dns, options);
        var result = evaluator.evaluate(author, Optional.empty(), identifiers);
        var found = result.findings().organizationalDomain();
        if (found.isPresent() || !(author instanceof AuthorDomains.One(var domain, _))) {
            return new DmarcReport(result, found, List.of());
        }
        var recording = new RecordingDns(dns, InstantSource.system());
        var organizational = evaluator.asking(recording).organizationalDomain(domain);
        var known = result.findings().questions();
        var further =
                recording.asked().stream()
                        .filter(asked ->
                                known.stream()
                                        .noneMatch(question ->
                                                question.name().equals(asked.name())
                                                        && question.type() == asked.type()))
                        .map(asked ->
                                new DnsQuestion(
                                        asked.name(),
                                        asked.type(),
                                        SpfReport.inWords(asked.answer())))
                        .toList();
        return new DmarcReport(result, organizational, further);
    }

    /// Read once, and only where it is wanted.
    private static final class BundledList {
        static final PublicSuffixList LIST = PublicSuffixList.bundled();
    }

    private JsonObject answer(BatchLine line, Dns standard, Discovery usual)
            throws BatchLine.Refused {
        var how = usual;
        var named = line.text("discovery");
        if (named.isPresent()) {
            var known = discovery(named.get());
            if (known.isEmpty()) {
                throw line.expected("discovery", "treewalk or psl");
            }
            how = known.get();
        }
        var header = line.text("fromHeader");
        var authors = line.texts("from");
        if (header.isEmpty() && authors.isEmpty()) {
            throw line.missing("from");
        }
        if (header.isPresent() && !authors.isEmpty()) {
            throw line.expected("from", "nothing where fromHeader is given");
        }
        var identifiers = new ArrayList<AuthenticatedIdentifier>();
        var unusable = new ArrayList<JsonObject>();
        for (var method : Method.values()) {
            read(method, line, identifiers, unusable);
        }
        var answer =
                evaluate(
                                dns.of(line, standard),
                                how,
                                header.isPresent()
                                        ? AuthorDomains.ofFrom(header.get())
                                        : author(String.join(", ", authors)),
                                identifiers)
                        .toJson();
        return unusable.isEmpty() ? answer : answer.put("unusable", unusable);
    }

    /// What is no domain name cannot be aligned with anything; a mail may well bring such a thing, so it is told and
    /// passed over.
    private static void read(
            Method method,
            BatchLine line,
            List<AuthenticatedIdentifier> identifiers,
            List<JsonObject> unusable)
            throws BatchLine.Refused {
        for (var given : line.objects(method.name().toLowerCase(Locale.ROOT))) {
            String text = given.text("domain").orElseThrow(() -> given.missing("domain"));
            String word = given.text("result").orElseThrow(() -> given.missing("result"));
            var outcome = outcome(word).orElseThrow(() -> given.expected("result", RESULTS));
            var domain = ALabels.toDomainName(text);
            if (domain.isPresent()) {
                identifiers.add(new AuthenticatedIdentifier(method, domain.get(), outcome));
            } else {
                unusable.add(
                        new JsonObject()
                                .put("method", method.name().toLowerCase(Locale.ROOT))
                                .put("domain", text));
            }
        }
    }
}
