/// # Advice room
/// Answers one question: *what does this domain publish for its mail, and what should it change?*
/// - **Door:** [tayori.advice.DomainAdvisor] asks the DNS about one domain and answers [tayori.advice.DomainAdvice], a
///   list of [tayori.advice.Finding]s as values; [tayori.advice.AdoptionSurvey] sums up many.
///   [tayori.advice.MtaStsRecord] and [tayori.advice.TlsReportRecord] read those two records.
/// - **Never here:** output, HTTPS, mail. Nothing a stranger publishes makes it throw.
/// - **Next door:** `dmarc` of `mailauth` finds the policy, the command line shows what is said here.
@NullMarked
package tayori.advice;

import org.jspecify.annotations.NullMarked;
