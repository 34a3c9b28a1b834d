package tayori.advice;

import java.util.List;
import tayori.advice.Finding.Severity;
import tayori.advice.Finding.Topic;
import tayori.dns.DomainName;

/// All that was found out about one domain.
///
/// @param findings by topic, at least one for each
/// @param facts what a survey counts
public record DomainAdvice(DomainName domain, List<Finding> findings, Facts facts) {
    /// Yes or no, for counting.
    ///
    /// @param mail an MX that is not the null MX
    /// @param spf exactly one SPF record
    /// @param spfStrict the SPF record ends in `-all`
    /// @param dkim a key at one of the selectors asked for; more may exist under others
    /// @param dmarc a DMARC policy, the domain's own or one from above
    /// @param dmarcEnforced that policy is quarantine or reject, test mode counted in
    /// @param dmarcReports aggregate reports are wanted
    /// @param mtaSts a valid `_mta-sts` record
    /// @param tlsReports a valid `_smtp._tls` record
    /// @param bimi a BIMI record at the selector `default`
    public record Facts(
            boolean mail,
            boolean spf,
            boolean spfStrict,
            boolean dkim,
            boolean dmarc,
            boolean dmarcEnforced,
            boolean dmarcReports,
            boolean mtaSts,
            boolean tlsReports,
            boolean bimi) {}

    public DomainAdvice {
        findings = List.copyOf(findings);
    }

    public List<Finding> of(Topic topic) {
        return findings.stream().filter(finding -> finding.topic() == topic).toList();
    }

    /// The worst of all; [Severity#UNKNOWN] where the DNS kept something back.
    public Severity worst() {
        var worst = Severity.GOOD;
        for (var finding : findings) {
            if (finding.severity().compareTo(worst) > 0) {
                worst = finding.severity();
            }
        }
        return worst;
    }
}
