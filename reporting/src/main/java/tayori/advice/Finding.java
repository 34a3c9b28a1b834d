package tayori.advice;

/// One thing worth saying about a domain.
///
/// @param what what is there, or is not
/// @param advice what to do; empty where all is well
/// @param section where it stands, e.g. `RFC 7208 §4.5`
public record Finding(Topic topic, Severity severity, String what, String advice, String section) {
    /// What it is about, in the order it is shown.
    public enum Topic {
        MX,
        SPF,
        DKIM,
        DMARC,
        MTA_STS,
        TLS_REPORTS,
        BIMI
    }

    /// How bad it is, mildest first.
    public enum Severity {
        /// As it should be.
        GOOD,
        /// Worth knowing, nothing to do.
        NOTE,
        /// Better changed.
        WARNING,
        /// Broken, or open to abuse.
        PROBLEM,
        /// The DNS failed, so nobody knows.
        UNKNOWN
    }
}
