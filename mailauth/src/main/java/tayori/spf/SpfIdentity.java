package tayori.spf;

/// Whose name was checked (RFC 7208 §2.3, §2.4).
public enum SpfIdentity {
    /// The domain of the reverse-path; with an empty one, `postmaster@` the HELO name.
    MAIL_FROM("mailfrom"),
    /// The name given with HELO or EHLO.
    HELO("helo");

    private final String keyword;

    SpfIdentity(String keyword) {
        this.keyword = keyword;
    }

    /// As `identity=` of RFC 7208 §9.1 writes it.
    public String keyword() {
        return keyword;
    }
}
