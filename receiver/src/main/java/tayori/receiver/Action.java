package tayori.receiver;

/// What happens to a mail, mildest first.
public enum Action {
    /// Delivered, with its labels.
    ACCEPT("accept"),
    /// Delivered, with a label that asks the delivery agent to file it as Junk.
    JUNK("junk"),
    /// Kept in the MTA's quarantine (Postfix: the hold queue) for a person to look at.
    HOLD("hold"),
    /// Not now: the client may come again (4xx).
    TEMPFAIL("tempfail"),
    /// Refused (5xx).
    REJECT("reject");

    private final String keyword;

    Action(String keyword) {
        this.keyword = keyword;
    }

    /// The word for it in header, log, metrics and configuration.
    public String keyword() {
        return keyword;
    }
}
