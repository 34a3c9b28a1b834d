package tayori.reputation;

/// By what a sender is known. Only what was authenticated is an identity; a mail that authenticates nothing belongs to
/// the block of addresses it came from.
public enum IdentityKind {
    /// The author domain, by an identifier in alignment (RFC 9989 §4.4).
    AUTHOR("author"),
    /// The signing domain, `d=`, of a signature that verified (RFC 6376 §3.5).
    DKIM("dkim"),
    /// The domain of MAIL FROM or HELO that passed SPF (RFC 7208 §2.3, §2.4).
    SPF("spf"),
    /// A block of client addresses, for mail that authenticates nothing.
    ADDRESS_BLOCK("address-block");

    private final String keyword;

    IdentityKind(String keyword) {
        this.keyword = keyword;
    }

    /// The word for it in files, answers and on the command line.
    public String keyword() {
        return keyword;
    }
}
