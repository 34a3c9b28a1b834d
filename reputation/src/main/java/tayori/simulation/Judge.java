package tayori.simulation;

/// A model at work on one sender.
interface Judge {
    /// What a model says of a sender.
    ///
    /// @param score higher is worse; in whatever unit
    /// @param listed whether it is above the model's fixed limit
    record Verdict(double score, boolean listed) {}

    /// Takes in what was reported of one hour. Hours come in order; those without anything to report are left out.
    void see(HourSeen seen);

    /// The verdict that holds for mails arriving in an hour: everything reported before it may count.
    Verdict look(int hour);
}
