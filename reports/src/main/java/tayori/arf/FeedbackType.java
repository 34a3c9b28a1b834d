package tayori.arf;

import java.util.Locale;

/// What kind of feedback (RFC 5965 §7.3 and the registry it made; RFC 6591 §3.1, RFC 6430 §2).
public enum FeedbackType {
    /// Unwanted mail.
    ABUSE("abuse"),
    /// Fraud, phishing.
    FRAUD("fraud"),
    /// A virus in the mail.
    VIRUS("virus"),
    /// The reader says that this is no spam, although it was treated so. Never a complaint (RFC 6430 §2).
    NOT_SPAM("not-spam"),
    /// The reader wants no more of it. Not registered, but sent.
    OPT_OUT("opt-out"),
    /// SPF, DKIM or DMARC failed (RFC 6591).
    AUTH_FAILURE("auth-failure"),
    /// Any other, also one that nobody registered.
    OTHER("other");

    private final String word;

    FeedbackType(String word) {
        this.word = word;
    }

    /// As it stands in a report.
    public String word() {
        return word;
    }

    /// Whether a reader complained: the reports that count against a sender.
    public boolean isComplaint() {
        return switch (this) {
            case ABUSE, FRAUD, VIRUS -> true;
            case NOT_SPAM, OPT_OUT, AUTH_FAILURE, OTHER -> false;
        };
    }

    /// The type a word names; [#OTHER] where none does.
    static FeedbackType of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "abuse" -> ABUSE;
            case "fraud" -> FRAUD;
            case "virus" -> VIRUS;
            case "not-spam" -> NOT_SPAM;
            case "opt-out", "opt-out-list" -> OPT_OUT;
            case "auth-failure" -> AUTH_FAILURE;
            default -> OTHER;
        };
    }
}
