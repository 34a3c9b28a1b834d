/// # Demonstration room
/// Answers one question: *what does it look like when it works?* — the real program, a real DNS server and a real milter
/// socket on loopback, and mails of every kind.
/// - **Door:** [tayori.demo.Demonstration]. Its mails are in [tayori.demo.Town], its DNS in `town.zone`.
/// - **Never here:** anything that decides; what is shown is read from the header fields that came back.
@NullMarked
package tayori.demo;

import org.jspecify.annotations.NullMarked;
