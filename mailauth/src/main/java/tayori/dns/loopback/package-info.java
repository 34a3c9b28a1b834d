/// # DNS on loopback
/// Answers one question: *what if these were the names in the world?* — for demonstrations, tests and benchmarks.
/// - **Door:** [tayori.dns.loopback.LoopbackDnsServer] answers real DNS packets from any [tayori.dns.Dns];
///   [tayori.dns.loopback.ZoneText] reads a [tayori.dns.ZoneDns] from lines that a person can write.
/// - **Never here:** recursion, zone transfers, an address other than loopback.
@NullMarked
package tayori.dns.loopback;

import org.jspecify.annotations.NullMarked;
