package tayori.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tayori.advice.Finding.Severity;
import tayori.advice.Finding.Topic;
import tayori.dkim.KeyRecord;
import tayori.dkim.KeyRecords;
import tayori.dkim.SignatureCrypto;
import tayori.dmarc.DmarcEvaluator;
import tayori.dmarc.DmarcOptions;
import tayori.dmarc.Policy;
import tayori.dmarc.PolicyDiscovery;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.spf.SpfChecker;
import tayori.spf.SpfOptions;

/// Looks at what a domain publishes and says what is good, missing or wrong. Blocks on the DNS.
///
/// It reads records, it does not check a mail: includes of SPF are followed to count what they cost, DKIM keys are read but
/// not tried.
public final class DomainAdvisor {
    /// Selectors that large senders and common programs use; a domain may have keys under any other name, so finding
    /// none proves nothing.
    public static final List<String> COMMON_SELECTORS =
            List.of(
                    "default",
                    "dkim",
                    "mail",
                    "google",
                    "selector1",
                    "selector2",
                    "s1",
                    "s2",
                    "k1",
                    "k2",
                    "20230601");

    /// Most selectors that are asked for one domain.
    public static final int MAX_SELECTORS = 50;

    /// DNS terms from which on a record has hardly room for another provider; ten are allowed (RFC 7208 §4.6.4).
    private static final int MANY_DNS_TERMS = 9;

    private static final int MAX_DNS_TERMS = SpfOptions.DEFAULTS.maxDnsTerms();

    /// Fewest bits of an RSA key that count at all, and that should be published (RFC 8301 §3.2).
    private static final int MIN_RSA_BITS = 1024;

    private static final int ADVISED_RSA_BITS = 2048;

    private final Dns dns;
    private final DmarcEvaluator dmarc;
    private final SpfChecker spf;
    private final KeyRecords keyRecords = new KeyRecords(SignatureCrypto.standard());

    public DomainAdvisor(Dns dns) {
        this.dns = dns;
        this.dmarc = new DmarcEvaluator(dns, DmarcOptions.TREE_WALK);
        this.spf = new SpfChecker(dns, SpfOptions.DEFAULTS);
    }

    /// @param selectors DKIM selectors to ask for besides [#COMMON_SELECTORS]
    public DomainAdvice advise(DomainName domain, List<String> selectors) {
        return new Visit(domain).all(selectors);
    }

    /// One domain under examination.
    private final class Visit {
        private final DomainName domain;
        private final List<Finding> findings = new ArrayList<>();

        Visit(DomainName domain) {
            this.domain = domain;
        }

        DomainAdvice all(List<String> selectors) {
            boolean mail = mailExchange();
            String spf = spf(mail);
            boolean dkim = dkim(selectors);
            var policy = dmarc();
            boolean mtaSts = mtaSts(mail);
            boolean tlsReports = tlsReports(mail);
            boolean bimi = bimi();
            var facts =
                    new DomainAdvice.Facts(
                            mail,
                            !spf.isEmpty(),
                            spf.endsWith("-all"),
                            dkim,
                            policy instanceof PolicyDiscovery.Finding.Published,
                            policy instanceof PolicyDiscovery.Finding.Published(var applied)
                                    && applied.policy() != Policy.NONE,
                            policy instanceof PolicyDiscovery.Finding.Published(var applied)
                                    && !applied.record().aggregateReports().isEmpty(),
                            mtaSts,
                            tlsReports,
                            bimi);
            return new DomainAdvice(domain, findings, facts);
        }

        private void say(
                Topic topic, Severity severity, String what, String advice, String section) {
            findings.add(new Finding(topic, severity, what, advice, section));
        }

        /// Says so where the DNS failed.
        private boolean failed(Topic topic, DnsAnswer answer) {
            if (answer instanceof DnsAnswer.Failed(_, var detail)) {
                say(
                        topic,
                        Severity.UNKNOWN,
                        "the DNS failed: " + detail,
                        "ask again later",
                        "RFC 2308 §7");
                return true;
            }
            return false;
        }

