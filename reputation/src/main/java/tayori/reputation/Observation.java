package tayori.reputation;

/// What a receiver counts about a sender. Each is a number that only grows.
public enum Observation {
    /// Mails that arrived and authenticated this identity; for address blocks, mails that authenticated nothing.
    MESSAGES(0, "messages"),
    /// Mails that named this domain as author and failed DMARC: never charged to the domain, but it must be rare for a
    /// place on the whitelist.
    AUTH_FAILED(1, "auth-failed"),
    /// Mails that a recipient reported as spam.
    COMPLAINTS(2, "complaints"),
    /// Recipients who asked to be taken off a list.
    UNSUBSCRIBES(3, "unsubscribes"),
    /// Mails to a recipient whose opt-out had had its time.
    OPT_OUTS_IGNORED(4, "opt-outs-ignored"),
    /// Mails that a recipient took out of Junk. Never a complaint, never by itself a credit: votes can be made up.
    NOT_SPAM(5, "not-spam"),
    /// Mails to addresses that nobody ever gave away.
    TRAPS(6, "traps"),
    /// Mails to recipients that do not exist.
    INVALID_RECIPIENTS(7, "invalid-recipients"),
    /// Mails that a content filter condemned, of recipients who agreed to filtering. Corroborates, decides nothing.
    CONTENT_BAD(8, "content-bad");

    private final int code;
    private final String keyword;

    Observation(int code, String keyword) {
        this.code = code;
        this.keyword = keyword;
    }

    /// Its place in stored state, from 0 without a gap; never to be given to another.
    public int code() {
        return code;
    }

    /// The word for it in files and answers.
    public String keyword() {
        return keyword;
    }
}
