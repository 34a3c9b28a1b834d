package tayori.spf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.spf.SpfRecord.Parsed;
import tayori.spf.SpfTerm.Directive;

/// One run of `check_host()` (RFC 7208 §4) with its counters. Lives as long as the check, on one thread.
///
/// It always ends: every step down into another record costs one of the terms that [SpfOptions#maxDnsTerms] allows, so
/// loops of `include` and `redirect` run into that limit.
final class Check implements MacroString.Values {
    private final Dns dns;
    private final SpfOptions options;
    private final RecordCache records;
    private final SpfTrace trace;
    private final boolean traced;
    private final Client client;
    private final Identity identity;
    private final long startedAt;

    private int dnsTerms;
    private int voidTerms;
    private boolean foundNothing;
    private boolean late;
    private int depth;
    private DomainName current = DomainName.ROOT;
    private @Nullable List<DomainName> reverseNames;
    private Map<DomainName, Boolean> confirmedNames = Map.of();

    Check(
            Dns dns,
            SpfOptions options,
            RecordCache records,
            SpfTrace trace,
            Client client,
            Identity identity) {
        this.dns = dns;
        this.options = options;
        this.records = records;
        this.trace = trace;
        this.traced = !trace.equals(SpfTrace.NONE);
        this.client = client;
        this.identity = identity;
        this.startedAt = options.clock().millis();
    }

    SpfResult run() {
        var domain = identity.domain();
        if (domain.isEmpty()) {
            return result(
                    new Outcome(
                            Kind.NONE,
                            null,
                            identity.shown().isEmpty()
                                    ? "there is no domain name"
                                    : identity.shown()
                                            + " is not a domain name of two labels or more"));
        }
        return result(checkHost(domain.get(), identity.kind().keyword()));
    }

    private SpfResult result(Outcome outcome) {
        var kind = identity.kind();
        String domain = identity.shown();
        // A reason may name what a macro made of the sender, and that may hold anything.
        String reason = Printable.text(outcome.reason);
        Optional<String> term = Optional.ofNullable(outcome.term);
        return switch (outcome.kind) {
            case NONE -> new SpfResult.None(kind, domain, term, reason);
            case NEUTRAL -> new SpfResult.Neutral(kind, domain, term, reason);
            case PASS -> new SpfResult.Pass(kind, domain, term, reason);
            case FAIL -> new SpfResult.Fail(kind, domain, term, reason, explanation(outcome));
            case SOFTFAIL -> new SpfResult.SoftFail(kind, domain, term, reason);
            case TEMPERROR -> new SpfResult.TempError(kind, domain, term, reason);
            case PERMERROR -> new SpfResult.PermError(kind, domain, term, reason);
        };
    }

    // ------------------------------------------------------------------------------------------------ check_host()

    private Outcome checkHost(DomainName domain, String because) {
        var above = current;
        current = domain;
        if (traced) {
            trace.step(new SpfStep.Entered(depth, domain, because));
        }
        var outcome = lookUpAndEvaluate(domain);
        if (traced) {
            trace.step(new SpfStep.Left(depth, domain, outcome.kind.keyword(), outcome.reason));
        }
        current = above;
        return outcome;
    }

    /// Record look-up and selection (RFC 7208 §4.4, §4.5), then the record itself.
    private Outcome lookUpAndEvaluate(DomainName domain) {
        if (domain.labelCount() < 2) {
            return new Outcome(Kind.NONE, null, domain + " is a domain name of one label");
        }
        return switch (ask(domain, RecordType.TXT)) {
            case DnsAnswer.Failed(_, var detail) ->
                    new Outcome(
                            Kind.TEMPERROR,
                            null,
                            "the SPF record of " + domain + " could not be looked up: " + detail);
            case DnsAnswer.NoSuchName _ -> new Outcome(Kind.NONE, null, domain + " does not exist");
            case DnsAnswer.NoData _ -> new Outcome(Kind.NONE, null, domain + " has no SPF record");
            case DnsAnswer.Found found -> selectAndEvaluate(domain, found);
        };
    }

