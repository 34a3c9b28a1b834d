/// # Command line
/// Answers one question: *what does a person ask of the program, and how is it answered?*
/// - **Door:** [tayori.cli.CommandLineInterface]. A command is one class and one line in [tayori.cli.Commands]; it writes
///   to the [tayori.cli.Terminal] it is given and returns an [tayori.cli.ExitCode].
/// - **Never here:** mail knowledge; a command asks a room and prints what it says.
/// - **Next door:** `config` reads the settings.
@NullMarked
package tayori.cli;

import org.jspecify.annotations.NullMarked;
