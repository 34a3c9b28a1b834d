/// # Intake room
/// Answers one question: *how does a mail become a complaint?* Readers without a button forward what they complain of to
/// `spam@report.example.jp`; other providers send their readers' complaints to `fbl@report.example.jp`.
/// - **Door:** [tayori.intake.ComplaintMailHandler], the handler of a `MailServer`. [tayori.intake.MailIntakeOptions] names the
///   addresses.
/// - **Never here:** what follows from a complaint (`feedback`), sockets and SMTP (`smtp`), the reading of MIME and ARF (`mime`,
///   `arf`). Nothing of a mail is kept or logged but what `feedback` keeps of its header.
@NullMarked
package tayori.intake;

import org.jspecify.annotations.NullMarked;