        private boolean mailExchange() {
            var answer = dns.query(domain, RecordType.MX);
            if (failed(Topic.MX, answer)) {
                return false;
            }
            if (!(answer instanceof DnsAnswer.Found(var records, _, _))) {
                say(
                        Topic.MX,
                        Severity.NOTE,
                        "no MX record; mail would go to the address of the domain itself",
                        "publish a null MX (MX 0 .) if the domain takes no mail",
                        "RFC 7505 §3");
                return false;
            }
            boolean none = false;
            for (var record : records) {
                none |=
                        record instanceof DnsRecord.MailExchange(_, var exchange)
                                && exchange.equals(DomainName.ROOT);
            }
            if (none && records.size() > 1) {
                say(
                        Topic.MX,
                        Severity.PROBLEM,
                        "a null MX among other MX records",
                        "a null MX must stand alone",
                        "RFC 7505 §3");
                return true;
            }
            say(
                    Topic.MX,
                    Severity.GOOD,
                    none ? "a null MX: the domain takes no mail" : records.size() + " MX records",
                    "",
                    none ? "RFC 7505 §3" : "RFC 5321 §5.1");
            return !none;
        }

        /// @return the SPF record in lower case without white space at its end; empty unless there is exactly one
        private String spf(boolean mail) {
            var answer = dns.query(domain, RecordType.TXT);
            if (failed(Topic.SPF, answer)) {
                return "";
            }
            var records = new ArrayList<String>(1);
            for (var text : answer.texts()) {
                String lower = text.toLowerCase(Locale.ROOT);
                if (lower.equals("v=spf1") || lower.startsWith("v=spf1 ")) {
                    records.add(lower.stripTrailing());
                }
            }
            if (records.size() != 1) {
                boolean several = records.size() > 1;
                say(
                        Topic.SPF,
                        several ? Severity.PROBLEM : Severity.WARNING,
                        several
                                ? records.size() + " SPF records: every check is a permerror"
                                : "no SPF record",
                        several
                                ? "join them into one"
                                : mail
                                        ? "publish one, in the end with -all"
                                        : "publish \"v=spf1 -all\" if the domain sends no mail",
                        several ? "RFC 7208 §4.5" : "RFC 7208 §10.1.2");
                return "";
            }
            String record = records.getFirst();
            spfTerms(record);
            spfCost();
            return record;
        }

        private void spfCost() {
            var cost = spf.cost(domain);
            int terms = cost.dnsTerms();
            String counted = terms + " of " + MAX_DNS_TERMS + " terms that may ask the DNS";
            if (terms > MAX_DNS_TERMS) {
                say(
                        Topic.SPF,
                        Severity.PROBLEM,
                        counted + ": checks that get so far are a permerror",
                        "remove what no longer sends for you, or list addresses instead of names",
                        "RFC 7208 §4.6.4");
            } else {
                boolean many = terms >= MANY_DNS_TERMS;
                say(
                        Topic.SPF,
                        many ? Severity.WARNING : Severity.GOOD,
                        counted,
                        many
                                ? "the next provider may be one too many; remove what no longer sends"
                                : "",
                        "RFC 7208 §4.6.4");
            }
            for (String open : cost.open()) {
                say(
                        Topic.SPF,
                        Severity.NOTE,
                        "not counted: " + open,
                        "see with tayori spf what it does for a mail of yours",
                        "RFC 7208 §4.6.4");
            }
        }

        private void spfTerms(String record) {
            var terms = List.of(record.split(" +"));
            if (terms.contains("+all") || terms.contains("all")) {
                say(
                        Topic.SPF,
                        Severity.PROBLEM,
                        "+all lets anybody send for the domain",
                        "use -all",
                        "RFC 7208 §5.1");
            } else if (terms.contains("?all")) {
                say(
                        Topic.SPF,
                        Severity.WARNING,
                        "?all says nothing about other servers",
                        "use -all",
                        "RFC 7208 §5.1");
            } else if (terms.contains("~all") || terms.contains("-all")) {
                say(
                        Topic.SPF,
                        Severity.GOOD,
                        "one SPF record that ends in an all",
                        "",
                        "RFC 7208 §5.1");
            } else if (record.contains("redirect=")) {
                say(
                        Topic.SPF,
                        Severity.NOTE,
                        "the record of another domain is in force",
                        "",
                        "RFC 7208 §6.1");
            } else {
                say(
                        Topic.SPF,
                        Severity.WARNING,
                        "neither all nor redirect: other servers are neutral",
                        "end the record with -all",
                        "RFC 7208 §4.7");
            }
            for (var term : terms) {
                if (term.equals("ptr")
                        || term.startsWith("ptr:")
                        || (term.length() > 3 && term.startsWith("ptr", 1))) {
                    say(
                            Topic.SPF,
                            Severity.WARNING,
                            "ptr is slow and unreliable",
                            "list addresses instead",
                            "RFC 7208 §5.5");
                }
            }
        }

