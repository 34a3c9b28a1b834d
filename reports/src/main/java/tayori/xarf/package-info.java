/// # XARF room
/// Answers one question: *what does this abuse report in JSON say?* — XARF 4.2, and version 3 for reading.
/// - **Door:** [tayori.xarf.XarfReader] reads, [tayori.xarf.XarfSpam] writes the one kind this system sends,
///   `messaging`/`spam`. Both speak of an [tayori.xarf.XarfReport].
/// - **Never here:** the mail around the JSON, and what follows from a report.
@NullMarked
package tayori.xarf;

import org.jspecify.annotations.NullMarked;
