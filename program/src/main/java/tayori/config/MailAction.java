package tayori.config;

/// What may be done with a mail, mildest first.
public enum MailAction {
    /// Delivered with its labels.
    ACCEPT,
    /// Delivered with a label that asks for the Junk folder.
    JUNK,
    /// Kept in the MTA's quarantine for a person to look at.
    HOLD,
    /// Refused for now, 4xx.
    TEMPFAIL,
    /// Refused, 5xx.
    REJECT
}
