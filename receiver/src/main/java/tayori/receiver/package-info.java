/// # Receiver room
/// Answers one question: *what happens to this mail?* — one inbound session in protocol order.
/// - **Door:** [tayori.receiver.Receiver], which hands a [tayori.receiver.InboundSession] to every connection of an MTA.
///   Authentication is asked in `authentication`; what its answer means here is [tayori.receiver.DecisionRules], a pure
///   function to a [tayori.receiver.Decision] with a [tayori.receiver.Reason] from a closed list.
/// - **Never here:** how a method works (`mailauth`), how an MTA talks (`milter`), message content in any log.
/// - **Next door:** `tayori` wires it; `reputation` will answer before the rules are asked.
@NullMarked
package tayori.receiver;

import org.jspecify.annotations.NullMarked;
