/// # Message room
/// Answers one question: *what stands in this mail's head?* — bytes first, meaning second (RFC 5322).
/// - **Door:** [tayori.message.MessageReader] reads a file to a [tayori.message.MessageHead], a list of
///   [tayori.message.HeaderField]s exactly as they came, because a signature covers octets, and streams the body to a
///   [tayori.message.BodySink]. [tayori.message.AddressList] reads addresses, [tayori.message.AuthorDomains] says whose
///   mail it claims to be. [tayori.message.MboxReader] splits an mbox.
/// - **Never here:** bodies in memory (they stream past and are only hashed, in `dkim`), MIME, policy. Nothing a
///   stranger writes makes it throw; how much head is read stands in [tayori.message.HeadLimits].
@NullMarked
package tayori.message;

import org.jspecify.annotations.NullMarked;
