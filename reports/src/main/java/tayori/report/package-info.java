/// # Report room
/// Answers one question: *what did somebody just tell us?*
/// - **Door:** [tayori.report.ReportReader] takes any octets, a mail or what was attached to one, and says which
///   [tayori.report.Report] they are.
/// - **Never here:** reading itself, which the rooms `arf`, `xarf` and `bounce` do. DMARC aggregate reports and TLS reports
///   are recognised and not read.
@NullMarked
package tayori.report;

import org.jspecify.annotations.NullMarked;
