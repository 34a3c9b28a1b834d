package tayori.dmarc;

import java.util.List;
import java.util.Optional;
import tayori.dns.DomainName;

/// Everything an evaluation came across: for headers, reports and whoever asks afterwards.
///
/// @param author the author domain; nothing where there is not exactly one
/// @param applied the policy in force; nothing where no record could be used
/// @param organizationalDomain of the author, where it had to be found; equal domains and strict alignment need none
/// @param identifiers a word on each identifier, in the order given
/// @param questions what the DNS was asked, in order, each question once
public record DmarcFindings(
        Optional<DomainName> author,
        Optional<AppliedPolicy> applied,
        Optional<DomainName> organizationalDomain,
        List<IdentifierAlignment> identifiers,
        List<DnsQuestion> questions) {
    public DmarcFindings {
        identifiers = List.copyOf(identifiers);
        questions = List.copyOf(questions);
    }

    static final DmarcFindings NOTHING =
            new DmarcFindings(
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    /// Whether one identifier of a method passed in alignment, as aggregate reports tell it (RFC 9990 §3.1.1.9).
    public boolean aligned(AuthenticatedIdentifier.Method method) {
        for (var identifier : identifiers) {
            if (identifier.aligned() && identifier.identifier().method() == method) {
                return true;
            }
        }
        return false;
    }
}
