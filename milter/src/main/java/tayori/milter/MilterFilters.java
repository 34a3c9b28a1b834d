package tayori.milter;

/// Makes a filter for each SMTP session and says what all of them need.
public interface MilterFilters {

    /// An SMTP session begins.
    ///
    /// @param macros the MTA's macros, always as of now; readable until [MilterFilter#closed()]
    MilterFilter connected(Macros macros);

    /// What is asked of the MTA; the same for all sessions. Read once, when the server starts.
    FilterNeeds needs();
}
