/// # Public suffix room
/// Answers one question: *where does a registrar end and a registrant begin?* — by the Public Suffix List.
/// - **Door:** [tayori.psl.PublicSuffixList]; the copy that is built in comes with its MPL-2.0 licence, an operator's
///   newer file takes its place.
/// - **Never here:** what the answer is used for. DMARC needs the list no more (RFC 9989 §4.10 walks the DNS instead);
///   BIMI, reputation and comparisons with RFC 7489 do.
/// - **Next door:** `dmarc` in its old mode, `bimi`.
@NullMarked
package tayori.psl;

import org.jspecify.annotations.NullMarked;
