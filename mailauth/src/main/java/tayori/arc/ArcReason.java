package tayori.arc;

/// Why a chain has its result: the closed list that metrics count. The text beside it is for people.
public enum ArcReason {
    /// No hop has sealed the mail.
    NOT_SEALED,
    /// The chain is good.
    VERIFIED,

    /// More sets than RFC 8617 §4.2.1 allows, or more octets than we look at.
    TOO_LARGE,
    /// An instance number is missing, no number, or out of range (RFC 8617 §4.2.1).
    INSTANCE_INVALID,
    /// A set lacks a field or has one twice, or a number in the row is missing (RFC 8617 §5.2 step 3).
    SET_INCOMPLETE,
    /// The last sealer found the chain broken and said so (RFC 8617 §5.2 step 2).
    SEALED_AS_FAILED,
    /// A `cv=` is not what its place in the chain demands (RFC 8617 §5.2 step 3).
    CHAIN_VALUE_INVALID,
    /// A field is no valid tag list, lacks a tag or has one that cannot be.
    SIGNATURE_SYNTAX,
    /// A seal has `h=`, or a message signature covers seals (RFC 8617 §4.1.2, §4.1.3).
    FORBIDDEN_COVERAGE,
    /// The time of the newest message signature's `x=` is over.
    EXPIRED,

    /// The DNS could not say; by RFC 8617 §5.2.1 even that is final.
    KEY_LOOKUP_FAILED,
    /// The DNS has no usable key.
    KEY_UNUSABLE,
    /// The body is not what the newest message signature covers.
    BODY_HASH_MISMATCH,
    /// The newest message signature does not verify.
    MESSAGE_SIGNATURE_MISMATCH,
    /// A seal does not verify.
    SEAL_MISMATCH
}