        private boolean dkim(List<String> more) {
            Set<String> selectors = new LinkedHashSet<>(more);
            selectors.addAll(COMMON_SELECTORS);
            var keys = new ArrayList<String>();
            var revoked = new ArrayList<String>();
            int asked = 0;
            for (String selector : selectors) {
                var name = domain.below("_domainkey").flatMap(at -> at.below(selector));
                if (name.isEmpty() || asked++ >= MAX_SELECTORS) {
                    continue;
                }
                for (var text : dns.query(name.get(), RecordType.TXT).texts()) {
                    String key = text.replace(" ", "").replace("\t", "");
                    int p = key.startsWith("p=") ? 0 : key.indexOf(";p=") + 1;
                    if (p > 0 || key.startsWith("p=")) {
                        boolean empty = key.length() == p + 2 || key.charAt(p + 2) == ';';
                        if (empty) {
                            revoked.add(selector);
                        } else {
                            dkimKey(selector, keyRecords.read(text), keys);
                        }
                        break;
                    }
                }
            }
            if (!keys.isEmpty()) {
                say(
                        Topic.DKIM,
                        Severity.GOOD,
                        "keys at " + String.join(", ", keys),
                        "",
                        "RFC 6376 §3.6.1");
            } else {
                say(
                        Topic.DKIM,
                        Severity.NOTE,
                        "no key at the selectors that were asked",
                        "name your selectors; a domain that sends mail should sign it",
                        "RFC 6376 §3.1");
            }
            if (!revoked.isEmpty()) {
                say(
                        Topic.DKIM,
                        Severity.NOTE,
                        "revoked keys at " + String.join(", ", revoked),
                        "",
                        "RFC 6376 §3.6.1");
            }
            return !keys.isEmpty();
        }

        /// One key: how long, and whether anybody can use it.
        private void dkimKey(String selector, KeyRecord record, List<String> keys) {
            if (record instanceof KeyRecord.Unusable(_, var text, _)) {
                say(
                        Topic.DKIM,
                        Severity.PROBLEM,
                        "the key at " + selector + " cannot be used: " + text,
                        "publish it anew",
                        "RFC 6376 §3.6.1");
                return;
            }
            if (!(record instanceof KeyRecord.Usable usable)) {
                return;
            }
            int bits = usable.key().bits();
            boolean rsa = usable.key().type().equals("rsa");
            keys.add(selector + " (" + usable.key().type() + (rsa ? ", " + bits + " bits)" : ")"));
            if (rsa && bits < ADVISED_RSA_BITS) {
                say(
                        Topic.DKIM,
                        bits < MIN_RSA_BITS ? Severity.PROBLEM : Severity.WARNING,
                        "the key at "
                                + selector
                                + " has "
                                + bits
                                + " bits"
                                + (bits < MIN_RSA_BITS ? ": receivers must not accept it" : ""),
                        "sign with 2048 bits, under a new selector",
                        "RFC 8301 §3.2");
            }
            if (usable.testing()) {
                say(
                        Topic.DKIM,
                        Severity.NOTE,
                        "the key at " + selector + " is in test mode (t=y)",
                        "remove t=y when you are done",
                        "RFC 6376 §3.6.1");
            }
        }

        private PolicyDiscovery.Finding dmarc() {
            var finding = dmarc.discover(domain).finding();
            switch (finding) {
                case PolicyDiscovery.Finding.Trouble(var reason) ->
                        say(
                                Topic.DMARC,
                                Severity.UNKNOWN,
                                reason,
                                "ask again later",
                                "RFC 9989 §4.10.1");
                case PolicyDiscovery.Finding.Broken(var reason) ->
                        say(
                                Topic.DMARC,
                                Severity.PROBLEM,
                                reason,
                                "name every tag once",
                                "RFC 9989 §4.8");
                case PolicyDiscovery.Finding.NoPolicy(var reason) ->
                        say(
                                Topic.DMARC,
                                Severity.PROBLEM,
                                reason,
                                "publish v=DMARC1; p=none; rua=mailto:… and read the reports",
                                "RFC 9989 §5.1");
                case PolicyDiscovery.Finding.Published(var applied) -> {
                    var record = applied.record();
                    boolean enforced = applied.policy() != Policy.NONE;
                    say(
                            Topic.DMARC,
                            enforced ? Severity.GOOD : Severity.WARNING,
                            "policy "
                                    + applied.policy()
                                    + " from "
                                    + applied.policyDomain()
                                    + (record.testing() ? ", in test mode" : ""),
                            enforced
                                    ? ""
                                    : "go on to quarantine once the reports show that your own mail passes",
                            "RFC 9989 §4.7");
                    if (record.aggregateReports().isEmpty()) {
                        say(
                                Topic.DMARC,
                                Severity.WARNING,
                                "no reports are wanted",
                                "add rua, or nobody tells you what fails",
                                "RFC 9989 §5.1.3");
                    }
                    for (var flaw : record.flaws()) {
                        say(
                                Topic.DMARC,
                                Severity.WARNING,
                                flaw.toString(),
                                "mend the tag",
                                "RFC 9989 §4.8");
                    }
                }
            }
            return finding;
        }

