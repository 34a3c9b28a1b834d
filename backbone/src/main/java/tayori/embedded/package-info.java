/// # The engine of one process
/// Answers one question: *where does it live?*: a log, a fold and one SQLite file, in one folder.
/// - **Door:** [tayori.embedded.EmbeddedEngine] takes evidence and hands on what is to be published;
///   [tayori.embedded.ReputationReader] is what is known, also for a process that only reads.
/// - **Files:** [tayori.embedded.LogSegment], [tayori.embedded.LogFrame], [tayori.embedded.BatchCodec]; tables in `schema-1.sql`.
/// - **Never here:** what evidence means. That is `tayori.reputation`; here it is kept, in order, once.
@NullMarked
package tayori.embedded;

import org.jspecify.annotations.NullMarked;
