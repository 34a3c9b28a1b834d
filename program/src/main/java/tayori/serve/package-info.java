/// # Serve room
/// Answers one question: *what runs when Tayori runs?* — the rooms wired by constructors, from one configuration.
/// - **Door:** [tayori.serve.Tayori], started and stopped. Read its constructor aloud to know the program.
/// - **Never here:** rules, formats, protocols.
@NullMarked
package tayori.serve;

import org.jspecify.annotations.NullMarked;
