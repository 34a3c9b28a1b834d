package tayori.spf;

import java.util.Optional;

/// What came of one check: the seven results of RFC 7208 §2.6, each carrying what a postmaster will ask about it.
public sealed interface SpfResult {
    /// Whose name was checked.
    SpfIdentity identity();

    /// The name that was checked, in A-labels where it is a domain name, otherwise as the client gave it.
    String domain();

    /// The term that decided, as it stands in the record; nothing where no term did.
    Optional<String> term();

    /// Why, in words for people; one line of printable text, may name what the client or the domain's owner wrote.
    String reason();

    /// No record, or no name that could have one (§2.6.1).
    record None(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// The domain says that it says nothing (§2.6.2).
    record Neutral(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// The client may use the domain (§2.6.3).
    record Pass(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// The client may not use the domain (§2.6.4).
    ///
    /// @param explanation the domain owner's own words from `exp=`, macros expanded (§6.2): printable ASCII of at most
    ///     [SpfChecker#MAX_EXPLANATION] characters, and yet a stranger's words
    record Fail(
            SpfIdentity identity,
            String domain,
            Optional<String> term,
            String reason,
            Optional<String> explanation)
            implements SpfResult {}

    /// The client probably may not use the domain (§2.6.5).
    record SoftFail(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// Nobody knows right now: DNS trouble or too long a check (§2.6.6).
    record TempError(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// The published records cannot be interpreted (§2.6.7).
    record PermError(SpfIdentity identity, String domain, Optional<String> term, String reason)
            implements SpfResult {}

    /// The keyword of RFC 8601 §2.7.2.
    default String result() {
        return switch (this) {
            case None _ -> "none";
            case Neutral _ -> "neutral";
            case Pass _ -> "pass";
            case Fail _ -> "fail";
            case SoftFail _ -> "softfail";
            case TempError _ -> "temperror";
            case PermError _ -> "permerror";
        };
    }
}
