/// # The milter protocol on the wire
/// Answers one question: *which octets say what?* The letters, bits and packet shape that server and client share.
///
/// The protocol has no RFC. What stands here are the facts of protocol version 6 as Sendmail 8.14 and later and Postfix 2.6 and
/// later speak it: a packet is a length (4 octets, big endian, counting what follows), one command letter, and the data.
/// - **Door:** [tayori.milter.wire.Command], [tayori.milter.wire.Answer], [tayori.milter.wire.Negotiation],
///   [tayori.milter.wire.PacketWriter].
/// - **Never here:** order of commands, filters, sockets.
@NullMarked
package tayori.milter.wire;

import org.jspecify.annotations.NullMarked;
