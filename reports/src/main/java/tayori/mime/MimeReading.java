package tayori.mime;

/// What came of reading a message.
public sealed interface MimeReading {
    /// The message, whole.
    record Read(MimePart message) implements MimeReading {}

    /// The message is larger or deeper than we are willing to take.
    ///
    /// @param limit which limit it broke
    /// @param allowed what that limit is set to
    record Refused(MimeLimits.Limit limit, int allowed) implements MimeReading {}
}