    private Outcome selectAndEvaluate(DomainName domain, DnsAnswer.Found found) {
        String text = null;
        for (var record : found.records()) {
            if (record instanceof DnsRecord.Text(var candidate) && SpfRecord.isSpf(candidate)) {
                if (text != null) {
                    return new Outcome(
                            Kind.PERMERROR, null, domain + " has more than one SPF record");
                }
                text = candidate;
            }
        }
        if (text == null) {
            return new Outcome(Kind.NONE, null, domain + " has no SPF record");
        }
        if (traced) {
            trace.step(new SpfStep.RecordFound(depth, domain, text));
        }
        return switch (records.parse(text)) {
            case Parsed.Invalid invalid ->
                    new Outcome(
                            Kind.PERMERROR,
                            null,
                            "syntax error in the SPF record of "
                                    + domain
                                    + ": "
                                    + invalid.message());
            case Parsed.Valid(var record) -> evaluate(domain, record);
        };
    }

    private Outcome evaluate(DomainName domain, SpfRecord record) {
        List<Directive> directives = record.directives();
        for (int i = 0; i < directives.size(); i++) {
            var directive = directives.get(i);
            var match = countedMatch(directive);
            if (match == Plain.NO) {
                continue;
            }
            if (match instanceof Trouble(var kind, var reason)) {
                return new Outcome(kind, directive.text(), reason);
            }
            var kind = Kind.of(directive.qualifier());
            String where = match instanceof Inside(var inner) ? " (" + inner + ")" : "";
            return new Outcome(
                    kind,
                    directive.text(),
                    client.readable() + kind.means + directive.text() + where + " of " + domain,
                    record,
                    domain);
        }
        var redirect = record.redirect();
        if (redirect.isPresent()) {
            return redirect(domain, redirect.get());
        }
        return new Outcome(
                Kind.NEUTRAL,
                null,
                "no term of the SPF record of " + domain + " matches " + client.readable());
    }

    /// `redirect=` (RFC 7208 §6.1): the other record speaks for this domain, its explanation included.
    private Outcome redirect(DomainName domain, SpfTerm.Redirect redirect) {
        var tooMany = countDnsTerm();
        if (tooMany != null) {
            return new Outcome(tooMany.kind, redirect.text(), tooMany.reason);
        }
        var target = name(redirect.domain());
        if (target == null) {
            return new Outcome(
                    Kind.PERMERROR, redirect.text(), "the target of redirect is no domain name");
        }
        if (traced) {
            trace.step(
                    new SpfStep.Evaluated(
                            depth, domain, redirect.text(), "followed", dnsTerms, voidTerms));
        }
        depth++;
        var outcome = checkHost(target, redirect.text());
        depth--;
        return outcome.kind == Kind.NONE
                ? new Outcome(
                        Kind.PERMERROR, redirect.text(), "redirect without SPF record: " + target)
                : outcome;
    }

    // ------------------------------------------------------------------------------------------------ mechanisms

    private Match countedMatch(Directive directive) {
        boolean counted = directive.asksDns();
        foundNothing = false;
        @Nullable Match tooMany = counted ? countDnsTerm() : null;
        var match = tooMany == null ? match(directive) : tooMany;
        // A term is void when it matched nothing and one of its questions found nothing: §4.6.4
        // speaks of "terms". Were
        // every question counted, three exchangers without AAAA would make any mail over IPv6 a
        // permerror.
        if (foundNothing && match == Plain.NO && ++voidTerms > options.maxVoidTerms()) {
            match =
                    new Trouble(
                            Kind.PERMERROR,
                            "more than "
                                    + options.maxVoidTerms()
                                    + " terms ask for names without data");
        }
        foundNothing = false;
        if (late) {
            match = new Trouble(Kind.TEMPERROR, overTime());
        }
        if (traced) {
            trace.step(
                    new SpfStep.Evaluated(
                            depth,
                            current,
                            directive.text(),
                            outcomeText(match),
                            dnsTerms,
                            voidTerms));
        }
        return match;
    }

