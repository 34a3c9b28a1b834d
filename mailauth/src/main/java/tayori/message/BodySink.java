package tayori.message;

/// Takes the body of a message, piece by piece: a hash, a counter, a file.
@FunctionalInterface
public interface BodySink {
    /// Takes the next piece. The buffer is lent for the time of the call only.
    ///
    /// @param buffer holds the piece; never written into by the sink
    /// @param offset where the piece begins
    /// @param length how many octets it has; at least one
    void accept(byte[] buffer, int offset, int length);
}
