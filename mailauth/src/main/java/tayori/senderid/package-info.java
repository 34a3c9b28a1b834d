/// # Sender ID room
/// Answers one question: *who does this mail itself say is responsible, and would Sender ID have let it pass?* RFC 4406
/// and RFC 4407, both historic since 2020.
/// - **Door:** [tayori.senderid.SenderId]; [tayori.senderid.ResponsibleAddress] finds the purported responsible address
///   alone.
/// - **Never here:** DMARC and decisions. The result is for people who look at historic systems; nothing may rest on it.
/// - **Next door:** `spf` evaluates the terms, which are the same; it is handed in as [tayori.senderid.SpfEvaluation].
@NullMarked
package tayori.senderid;

import org.jspecify.annotations.NullMarked;
