/// What does the world ask, and what is it told? An authoritative name server for lists of names (RFC 5782), answering from
/// tables in memory.
///
/// - **Door:** [tayori.nameserver.NameServer] listens; [tayori.nameserver.Zones] says for which names and from which tables.
///   `Responder` turns one query into one answer, in place, and is the room to begin reading in.
/// - **Never here:** recursion, zone files, what makes a sender good or bad. An error is never an address: whoever may not ask
///   hears REFUSED.
@NullMarked
package tayori.nameserver;

import org.jspecify.annotations.NullMarked;
