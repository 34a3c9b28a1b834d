package tayori.dmarc;

import java.util.Optional;

/// The result of DMARC for one mail, by the names that RFC 9989 §9.2 registers.
public sealed interface DmarcResult {
    /// What was found on the way.
    DmarcFindings findings();

    /// Why it came out so; for people.
    String reason();

    /// An aligned identifier passed (RFC 9989 §4.4).
    record Pass(DmarcFindings findings, String reason) implements DmarcResult {}

    /// A record is there, and nothing passed in alignment.
    record Fail(DmarcFindings findings, String reason) implements DmarcResult {}

    /// DMARC does not apply: no single author domain (§5.3.1), no record, or none with a policy (§4.10.1).
    record None(DmarcFindings findings, String reason) implements DmarcResult {}

    /// The DNS failed where it counted: neither pass nor fail (§4.10.1, §5.3.6).
    record TempError(DmarcFindings findings, String reason) implements DmarcResult {}

    /// The record is broken as a whole, so that it cannot be known what its owner meant.
    record PermError(DmarcFindings findings, String reason) implements DmarcResult {}

    /// As it stands in Authentication-Results.
    default String keyword() {
        return switch (this) {
            case Pass _ -> "pass";
            case Fail _ -> "fail";
            case None _ -> "none";
            case TempError _ -> "temperror";
            case PermError _ -> "permerror";
        };
    }

    /// What the owner asks to do with this mail: only a fail has such a thing (§5.4).
    default Optional<Policy> requestedPolicy() {
        return this instanceof Fail fail
                ? fail.findings().applied().map(AppliedPolicy::policy)
                : Optional.empty();
    }
}
