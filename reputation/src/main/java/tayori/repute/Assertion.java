package tayori.repute;

/// What a reputon claims of an email identifier: the names registered by RFC 7073 §3.1. The rating says how much of the
/// data supports the claim, so 0 is good.
enum Assertion {
    /// Threatens or harasses. We never have data on this: it would take reading mail.
    ABUSIVE("abusive"),
    /// Phishing and the like.
    FRAUD("fraud"),
    /// Writes to mailboxes that do not exist.
    INVALID_RECIPIENTS("invalid-recipients"),
    MALWARE("malware"),
    /// Mail that recipients do not want.
    SPAM("spam");

    private final String keyword;

    Assertion(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }
}
