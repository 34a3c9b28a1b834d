package tayori.dmarc;

import tayori.dns.DomainName;

/// A domain that SPF or DKIM has looked at, and how that came out (RFC 9989 §4.4).
///
/// @param domain for SPF the domain of MAIL FROM, never of HELO (§4.4.2; for an empty MAIL FROM the domain that RFC
///     7208 §2.4 puts in its place); for DKIM `d=`
public record AuthenticatedIdentifier(Method method, DomainName domain, Outcome outcome) {
    /// By what the domain was authenticated.
    public enum Method {
        SPF,
        DKIM
    }

    /// All that DMARC wants to know of an SPF or DKIM result.
    public enum Outcome {
        /// The result was `pass`.
        PASS,
        /// The result was `temperror`: a minute later it might be a pass.
        TEMP_ERROR,
        /// Any other result.
        NO_PASS
    }

    public static AuthenticatedIdentifier spf(DomainName mailFrom, Outcome outcome) {
        return new AuthenticatedIdentifier(Method.SPF, mailFrom, outcome);
    }

    public static AuthenticatedIdentifier dkim(DomainName signer, Outcome outcome) {
        return new AuthenticatedIdentifier(Method.DKIM, signer, outcome);
    }
}
