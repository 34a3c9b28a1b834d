package tayori.bimi;

/// What BIMI must know about the DMARC result of a mail.
///
/// @param pass whether the mail passed
/// @param enforced whether the policy for the author domain is `quarantine` or `reject`, and that of its organizational
///     domain (with its `sp`) as well; a policy in test mode (`t=y`) is not enforced
/// @param dkim whether and how an aligned DKIM signature covers the mail
public record DmarcStanding(boolean pass, boolean enforced, AlignedDkim dkim) {
    /// How an aligned DKIM signature covers the mail.
    public enum AlignedDkim {
        /// No aligned signature passed; DMARC rests on SPF.
        NONE,
        /// One passed, and covers the whole body.
        WHOLE_BODY,
        /// One passed, but only up to its `l=`: someone may have added the rest.
        PART_OF_BODY
    }
}
