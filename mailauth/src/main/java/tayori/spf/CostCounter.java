package tayori.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;
import tayori.spf.SpfRecord.Parsed;

/// Walks a record and all it includes without a mail at hand. Good for one use.
final class CostCounter {
    private final Dns dns;
    private final RecordCache records;
    private final List<String> open = new ArrayList<>();
    private int dnsTerms;

    CostCounter(Dns dns, RecordCache records) {
        this.dns = dns;
        this.records = records;
    }

    SpfCost count(DomainName domain) {
        walk(domain);
        return new SpfCost(dnsTerms, open);
    }

    private void walk(DomainName domain) {
        var answer = dns.query(domain, RecordType.TXT);
        if (answer instanceof DnsAnswer.Failed failed) {
            open.add(domain + ": " + Printable.text(failed.detail()));
            return;
        }
        var texts = answer.texts().stream().filter(SpfRecord::isSpf).toList();
        if (texts.size() != 1) {
            open.add(domain + ": " + (texts.isEmpty() ? "no record" : "more than one record"));
            return;
        }
        switch (records.parse(texts.getFirst())) {
            case Parsed.Invalid invalid -> open.add(domain + ": " + invalid.message());
            case Parsed.Valid(var record) -> walk(record);
        }
    }

    private void walk(SpfRecord record) {
        for (var directive : record.directives()) {
            if (directive.mechanism() instanceof SpfTerm.All) {
                return;
            }
            if (directive.asksDns() && !countOne()) {
                return;
            }
            if (directive.mechanism() instanceof SpfTerm.Include(var domain)) {
                follow(domain, directive.text());
            }
        }
        if (record.redirect().isPresent() && countOne()) {
            follow(record.redirect().get().domain(), record.redirect().get().text());
        }
    }

    private boolean countOne() {
        if (dnsTerms == SpfChecker.MAX_COUNTED_TERMS) {
            return false;
        }
        dnsTerms++;
        return true;
    }

    private void follow(MacroString domain, String term) {
        Optional<DomainName> target = domain.literalName();
        if (target.isPresent()) {
            walk(target.get());
        } else {
            open.add(term + ": depends on the mail");
        }
    }
}
