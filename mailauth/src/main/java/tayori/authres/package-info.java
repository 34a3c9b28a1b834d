/// # Authentication-Results room
/// Answers one question: *what was found out about this mail, and how is it said in its header?* RFC 8601.
/// - **Door:** [tayori.authres.AuthenticationResults], a value that writes itself safely;
///   [tayori.authres.AuthenticationResultsParser] reads it back; [tayori.authres.ForgedResults] names the fields that
///   claim to be ours and must go.
/// - **Never here:** finding the results out, and what to do about them. Nothing a stranger writes makes it throw, and
///   nothing handed to the writer can end the header field.
/// - **Next door:** `arc` seals the same text as ARC-Authentication-Results; `receiver` fills the values.
@NullMarked
package tayori.authres;

import org.jspecify.annotations.NullMarked;
