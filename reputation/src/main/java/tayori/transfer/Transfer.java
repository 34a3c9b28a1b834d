package tayori.transfer;

import java.util.Optional;

/// What came of one query for a transfer; for metrics and the log.
///
/// @param zone as asked for
/// @param key whose signature it had, where that was good
/// @param reason why it was refused, in words; empty otherwise
/// @param records sent
/// @param octets sent, without the lengths before each message
public record Transfer(
        Kind kind, String zone, Optional<TsigKey> key, String reason, long records, long octets) {
    /// Closed list, for counting.
    public enum Kind {
        /// The whole zone.
        WHOLE,
        /// The changes since the client's serial.
        CHANGES,
        /// The SOA alone: the client has all, or asked over UDP.
        SOA_ONLY,
        REFUSED,
        MALFORMED
    }
}
