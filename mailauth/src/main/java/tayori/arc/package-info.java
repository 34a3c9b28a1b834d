/// # ARC room
/// Answers one question: *what did the hosts on the way see, and has anyone touched their word since?* RFC 8617.
/// - **Door:** [tayori.arc.ArcVerifier] answers with an [tayori.arc.ArcResult]; [tayori.arc.ArcSealer] adds our own set.
/// - **Never here:** whom to trust. A chain that passes proves who sealed it, not that the sealer is honest; only results
///   of sealers one knows are worth anything (RFC 8617 §5.2, §9).
/// - **Next door:** `dkim` lends tag lists, canonical forms and keys; `authres` reads what the hops wrote down.
@NullMarked
package tayori.arc;

import org.jspecify.annotations.NullMarked;
