package tayori.bounce;

/// Why a mail came back: a closed list, for counting.
public enum Reason {
    /// No such mailbox.
    MAILBOX_UNKNOWN(Verdict.HARD),
    /// No such host or domain, or one that takes no mail (null MX, RFC 7505).
    HOST_UNKNOWN(Verdict.HARD),
    /// The mailbox has another address now.
    MAILBOX_MOVED(Verdict.HARD),
    /// The host or the mailbox takes no mail from anybody.
    TAKES_NO_MAIL(Verdict.HARD),
    /// Over its quota.
    MAILBOX_FULL(Verdict.SOFT),
    /// Suspended, locked, unused for long.
    MAILBOX_DISABLED(Verdict.SOFT),
    /// The mail is larger than the host or mailbox takes.
    TOO_LARGE(Verdict.SOFT),
    /// Given up after days in a queue.
    EXPIRED(Verdict.SOFT),
    /// DNS, routing or connection trouble.
    NETWORK(Verdict.SOFT),
    /// The receiving system is broken, full or misconfigured.
    SYSTEM(Verdict.SOFT),
    /// Too many connections, mails or recipients at once.
    RATE(Verdict.SOFT),
    /// The mail breaks a format that the receiver insists on.
    FORMAT(Verdict.POLICY),
    /// Taken for spam, or carrying what the receiver does not take.
    CONTENT(Verdict.POLICY),
    /// SPF, DKIM, DMARC or a missing host name of the client.
    AUTHENTICATION(Verdict.POLICY),
    /// The client's address is blocked or has a bad name.
    REPUTATION(Verdict.POLICY),
    /// The sender's address is refused.
    SENDER_REFUSED(Verdict.POLICY),
    /// The recipient's or the host's own rules: filters, restricted lists, relaying denied.
    RULES(Verdict.POLICY),
    /// Nothing we can read says why.
    UNKNOWN(Verdict.SOFT);

    private final Verdict verdict;

    Reason(Verdict verdict) {
        this.verdict = verdict;
    }

    /// What a failure for this reason means for the recipient.
    public Verdict verdict() {
        return verdict;
    }
}
