/// # Replay room
/// What would the reputation be, had we counted all along? Mails that lie in archives become evidence, as if they had just
/// arrived.
/// - **Door:** [tayori.replay.Replay] counts mails, each once, however often an archive is read. [tayori.replay.ArrivalTime],
///   [tayori.replay.ReaderMarks] and [tayori.replay.TrustedResults] read from a mail when it came, what its reader thought
///   of it, and what was found out about it then.
/// - **Never here:** files of mails, the DNS, the terminal.
@NullMarked
package tayori.replay;

import org.jspecify.annotations.NullMarked;