    private static String outcomeText(Match match) {
        return switch (match) {
            case Plain plain -> plain == Plain.YES ? "match" : "no match";
            case Inside _ -> "match";
            case Trouble(var kind, var reason) -> kind.keyword() + ": " + reason;
        };
    }

    private @Nullable Trouble countDnsTerm() {
        return ++dnsTerms > options.maxDnsTerms()
                ? new Trouble(
                        Kind.PERMERROR, "more than " + options.maxDnsTerms() + " terms ask the DNS")
                : null;
    }

    private Match match(Directive directive) {
        return switch (directive.mechanism()) {
            case SpfTerm.All _ -> Plain.YES;
            case SpfTerm.Ip4 network -> Plain.of(client.isIn(network));
            case SpfTerm.Ip6 network -> Plain.of(client.isIn(network));
            case SpfTerm.Include(var domain) -> include(directive, domain);
            case SpfTerm.A(var domain, var prefix4, var prefix6) -> {
                var target = nameOrCurrent(domain);
                yield target == null ? Plain.NO : matchAddresses(target, prefix4, prefix6);
            }
            case SpfTerm.Mx(var domain, var prefix4, var prefix6) -> {
                var target = nameOrCurrent(domain);
                yield target == null ? Plain.NO : matchExchangers(target, prefix4, prefix6);
            }
            case SpfTerm.Ptr(var domain) -> {
                var target = nameOrCurrent(domain);
                yield target == null ? Plain.NO : matchReverseName(target);
            }
            case SpfTerm.Exists(var domain) -> {
                var target = name(domain);
                yield target == null ? Plain.NO : exists(target);
            }
        };
    }

    /// RFC 7208 §5.2: only a pass of the other record matches; an error or no record there is an error here.
    private Match include(Directive directive, MacroString domain) {
        var target = name(domain);
        if (target == null) {
            return isForeign(domain)
                    ? Plain.NO
                    : new Trouble(Kind.PERMERROR, "the target of include is no domain name");
        }
        depth++;
        var outcome = checkHost(target, directive.text());
        depth--;
        return switch (outcome.kind) {
            case PASS -> new Inside(outcome.term + " of " + outcome.domain);
            case FAIL, SOFTFAIL, NEUTRAL -> Plain.NO;
            case TEMPERROR, PERMERROR -> new Trouble(outcome.kind, outcome.reason);
            case NONE -> new Trouble(Kind.PERMERROR, "include without SPF record: " + target);
        };
    }

    private Match matchAddresses(DomainName host, int prefix4, int prefix6) {
        return switch (ask(host, client.addressType())) {
            case DnsAnswer.Failed failed -> trouble(host, failed);
            case DnsAnswer.NoData _, DnsAnswer.NoSuchName _ -> Plain.NO;
            case DnsAnswer.Found found -> Plain.of(hasClient(found, prefix4, prefix6));
        };
    }

    private boolean hasClient(DnsAnswer.Found found, int prefix4, int prefix6) {
        for (var record : found.records()) {
            if (record instanceof DnsRecord.Address(InetAddress address)
                    && client.isNear(address, prefix4, prefix6)) {
                return true;
            }
        }
        return false;
    }

    /// RFC 7208 §5.4. More exchangers than [SpfOptions#maxNames] are a permerror even where an early one would match:
    /// exchangers of one preference come in any order, and a result must not depend on that.
    private Match matchExchangers(DomainName domain, int prefix4, int prefix6) {
        var answer = ask(domain, RecordType.MX);
        if (answer instanceof DnsAnswer.Failed failed) {
            return trouble(domain, failed);
        }
        if (!(answer instanceof DnsAnswer.Found found)) {
            return Plain.NO;
        }
        if (found.records().size() > options.maxNames()) {
            return new Trouble(
                    Kind.PERMERROR,
                    domain + " has more than " + options.maxNames() + " mail exchangers");
        }
        for (var record : found.records()) {
            if (record instanceof DnsRecord.MailExchange(_, var host)
                    && !host.equals(DomainName.ROOT)) {
                var match = matchAddresses(host, prefix4, prefix6);
                if (match != Plain.NO) {
                    return match;
                }
            }
        }
        return Plain.NO;
    }

