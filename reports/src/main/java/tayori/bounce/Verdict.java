package tayori.bounce;

/// What a bounce means for one recipient.
public enum Verdict {
    /// The address does not take mail, and will not: no such mailbox, no such domain, moved away.
    HARD,
    /// This time it did not work: mailbox full, host not reached, disabled for now. Another mail may arrive.
    SOFT,
    /// The mail or its sender was refused, not the address: spam, reputation, authentication. Never held against the
    /// recipient.
    POLICY,
    /// Not delivered yet; the mail system goes on trying.
    DELAYED,
    /// Delivered, relayed or expanded: a success that somebody asked to be told of (RFC 3464 §2.3.3).
    DELIVERED
}
