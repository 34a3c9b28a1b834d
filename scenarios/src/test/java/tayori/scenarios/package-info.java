/// # Scenarios
/// Answers one question: *does the whole town work?* A real Postfix, the real program as its own process, a real DNS
/// server on loopback, and mail from `swaks`; what is checked is the delivered mail, the SMTP dialogue and the queue.
/// - **Begin with** [tayori.scenarios.LabelledMailTest]; [tayori.scenarios.Town] puts the parts together.
/// - **Never here:** the Postfix of the system, a network other than loopback, a sleep.
@NullMarked
package tayori.scenarios;

import org.jspecify.annotations.NullMarked;
