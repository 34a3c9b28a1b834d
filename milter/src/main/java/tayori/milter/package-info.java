/// # Milter room
/// Answers one question: *how does an MTA show us a mail, and how do we answer?* The server side of the milter protocol, versions
/// 2 to 6, as Postfix and Sendmail speak it.
/// - **Door:** [tayori.milter.MilterServer]. It is given [tayori.milter.MilterFilters], makes one [tayori.milter.MilterFilter] per
///   SMTP session, calls it in protocol order and sends its [tayori.milter.Reply].
/// - **How it is fast:** the MTA is asked only for what [tayori.milter.FilterNeeds] names, answers only where one is needed; what
///   arrives in one read is worked off in place, and all answers go out in one write.
/// - **Never here:** what a mail means; nothing an MTA sends makes the server throw: a broken peer loses its connection.
/// - **Next door:** `milter.client` plays the MTA, `policy` is Postfix's other way to ask, `receiver` is the filter.
@NullMarked
package tayori.milter;

import org.jspecify.annotations.NullMarked;
