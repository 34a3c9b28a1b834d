/// # iprev room
/// Answers one question: *does this client address have a name that leads back to it?* RFC 8601 §3, also known as
/// forward-confirmed reverse DNS.
/// - **Door:** [tayori.iprev.Iprev], from an address to an [tayori.iprev.IprevResult].
/// - **Never here:** what a missing name means for the mail; many honest IPv4 hosts have none.
/// - **Next door:** `dns` answers, `authres` writes the result down.
@NullMarked
package tayori.iprev;

import org.jspecify.annotations.NullMarked;
