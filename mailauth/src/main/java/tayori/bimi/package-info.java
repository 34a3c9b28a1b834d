/// # BIMI room
/// Answers one question: *which logo may be shown beside this mail?* —
/// draft-brand-indicators-for-message-identification-14.
/// - **Door:** [tayori.bimi.BimiLookup] finds the assertion record and answers with a [tayori.bimi.BimiResult];
///   [tayori.bimi.BimiSvg] checks a logo that somebody has fetched.
/// - **Never here:** fetching, and the evidence document behind `a=`: a found record proves nothing but that the domain
///   published it.
/// - **Next door:** `dmarc` says whether the mail may have a logo at all; `dkim` lends its tag list.
@NullMarked
package tayori.bimi;

import org.jspecify.annotations.NullMarked;
