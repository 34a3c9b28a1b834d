/// # MIME room
/// Answers one question: *what parts is this message made of?* — RFC 2045, RFC 2046.
/// - **Door:** [tayori.mime.MimeReader] cuts octets into a tree of [tayori.mime.MimePart]s: offsets into the octets it was
///   given, nothing copied, nothing decoded before somebody asks. A part has a [tayori.mime.FieldBlock] of header fields
///   and a [tayori.mime.MediaType].
/// - **Never here:** what a part means. Nothing a stranger writes makes it throw or take long; how much is taken stands in
///   [tayori.mime.MimeLimits].
/// - **Next door:** a message that is only authenticated is read by `message`, which never holds a body.
@NullMarked
package tayori.mime;

import org.jspecify.annotations.NullMarked;
