package tayori.senderid;

import java.util.ArrayList;
import java.util.List;
import tayori.dns.Dns;
import tayori.dns.DnsAnswer;
import tayori.dns.DnsAnswer.Found;
import tayori.dns.DnsRecord;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// The DNS as Sender ID sees it: where a name has `spf2.0` records for the scope, they take the place of its `v=spf1`
/// records (RFC 4406 §4.4), and they look like them. So an SPF evaluation, includes and all, becomes one of Sender ID.
final class ScopedRecords implements Dns {
    private final Dns dns;
    private final Scope scope;

    ScopedRecords(Dns dns, Scope scope) {
        this.dns = dns;
        this.scope = scope;
    }

    @Override
    public DnsAnswer query(DomainName name, RecordType type) {
        var answer = dns.query(name, type);
        return type == RecordType.TXT && answer instanceof Found found ? selected(found) : answer;
    }

    private Found selected(Found found) {
        var chosen = new ArrayList<DnsRecord>();
        var others = new ArrayList<DnsRecord>();
        for (var record : found.records()) {
            String spf1 = record instanceof DnsRecord.Text(var text) ? scope.asSpf1(text) : null;
            if (spf1 != null) {
                chosen.add(new DnsRecord.Text(spf1));
            } else {
                others.add(record);
            }
        }
        return chosen.isEmpty()
                ? found
                : new Found(joined(chosen, others), found.ttl(), found.authenticated());
    }

    /// The chosen ones and what is no `v=spf1` record, such as an explanation text.
    private static List<DnsRecord> joined(List<DnsRecord> chosen, List<DnsRecord> others) {
        for (var other : others) {
            if (!(other instanceof DnsRecord.Text(var text))
                    || !text.regionMatches(true, 0, "v=spf1", 0, "v=spf1".length())) {
                chosen.add(other);
            }
        }
        return chosen;
    }
}
