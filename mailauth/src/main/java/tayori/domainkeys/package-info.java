/// # DomainKeys room
/// Answers one question about old mail: *did the DomainKey-Signature of its day verify?* — RFC 4870, historic since 2007.
/// - **Door:** [tayori.domainkeys.DomainKeyVerifier], shaped like the one of `dkim` next door, whose key records it reads.
/// - **Never here:** signing, and any say in DMARC or in a decision: all is rsa-sha1, which proves nothing any more
///   (RFC 8301 §3.1). A result is for people who look at old mail.
@NullMarked
package tayori.domainkeys;

import org.jspecify.annotations.NullMarked;
