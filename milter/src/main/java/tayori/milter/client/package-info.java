/// # The MTA's part
/// Answers one question: *what would become of this mail?* Plays the MTA towards a milter, as Postfix does, for tests, benchmarks
/// and demonstrations.
/// - **Door:** [tayori.milter.client.MilterClient]: connect, send mails, read [tayori.milter.client.MilterResult]s.
/// - **Never here:** SMTP, queues, opinions about the mail.
/// - **Next door:** `milter` is the other end of the line; both share `milter.wire`.
@NullMarked
package tayori.milter.client;

import org.jspecify.annotations.NullMarked;
