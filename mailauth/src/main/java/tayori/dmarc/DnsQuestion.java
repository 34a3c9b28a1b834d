package tayori.dmarc;

import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// A question that was put to the DNS, and in a word what came of it.
///
/// @param answer for people, e.g. `v=DMARC1 record` or `no such name`
public record DnsQuestion(DomainName name, RecordType type, String answer) {
    @Override
    public String toString() {
        return name + " " + type + ": " + answer;
    }
}
