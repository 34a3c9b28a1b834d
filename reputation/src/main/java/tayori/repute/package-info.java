/// # Repute room
/// What is published about a domain or an address, as any program can ask for it: reputons (RFC 7071) about email
/// identifiers (RFC 7073), and the template by which a client finds them (RFC 7072).
/// - **Door:** [tayori.repute.ReputeService] answers a query with text; [tayori.repute.ReputeTemplate] is the document a
///   client reads first.
/// - **Never here:** HTTP, storage. What is known comes through [tayori.repute.ReputeSource].
@NullMarked
package tayori.repute;

import org.jspecify.annotations.NullMarked;
