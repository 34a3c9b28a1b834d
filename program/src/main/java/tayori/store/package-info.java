/// # Store room
/// How commands and the HTTP interface reach the reputation that an engine keeps in a folder.
/// - **Door:** [tayori.store.ReputationStore] opens a folder; [tayori.store.EngineAnswers] answers from one that is open.
@NullMarked
package tayori.store;

import org.jspecify.annotations.NullMarked;
