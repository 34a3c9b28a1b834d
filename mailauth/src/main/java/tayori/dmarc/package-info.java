/// # DMARC room
/// Answers one question: *does the owner of the author's domain vouch for this mail, and what does he ask for if not?*
/// — RFC 9989.
/// - **Door:** [tayori.dmarc.DmarcEvaluator]: `discover` as soon as the author's domain is known, `evaluate` when SPF and
///   DKIM are done. It answers [tayori.dmarc.DmarcResult], with the questions it asked and a word on every identifier.
///   [tayori.dmarc.DmarcRecord] reads a record alone, [tayori.dmarc.ReportDestinations] says who may get reports.
/// - **Never here:** what is done with the mail. A policy of `reject` is the owner's wish; RFC 9989 §7.4 leaves the deed
///   to `receiver`.
/// - **Next door:** `spf` and `dkim` bring the identifiers, `message` the author's domain, `psl` the old way to find an
///   organizational domain.
@NullMarked
package tayori.dmarc;

import org.jspecify.annotations.NullMarked;
