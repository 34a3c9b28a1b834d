package tayori.message;

/// What came of reading a head.
public sealed interface HeadReading {
    /// The head, whole; the body may be read now.
    ///
    /// @param end how the header section ended
    record Read(MessageHead head, End end) implements HeadReading {}

    /// The head is larger than we are willing to hold; nothing of it was kept.
    ///
    /// @param limit which limit it broke
    /// @param allowed what that limit is set to
    record TooLarge(HeadLimits.Limit limit, int allowed) implements HeadReading {}

    /// How a header section ended.
    enum End {
        /// By an empty line, as RFC 5322 §2.1 asks.
        EMPTY_LINE,
        /// By a line that is no header field. As in Postfix, the body begins with that line.
        NO_FIELD,
        /// The input ended; there is no body.
        END_OF_INPUT
    }
}
