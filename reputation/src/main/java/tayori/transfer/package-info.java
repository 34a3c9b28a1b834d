/// # Transfer room
/// Answers one question: *how does a whole zone of ours get to somebody who serves it himself?*
/// - **Doors:** [tayori.transfer.TransferService] for other name servers (AXFR, RFC 5936; IXFR, RFC 1995; signed by TSIG,
///   RFC 8945), [tayori.transfer.DnsetExport] for rsync and rbldnsd. Both read a [tayori.transfer.ZoneSource], which the server's
///   zones implement with the help of a [tayori.transfer.ChangeJournal].
/// - **Never here:** sockets, threads, the clock. Whoever asks is a stranger until his signature is verified; nothing he sends
///   makes it throw.
/// - **Next door:** who may ask single questions is `access`.
@NullMarked
package tayori.transfer;

import org.jspecify.annotations.NullMarked;
