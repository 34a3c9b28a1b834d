package tayori.dmarc;

import tayori.dns.DomainName;

/// The policy that a domain owner asks for in this one case.
///
/// @param policyDomain where the record stands, without the `_dmarc` before it
/// @param record the record
/// @param source the tag that decides
/// @param published what that tag says
public record AppliedPolicy(
        DomainName policyDomain, DmarcRecord record, Source source, Policy published) {
    /// Which tag decides (RFC 9989 §4.10.1).
    public enum Source {
        /// `p`: the author's own record, or one above without `sp` or `np`.
        P,
        /// `sp`: a record above.
        SP,
        /// `np`: a record above, and the author's domain does not exist.
        NP
    }

    /// The policy to apply to a mail that fails: one step weaker than published in test mode (§4.7 `t`). Receivers must
    /// not reject by `reject` alone (§7.4).
    public Policy policy() {
        return record.testing() ? published.weaker() : published;
    }
}
