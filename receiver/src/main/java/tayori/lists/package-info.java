/// # Lists room
/// Answers one question: *what do other people's lists say about this sender?* — DNS lists of addresses and domains
/// (RFC 5782), and certifiers that vouch for a domain (RFC 5518).
/// - **Door:** [tayori.lists.OutsideLists], one for a program; it hands out [tayori.lists.ListQuestions] for a mail, and
///   those end in [tayori.lists.ListFinding]s.
/// - **Never here:** what a finding means for a mail (`receiver`). Nothing that a list answers is a verdict until the list
///   has shown that it works: an error, a block or a wildcard is no answer.
@NullMarked
package tayori.lists;

import org.jspecify.annotations.NullMarked;
