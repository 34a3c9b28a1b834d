/// # Redaction room
/// Answers one question: *how does a report leave out who complained, and still let reports of one reader be told to be of
/// one reader?* — RFC 6590.
/// - **Door:** [tayori.redaction.Redaction], keyed or plain.
/// - **Never here:** which fields are redacted; that is `arf`'s and `xarf`'s choice.
@NullMarked
package tayori.redaction;

import org.jspecify.annotations.NullMarked;
