/// # ARF room
/// Answers one question: *what does this complaint say?* — RFC 5965, with RFC 6591, RFC 6650 and RFC 9991.
/// - **Door:** [tayori.arf.ArfReader] reads a message that is a complaint, also in the forms that providers send and no
///   document describes; [tayori.arf.ArfWriter] writes one, redacted unless told otherwise. [tayori.arf.Addressee] says
///   who may be sent one unasked.
/// - **Never here:** whether a report is genuine (its signature is `dkim`'s matter), and what follows from it.
/// - **Readers' addresses** stand in values only, never in a log or a `toString`.
@NullMarked
package tayori.arf;

import org.jspecify.annotations.NullMarked;
