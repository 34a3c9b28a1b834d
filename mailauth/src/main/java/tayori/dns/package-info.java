/// # DNS room
/// Answers one question: *what does the DNS say about this name?*
/// - **Door:** [tayori.dns.Dns], one method from a [tayori.dns.DomainName] and a [tayori.dns.RecordType] to a
///   [tayori.dns.DnsAnswer]. Everything that asks takes a `Dns` as a parameter; caches, budgets and recorders wrap one
///   `Dns` in another.
/// - **Never here:** what an answer means for a mail. Nothing a stranger publishes makes a `Dns` throw: trouble is
///   [tayori.dns.DnsAnswer.Failed].
/// - **Next door:** `spf`, `dkim`, `dmarc`, `bimi` ask; `receiver` says which resolver and how long to wait.
@NullMarked
package tayori.dns;

import org.jspecify.annotations.NullMarked;
