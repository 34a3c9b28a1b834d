package tayori.dmarc;

/// What an identifier is worth for DMARC, and why.
///
/// @param why for people
public record IdentifierAlignment(AuthenticatedIdentifier identifier, Verdict verdict, String why) {
    /// A closed list.
    public enum Verdict {
        /// Passed, and its domain goes with the author's (RFC 9989 §4.4): reason enough for a pass.
        ALIGNED,
        /// Passed, but for somebody else.
        NOT_ALIGNED,
        /// Did not pass, so its domain does not matter.
        NOT_PASSED,
        /// The DNS would not say: whether it passes, or whether it is aligned.
        UNDETERMINED
    }

    public boolean aligned() {
        return verdict == Verdict.ALIGNED;
    }
}