        private boolean mtaSts(boolean mail) {
            var answer = ask("_mta-sts");
            if (failed(Topic.MTA_STS, answer)) {
                return false;
            }
            int records = 0;
            MtaStsRecord.Outcome last = new MtaStsRecord.Outcome.NotMtaSts();
            for (var text : answer.texts()) {
                var outcome = MtaStsRecord.parse(text);
                if (!(outcome instanceof MtaStsRecord.Outcome.NotMtaSts)) {
                    records++;
                    last = outcome;
                }
            }
            if (records > 1) {
                last = new MtaStsRecord.Outcome.Invalid("there are " + records + " records");
            }
            return switch (last) {
                case MtaStsRecord.Outcome.Valid(var record) -> {
                    say(
                            Topic.MTA_STS,
                            Severity.GOOD,
                            "a policy is announced, id " + record.id(),
                            "",
                            "RFC 8461 §3.1");
                    yield true;
                }
                case MtaStsRecord.Outcome.Invalid(var reason) -> {
                    say(
                            Topic.MTA_STS,
                            Severity.PROBLEM,
                            reason,
                            "publish v=STSv1; id=…; once",
                            "RFC 8461 §3.1");
                    yield false;
                }
                case MtaStsRecord.Outcome.NotMtaSts() -> {
                    say(
                            Topic.MTA_STS,
                            Severity.NOTE,
                            "no MTA-STS record",
                            mail ? "announce a policy so that TLS to you cannot be stripped" : "",
                            "RFC 8461 §3");
                    yield false;
                }
            };
        }

        private boolean tlsReports(boolean mail) {
            var answer = ask("_smtp._tls");
            if (failed(Topic.TLS_REPORTS, answer)) {
                return false;
            }
            int records = 0;
            TlsReportRecord.Outcome last = new TlsReportRecord.Outcome.NotTlsReport();
            for (var text : answer.texts()) {
                var outcome = TlsReportRecord.parse(text);
                if (!(outcome instanceof TlsReportRecord.Outcome.NotTlsReport)) {
                    records++;
                    last = outcome;
                }
            }
            if (records > 1) {
                last = new TlsReportRecord.Outcome.Invalid("there are " + records + " records");
            }
            return switch (last) {
                case TlsReportRecord.Outcome.Valid(var record) -> {
                    say(
                            Topic.TLS_REPORTS,
                            Severity.GOOD,
                            "reports go to " + record.reports().getFirst(),
                            "",
                            "RFC 8460 §3");
                    yield true;
                }
                case TlsReportRecord.Outcome.Invalid(var reason) -> {
                    say(
                            Topic.TLS_REPORTS,
                            Severity.PROBLEM,
                            reason,
                            "publish v=TLSRPTv1; rua=mailto:… once",
                            "RFC 8460 §3");
                    yield false;
                }
                case TlsReportRecord.Outcome.NotTlsReport() -> {
                    say(
                            Topic.TLS_REPORTS,
                            Severity.NOTE,
                            "no TLS reports are wanted",
                            mail ? "publish v=TLSRPTv1; rua=mailto:… to hear of failing TLS" : "",
                            "RFC 8460 §3");
                    yield false;
                }
            };
        }

        private boolean bimi() {
            var answer = ask("default._bimi");
            if (failed(Topic.BIMI, answer)) {
                return false;
            }
            boolean there = false;
            for (var text : answer.texts()) {
                there |= text.startsWith("v=BIMI1");
            }
            say(
                    Topic.BIMI,
                    there ? Severity.GOOD : Severity.NOTE,
                    there ? "an indicator is published" : "no BIMI record at the selector default",
                    "",
                    "draft-brand-indicators-for-message-identification-14");
            return there;
        }

        private DnsAnswer ask(String prefix) {
            return domain.below(prefix)
                    .map(name -> dns.query(name, RecordType.TXT))
                    .orElseGet(() -> new DnsAnswer.NoSuchName(java.time.Duration.ZERO, false));
        }
    }
}