    /// RFC 7208 §5.5. The names are compared first and confirmed then: the same result with fewer questions.
    private Match matchReverseName(DomainName domain) {
        for (var name : reverseNames()) {
            if (name.isWithin(domain) && isConfirmed(name)) {
                return Plain.YES;
            }
        }
        return Plain.NO;
    }

    private Match exists(DomainName name) {
        return switch (ask(name, RecordType.A)) {
            case DnsAnswer.Failed failed -> trouble(name, failed);
            case DnsAnswer.NoData _, DnsAnswer.NoSuchName _ -> Plain.NO;
            case DnsAnswer.Found _ -> Plain.YES;
        };
    }

    private static Match trouble(DomainName name, DnsAnswer.Failed failed) {
        return new Trouble(Kind.TEMPERROR, name + " could not be looked up: " + failed.detail());
    }

    // ------------------------------------------------------------------------------------------------ DNS

    /// Asks, unless the time for the check is over (RFC 7208 §4.6.4).
    private DnsAnswer ask(DomainName name, RecordType type) {
        if (options.clock().millis() - startedAt > options.timeLimit().toMillis()) {
            late = true;
            return new DnsAnswer.Failed(DnsAnswer.Trouble.TIMEOUT, overTime());
        }
        var answer = dns.query(name, type);
        if (answer instanceof DnsAnswer.NoData || answer instanceof DnsAnswer.NoSuchName) {
            foundNothing = true;
        }
        if (traced) {
            trace.step(new SpfStep.Asked(depth, name, type, answer));
        }
        return answer;
    }

    private String overTime() {
        return "the check took longer than " + options.timeLimit().toSeconds() + " seconds";
    }

    /// The client's reverse names, the first [SpfOptions#maxNames] of them; asked for once a check. DNS trouble counts as
    /// no name (RFC 7208 §5.5).
    private List<DomainName> reverseNames() {
        var known = reverseNames;
        if (known != null) {
            return known;
        }
        var names = new ArrayList<DomainName>();
        if (ask(client.reverseName(), RecordType.PTR) instanceof DnsAnswer.Found found) {
            for (var record : found.records()) {
                if (record instanceof DnsRecord.Name(var target)
                        && names.size() < options.maxNames()) {
                    names.add(target);
                }
            }
        }
        reverseNames = names;
        confirmedNames = new HashMap<>();
        return names;
    }

    /// Whether a reverse name has the client's address; asked for once a check, however often `%{p}` is written.
    private boolean isConfirmed(DomainName name) {
        var known = confirmedNames.get(name);
        if (known == null) {
            known =
                    ask(name, client.addressType()) instanceof DnsAnswer.Found found
                            && hasClient(found, 32, 128);
            confirmedNames.put(name, known);
        }
        return known;
    }

    // ------------------------------------------------------------------------------------------------ macros

    private @Nullable DomainName nameOrCurrent(Optional<MacroString> domain) {
        return domain.isPresent() ? name(domain.get()) : current;
    }

    /// The name a macro string stands for here; nothing where there can be none, and then nothing is asked.
    private @Nullable DomainName name(MacroString macro) {
        if (macro.isLiteral()) {
            return macro.expandName(this);
        }
        if (isForeign(macro)) {
            return null;
        }
        var name = macro.expandName(this);
        if (traced) {
            trace.step(
                    new SpfStep.Expanded(
                            depth,
                            macro.text(),
                            name == null ? "(not a domain name)" : name.toString()));
        }
        return name;
    }

    private boolean isOwnDomain() {
        return identity.domain().isPresent() && current.equals(identity.domain().get());
    }

    private boolean isForeign(MacroString macro) {
        return macro.usesLocalPart() && identity.hasForeignLocalPart();
    }

