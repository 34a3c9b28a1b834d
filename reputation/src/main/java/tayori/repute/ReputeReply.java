package tayori.repute;

import java.time.Instant;

/// What is answered to a [ReputeQuery].
public sealed interface ReputeReply {
    /// The application is not known, which HTTP says as 404 (RFC 7072 §3.4).
    record UnknownApplication() implements ReputeReply {}

    /// An object of type [ReputeService#MEDIA_TYPE].
    ///
    /// @param expires until when it may be kept; whole seconds, the same as in every reputon inside
    record Answer(String json, Instant expires) implements ReputeReply {}
}
