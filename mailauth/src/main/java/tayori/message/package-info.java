/// # Message room
/// Answers one question: *what stands in this mail's head?* — bytes first, meaning second (RFC 5322).
/// - **Door:** [tayori.message.MessageHead], a list of [tayori.message.HeaderField]s exactly as they came, because a
///   signature covers octets.
/// - **Never here:** bodies (they stream past and are only hashed, in `dkim`), MIME, policy.
@NullMarked
package tayori.message;

import org.jspecify.annotations.NullMarked;
