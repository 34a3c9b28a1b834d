package tayori.bimi;

import java.net.URI;
import java.util.Optional;
import tayori.dns.DomainName;

/// What came of a look-up, in the words that Authentication-Results has for it (method `bimi`).
public sealed interface BimiResult {
    /// A good record was found. The logo is neither fetched nor proven.
    ///
    /// @param domain at which the record stands: the author's or the organization's
    record Pass(DomainName domain, String selector, URI location, Optional<URI> evidence)
            implements BimiResult {}

    /// The domain declares that it takes no part.
    record Declined(DomainName domain, String selector) implements BimiResult {}

    /// Nobody published a record.
    record None() implements BimiResult {}

    /// A record was published that cannot be used.
    record Fail(String reason) implements BimiResult {}

    /// The DNS could not say.
    record TempError(String reason) implements BimiResult {}

    /// The mail may have no logo, so nobody was asked.
    record Skipped(String reason) implements BimiResult {}

    /// The word for Authentication-Results.
    default String word() {
        return switch (this) {
            case Pass _ -> "pass";
            case Declined _ -> "declined";
            case None _ -> "none";
            case Fail _ -> "fail";
            case TempError _ -> "temperror";
            case Skipped _ -> "skipped";
        };
    }
}
