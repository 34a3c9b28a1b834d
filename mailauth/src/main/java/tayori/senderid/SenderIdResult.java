package tayori.senderid;

import java.util.Optional;

/// What Sender ID would have said; for information only.
///
/// @param verdict the result
/// @param reason for people
/// @param address the purported responsible address; absent where none could be determined (RFC 4407 §2 step 6), and
///     for a check of the envelope sender
public record SenderIdResult(
        Scope scope, Verdict verdict, String reason, Optional<ResponsibleAddress> address) {}
