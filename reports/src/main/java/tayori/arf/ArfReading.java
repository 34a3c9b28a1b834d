package tayori.arf;

/// What came of reading a message as a complaint.
public sealed interface ArfReading permits ArfReport, ArfReading.NoReport {
    /// The message is none.
    ///
    /// @param reason why, for people
    record NoReport(String reason) implements ArfReading {}
}
