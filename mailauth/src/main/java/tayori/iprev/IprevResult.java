package tayori.iprev;

import tayori.dns.DomainName;

/// The results of RFC 8601 §2.7.3, each with what a postmaster will ask about it.
public sealed interface IprevResult {
    /// The address has this name and the name has this address.
    record Pass(DomainName hostName) implements IprevResult {}

    /// There are names, but none leads back.
    record Fail(String reason) implements IprevResult {}

    /// The address has no name, so a retry will not help.
    record PermError(String reason) implements IprevResult {}

    /// Nobody knows now; a later try may.
    record TempError(String reason) implements IprevResult {}

    /// The word of RFC 8601 §2.7.3, e.g. `pass`.
    default String word() {
        return switch (this) {
            case Pass _ -> "pass";
            case Fail _ -> "fail";
            case PermError _ -> "permerror";
            case TempError _ -> "temperror";
        };
    }
}
