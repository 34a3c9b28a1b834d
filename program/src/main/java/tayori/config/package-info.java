/// # Configuration
/// Answers one question: *what did the operator decide?* One YAML file becomes one record tree.
/// - **Door:** [tayori.config.ConfigurationFile] reads a file to a [tayori.config.Configuration], or to every
///   [tayori.config.Problem] found in it, each with line, column, key, what stands there and what is expected.
///   Defaults, limits and explanations stand on the records themselves; the reference page and the sample file are made
///   from them by [tayori.config.ConfigurationReference].
/// - **Never here:** what a setting does. Secrets: a key is the name of its file, and nothing here reads what is in it.
/// - **Next door:** `cli` prints it; the wiring hands each room its part.
@NullMarked
package tayori.config;

import org.jspecify.annotations.NullMarked;
