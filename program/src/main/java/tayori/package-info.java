/// # The front door
/// Answers one question: *how does it start?*
/// - **Door:** [tayori.Main], the only place that ends the process.
/// - **Next door:** `cli` says what can be asked for, `config` what can be set.
@NullMarked
package tayori;

import org.jspecify.annotations.NullMarked;
