package tayori.reputation;

/// What lowers a score, in the order in which it is accounted for.
public enum Cause {
    /// The assumed rate of 0.1 % while there is not much mail to prove less.
    LITTLE_MAIL("little mail"),
    COMPLAINTS("complaints"),
    /// Mail to people whose opt-out had had its time.
    MAIL_AFTER_OPT_OUT("mail after an opt-out"),
    TRAPS("mail to traps"),
    UNKNOWN_RECIPIENTS("unknown recipients"),
    VOLUME("sudden volume"),
    AGE("young"),
    /// Known by something that proves less than an aligned signature does.
    IDENTITY("weak identity");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
