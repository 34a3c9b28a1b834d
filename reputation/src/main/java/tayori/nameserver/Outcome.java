package tayori.nameserver;

/// What a query came to; what is counted.
public enum Outcome {
    /// An answer with data.
    ANSWER(0),
    /// The name exists, the type does not.
    NODATA(1),
    /// Not listed.
    NXDOMAIN(2),
    /// Not ours, or no right to ask.
    REFUSED(3),
    FORMERR(4),
    NOTIMP(5),
    BADVERS(6),
    /// An imported list that is stale.
    SERVFAIL(7),
    /// No query at all: too short, or an answer. Left unanswered.
    IGNORED(8),
    /// Sent with TC because the answer was too long.
    TRUNCATED(9),
    /// Not sent, or sent empty with TC, by the limit of answers to one network.
    LIMITED(10);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /// Its place among counters.
    int code() {
        return code;
    }
}
