package tayori.senderid;

import java.util.Locale;

/// The results that Sender ID shares with SPF (RFC 4406 §4.2, RFC 8601 §2.7.2).
public enum Verdict {
    NONE,
    NEUTRAL,
    PASS,
    FAIL,
    SOFTFAIL,
    TEMPERROR,
    PERMERROR;

    /// As it is written in Authentication-Results.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
