/// # DKIM room
/// Answers one question: *which domains take responsibility for this mail, and can they prove it?* — RFC 6376, with
/// RFC 8301 (algorithms), RFC 8463 (Ed25519) and RFC 8616 (names beyond ASCII).
/// - **Door:** [tayori.dkim.DkimVerifier] answers with [tayori.dkim.DkimResult]s; [tayori.dkim.DkimSigner] writes the
///   field; [tayori.dkim.DkimKeys] makes the keys.
/// - **Also open to next door:** `arc` and `domainkeys` sign and verify by the same means, so the parts stand open:
///   [tayori.dkim.TagList], [tayori.dkim.Canonicalization], [tayori.dkim.BodyHasher], [tayori.dkim.SignedInput],
///   [tayori.dkim.KeyRecord], [tayori.dkim.SignatureAlgorithm], [tayori.dkim.SignatureCrypto].
/// - **Never here:** the body in memory (it streams past and is hashed once), sockets, and what to do about a `fail`.
@NullMarked
package tayori.dkim;

import org.jspecify.annotations.NullMarked;