    @Override
    public String value(char letter) {
        return switch (letter) {
            case 's' -> identity.sender();
            case 'l' -> identity.localPart();
            case 'o' -> identity.senderDomain();
            case 'd' -> isOwnDomain() ? identity.shown() : current.toString();
            case 'i' -> client.dotted();
            case 'p' -> confirmedName();
            case 'v' -> client.family();
            case 'h' -> identity.helo();
            case 'c' -> client.readable();
            case 'r' -> options.receiver();
            case 't' -> Long.toString(options.clock().millis() / 1000);
            default -> throw new AssertionError("the parser lets no letter " + letter + " pass");
        };
    }

    /// `%{p}` (RFC 7208 §7.3): the current domain if it is a confirmed name of the client, else one below it, else any,
    /// else `unknown`.
    private String confirmedName() {
        var names = reverseNames();
        var candidates = new ArrayList<DomainName>(names.size());
        if (names.contains(current)) {
            candidates.add(current);
        }
        for (var name : names) {
            if (name.isWithin(current)) {
                candidates.add(name);
            }
        }
        candidates.addAll(names);
        for (var name : candidates) {
            if (isConfirmed(name)) {
                return name.toString();
            }
        }
        return "unknown";
    }

    // ------------------------------------------------------------------------------------------------ explanation

    /// RFC 7208 §6.2: the one TXT record at the target, expanded; whatever goes wrong, there is no explanation.
    private Optional<String> explanation(Outcome fail) {
        if (fail.record == null || fail.record.explanation().isEmpty()) {
            return Optional.empty();
        }
        current = fail.domain;
        var target = name(fail.record.explanation().get().domain());
        String text = target == null ? null : explanationAt(target);
        if (traced) {
            trace.step(
                    new SpfStep.Explained(
                            depth, text == null ? "no explanation can be had" : text));
        }
        return Optional.ofNullable(text);
    }

    private @Nullable String explanationAt(DomainName target) {
        var texts = ask(target, RecordType.TXT).texts();
        if (texts.size() != 1) {
            return null;
        }
        var macro = new MacroParser(texts.getFirst()).explanation();
        if (macro == null || isForeign(macro)) {
            return null;
        }
        String text = macro.expandText(this, SpfChecker.MAX_EXPLANATION);
        return text == null || text.isEmpty() || !Printable.is(text) ? null : text;
    }

    // ------------------------------------------------------------------------------------------------ values

    enum Kind {
        NONE(""),
        NEUTRAL(" is neither permitted nor denied by "),
        PASS(" is permitted by "),
        FAIL(" is denied by "),
        SOFTFAIL(" is probably denied by "),
        TEMPERROR(""),
        PERMERROR("");

        /// What stands between the client and the term in a reason.
        private final String means;

        Kind(String means) {
            this.means = means;
        }

        static Kind of(SpfTerm.Qualifier qualifier) {
            return switch (qualifier) {
                case PASS -> PASS;
                case FAIL -> FAIL;
                case SOFTFAIL -> SOFTFAIL;
                case NEUTRAL -> NEUTRAL;
            };
        }

        String keyword() {
            return switch (this) {
                case NONE -> "none";
                case NEUTRAL -> "neutral";
                case PASS -> "pass";
                case FAIL -> "fail";
                case SOFTFAIL -> "softfail";
                case TEMPERROR -> "temperror";
                case PERMERROR -> "permerror";
            };
        }
    }

    /// What one check_host() came to.
    ///
    /// @param record the record that decided, for its `exp=`
    /// @param domain whose record that was
    private record Outcome(
            Kind kind,
            @Nullable String term,
            String reason,
            @Nullable SpfRecord record,
            DomainName domain) {
        Outcome(Kind kind, @Nullable String term, String reason) {
            this(kind, term, reason, null, DomainName.ROOT);
        }
    }

    /// Whether a mechanism matched, or why nobody can say.
    private sealed interface Match {}

    private enum Plain implements Match {
        YES,
        NO;

        static Plain of(boolean matches) {
            return matches ? YES : NO;
        }
    }

    /// A match by what an included record says.
    private record Inside(String term) implements Match {}

    private record Trouble(Kind kind, String reason) implements Match {}
}
