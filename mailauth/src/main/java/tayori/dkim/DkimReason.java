package tayori.dkim;

/// Why a signature got its result: the closed list that metrics count. The text beside it is for people.
public enum DkimReason {
    /// There is no signature.
    NOT_SIGNED,
    /// The signature is good.
    VERIFIED,

    /// The field is no valid tag list (RFC 6376 §3.2).
    SIGNATURE_SYNTAX,
    /// A required tag is missing (RFC 6376 §6.1.1).
    TAG_MISSING,
    /// A tag has a value it cannot have.
    TAG_INVALID,
    /// `v=` is not 1.
    UNKNOWN_VERSION,
    /// `a=` is unknown to us.
    UNKNOWN_ALGORITHM,
    /// `c=` is unknown to us.
    UNKNOWN_CANONICALIZATION,
    /// `q=` names no way to get the key that we know.
    UNKNOWN_QUERY,
    /// `a=rsa-sha1`, which proves nothing any more (RFC 8301 §3.1).
    HISTORIC_ALGORITHM,
    /// `h=` does not cover From (RFC 6376 §5.4).
    FROM_NOT_SIGNED,
    /// The domain of `i=` is neither that of `d=` nor below it (RFC 6376 §6.1.1).
    IDENTITY_OUTSIDE_DOMAIN,
    /// The time of `x=` is over.
    EXPIRED,
    /// There are more signatures than we verify for one message.
    TOO_MANY_SIGNATURES,

    /// The DNS has no key of this name.
    KEY_NOT_FOUND,
    /// The DNS could not say; ask again later.
    KEY_LOOKUP_FAILED,
    /// The key record breaks the format (RFC 6376 §6.1.2).
    KEY_SYNTAX,
    /// The key record has an empty `p=`.
    KEY_REVOKED,
    /// The key record is not for mail: `s=` has neither `email` nor `*`.
    KEY_NOT_FOR_MAIL,
    /// The key record's `h=` does not allow the hash of `a=`.
    KEY_FORBIDS_HASH,
    /// The key record's `t=s` wants `i=` and `d=` to be of the same domain.
    KEY_FORBIDS_SUBDOMAIN,
    /// The key is of another type than `a=` says, or of one that we do not know.
    KEY_TYPE_MISMATCH,
    /// An RSA key with fewer bits than count (RFC 8301 §3.2).
    KEY_TOO_SMALL,
    /// An RSA key with more bits than we calculate with.
    KEY_TOO_LARGE,

    /// `bh=` is not the hash of the body.
    BODY_HASH_MISMATCH,
    /// `l=` counts more octets than the body has.
    BODY_TOO_SHORT,
    /// `b=` does not verify over the header.
    SIGNATURE_MISMATCH
}
