/// # SMTP room
/// Answers one question: *how does mail itself reach us?* A receiving SMTP server (RFC 5321) and LMTP server (RFC 2033) for
/// reports, complaints and mail on its way through; it relays nothing and knows no accounts.
/// - **Door:** [tayori.smtp.MailServer]. It is given a [tayori.smtp.MailHandler], asks it about every recipient and hands it every
///   message; the [tayori.smtp.SmtpReply] of the handler is what the client hears, and only once the handler has returned.
/// - **Limits:** [tayori.smtp.MailLimits] and [tayori.smtp.MailTimes].
/// - **Never here:** what a mail means, whom a recipient belongs to; nothing a client sends makes the server throw. A lone CR or LF
///   never ends anything: only CR LF does, so that nobody can hide a second mail in a first one.
/// - **Next door:** `listen` for sockets, `milter` and `policy` for MTAs that only ask.
@NullMarked
package tayori.smtp;

import org.jspecify.annotations.NullMarked;
