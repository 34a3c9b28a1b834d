/// # Bounce room
/// Answers one question: *did this mail come back, for whom, and is it for good?* — RFC 3464, and the many forms that
/// mail systems had before it and beside it.
/// - **Door:** [tayori.bounce.BounceReader]. It tells bounces from automatic replies (RFC 3834) and from anything else, and
///   gives a [tayori.bounce.Verdict] for each recipient.
/// - **Never here:** what follows for a list or an account. A refusal of policy says nothing against the address, and
///   nothing here counts.
/// - **Readers' addresses** stand in values only, never in a log or a `toString`.
@NullMarked
package tayori.bounce;

import org.jspecify.annotations.NullMarked;
