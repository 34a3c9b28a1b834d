package tayori.arf;

/// Who may be sent a report unasked (RFC 6650).
public final class Addressee {
    /// How SPF of the envelope sender ended (RFC 7208 §2.6).
    public enum SpfOutcome {
        PASS,
        NEUTRAL,
        NONE,
        FAIL,
        SOFT_FAIL,
        TEMP_ERROR,
        PERM_ERROR
    }

    private Addressee() {}

    /// Whether the domain of the envelope sender may be told: not where SPF says, or cannot say, that the mail was not
    /// its own, unless a signature of that domain is valid (RFC 6650 §5.2). A forged sender would get the complaints
    /// about his forger.
    ///
    /// @param sameDomainSignature whether a DKIM signature of the same domain verified
    public static boolean mayBeEnvelopeSender(SpfOutcome spf, boolean sameDomainSignature) {
        return switch (spf) {
            case PASS, NEUTRAL, NONE -> true;
            case FAIL, SOFT_FAIL, TEMP_ERROR, PERM_ERROR -> sameDomainSignature;
        };
    }
}
