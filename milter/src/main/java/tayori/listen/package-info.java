/// # Listening room
/// Answers one question: *how does a client reach us, and when must it go?* Nothing here knows what the client says.
/// - **Door:** [tayori.listen.Listener]. It binds [tayori.listen.ListenAddress]es (TCP or unix socket), starts one virtual
///   thread per [tayori.listen.Connection] and hands it to a [tayori.listen.ConnectionLoop]: a plain blocking loop of reads and
///   writes.
/// - **Limits:** [tayori.listen.ListenOptions]. Overdue reads and writes are ended by one watch per listener, because a timed
///   read would cost two more system calls on every turn.
/// - **Also here:** [tayori.listen.SmtpText], because octets of an MTA become text in the same way on both loops.
/// - **Never here:** protocols, mail, configuration files, signals.
/// - **Next door:** `milter` and `policy` are the two loops that live on it.
@NullMarked
package tayori.listen;

import org.jspecify.annotations.NullMarked;
