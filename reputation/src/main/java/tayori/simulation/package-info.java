/// # Simulation room
/// Answers one question: *how good is the reputation model?* — by letting it judge senders whose nature is known.
/// - **Door:** [tayori.simulation.ReputationSimulation]. It answers a Markdown report; the same seeds give the same octets.
/// - **How:** [tayori.simulation.Generator] draws senders and their mail, [tayori.simulation.Replay] shows a
///   [tayori.simulation.Judge] hour by hour what providers would report, the experiments count what came of it.
/// - **Never here:** a formula of Tayori's own. The model judged is the shipped one, by its door; only those it is
///   compared with are written here.
@NullMarked
package tayori.simulation;

import org.jspecify.annotations.NullMarked;
