package tayori.spf;

import tayori.dns.DnsAnswer;
import tayori.dns.DomainName;
import tayori.dns.RecordType;

/// One step of a check, for whoever wants to see how a result came about.
public sealed interface SpfStep {
    /// How many `include` and `redirect` lie between the identity and this step; 0 for the identity's own record.
    int depth();

    /// `check_host()` starts on a domain.
    ///
    /// @param because the term that led here; the identity's keyword at depth 0
    record Entered(int depth, DomainName domain, String because) implements SpfStep {}

    /// `check_host()` is through with a domain.
    ///
    /// @param result keyword of RFC 8601
    record Left(int depth, DomainName domain, String result, String reason) implements SpfStep {}

    /// A question to the DNS and what came of it.
    record Asked(int depth, DomainName name, RecordType type, DnsAnswer answer)
            implements SpfStep {}

    /// The one SPF record of a domain.
    record RecordFound(int depth, DomainName domain, String text) implements SpfStep {}

    /// A macro string and what it became for this mail.
    record Expanded(int depth, String macro, String expansion) implements SpfStep {}

    /// A term was looked at.
    ///
    /// @param outcome `match`, `no match`, or the error with its reason
    /// @param dnsTerms terms that asked the DNS so far, this one included
    /// @param voidTerms terms that found nothing so far, this one included
    record Evaluated(
            int depth, DomainName domain, String term, String outcome, int dnsTerms, int voidTerms)
            implements SpfStep {}

    /// The explanation of a fail, or why there is none.
    record Explained(int depth, String text) implements SpfStep {}
}
