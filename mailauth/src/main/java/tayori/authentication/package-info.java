/// # Authentication room
/// Answers the question of the whole library: *who sent this?* — every method asked in the order of the protocol, as
/// early as it can be asked.
/// - **Door:** [tayori.authentication.MailAuthenticator], one for a program. It opens a
///   [tayori.authentication.ClientSession] for a connection, that a [tayori.authentication.MailSession] for each mail,
///   and that ends in an [tayori.authentication.Authentication]: all results, and the words for the header.
/// - **Never here:** how a method works (each has its room), what to do about a result (`receiver`).
@NullMarked
package tayori.authentication;

import org.jspecify.annotations.NullMarked;
