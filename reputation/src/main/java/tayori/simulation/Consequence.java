package tayori.simulation;

/// What a verdict does to the mail, and thereby to the evidence that the next verdict is made of.
enum Consequence {
    /// Nothing: every mail reaches its inbox, as if nobody listened. Models can then be compared on the same evidence.
    NONE,
    /// Mail of a listed sender goes to Junk, where people look seldom and complain seldom.
    JUNK,
    /// Mail of a listed sender is refused: nobody sees it, nobody counts it.
    REFUSAL;

    /// Share of the complaints that still come about mail in Junk.
    private static final double COMPLAINTS_IN_JUNK = .05;

    /// Whether a complaint about a mail of a listed sender is still made.
    boolean stillMade(Trace.Complaint complaint) {
        return switch (this) {
            case NONE -> true;
            case JUNK -> complaint.luck() < COMPLAINTS_IN_JUNK;
            case REFUSAL -> false;
        };
    }

    boolean stillSeen() {
        return this != REFUSAL;
    }
}
