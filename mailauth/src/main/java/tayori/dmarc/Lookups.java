package tayori.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tayori.dmarc.DmarcRecord.Outcome;
import tayori.dmarc.DmarcRecord.PublicSuffix;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// The DNS as one message sees it: every name is asked for its record once, and the questions are written down.
final class Lookups {
    /// Most labels that a walk goes on with after its first question; with that one it makes eight questions at most.
    /// RFC 9989 §4.10.
    static final int WALK_LABELS = 7;

    /// What stands at `_dmarc.` of one name.
    ///
    /// @param outcome the one DMARC record there, whatever it is worth; nothing where there is none, or several (§4.10)
    /// @param several whether there were several, all of which are thrown away
    /// @param exists whether the answer itself shows that the name exists, as a name below it does (RFC 8020 §2)
    /// @param trouble why nobody knows
    record Step(
            DomainName domain,
            Optional<Outcome> outcome,
            boolean several,
            boolean exists,
            Optional<String> trouble) {
        PublicSuffix publicSuffix() {
            return switch (outcome.orElse(NOTHING)) {
                case Outcome.Usable(var record) -> record.publicSuffix();
                case Outcome.NoPolicy(_, var publicSuffix) -> publicSuffix;
                case Outcome.Malformed _, Outcome.NotDmarc _ -> PublicSuffix.UNKNOWN;
            };
        }
    }

    /// One tree walk.
    ///
    /// @param found the names that have a record, longest first
    /// @param trouble why the walk could not be ended; then nothing is known about what lies above
    record Walk(DomainName start, List<Step> found, Optional<String> trouble) {
        /// RFC 9989 §4.10.2.
        DomainName organizationalDomain() {
            if (found.isEmpty()) {
                return start;
            }
            // A walk ends at psd=n or psd=y, so only the last record found can say one of them.
            var last = found.getLast();
            boolean above = !last.domain().equals(start);
            return last.publicSuffix() == PublicSuffix.YES && above
                    ? start.suffix(last.domain().labelCount() + 1)
                    : last.domain();
        }
    }

    private static final Outcome NOTHING = new Outcome.NotDmarc("nothing");

    private final Dns dns;
    private final RecordCache records;
    private final Map<DomainName, Step> steps;
    private final List<DnsQuestion> questions;

    Lookups(Dns dns, RecordCache records) {
        this.dns = dns;
        this.records = records;
        this.steps = HashMap.newHashMap(8);
        this.questions = new ArrayList<>(8);
    }

    /// Goes on where another left off, which stays as it is.
    Lookups(Lookups earlier, Dns dns) {
        this.dns = dns;
        this.records = earlier.records;
        this.steps = new HashMap<>(earlier.steps);
        this.questions = new ArrayList<>(earlier.questions);
    }

    List<DnsQuestion> questions() {
        return List.copyOf(questions);
    }

    /// The record of one name.
    Step step(DomainName domain) {
        var known = steps.get(domain);
        if (known != null) {
            return known;
        }
        var step = ask(domain);
        steps.put(domain, step);
        return step;
    }

    private Step ask(DomainName domain) {
        var name = domain.below("_dmarc");
        if (name.isEmpty()) { // longer than a name may be, so nobody can have a record there
            return new Step(domain, Optional.empty(), false, false, Optional.empty());
        }
        var answer = dns.query(name.get(), RecordType.TXT);
        Optional<Outcome> outcome = Optional.empty();
        int count = 0;
        for (var text : answer.texts()) {
            var parsed = records.parse(text);
            if (!(parsed instanceof Outcome.NotDmarc)) {
                outcome = Optional.of(parsed);
                count++;
            }
        }
        Optional<String> trouble = Optional.empty();
        String shown =
                switch (answer) {
                    case DnsAnswer.Found _ ->
                            count == 0
                                    ? "no DMARC record"
                                    : count == 1
                                            ? "a DMARC record"
                                            : count + " DMARC records, all thrown away";
                    case DnsAnswer.NoData _ -> "no data";
                    case DnsAnswer.NoSuchName _ -> "no such name";
                    case DnsAnswer.Failed(var kind, var detail) -> {
                        trouble = Optional.of("the DNS failed for " + name.get() + ": " + detail);
                        yield "failed (" + kind + ")";
                    }
                };
        questions.add(new DnsQuestion(name.get(), RecordType.TXT, shown));
        boolean exists = answer instanceof DnsAnswer.Found || answer instanceof DnsAnswer.NoData;
        return new Step(
                domain, count == 1 ? outcome : Optional.empty(), count > 1, exists, trouble);
    }

    /// The walk of RFC 9989 §4.10 from one name up to the top: at most [#WALK_LABELS] + 1 questions.
    Walk walk(DomainName start) {
        var found = new ArrayList<Step>(2);
        int labels = start.labelCount();
        Optional<DomainName> at = Optional.of(start);
        while (at.isPresent()) {
            var step = step(at.get());
            if (step.trouble().isPresent()) {
                return new Walk(start, found, step.trouble());
            }
            if (step.outcome().isPresent()) {
                found.add(step);
                if (step.publicSuffix() != PublicSuffix.UNKNOWN) {
                    break;
                }
            }
            labels = Math.min(labels - 1, WALK_LABELS);
            at = labels < 1 ? Optional.empty() : Optional.of(start.suffix(labels));
        }
        return new Walk(start, found, Optional.empty());
    }

    /// Whether a name exists: only NXDOMAIN says that it does not (RFC 9989 §3.2.13, App. A.4), so where the DNS fails
    /// it does, and the milder `sp` stands.
    boolean exists(DomainName domain) {
        if (step(domain).exists()) {
            return true;
        }
        var answer = dns.query(domain, RecordType.A);
        boolean exists = !(answer instanceof DnsAnswer.NoSuchName);
        questions.add(new DnsQuestion(domain, RecordType.A, exists ? "exists" : "no such name"));
        return exists;
    }
}
