/// # CFBL room
/// Answers one question: *does the sender of this mail want to hear of complaints, and may we tell it?* — RFC 9477.
/// - **Door:** [tayori.cfbl.FeedbackLoop] decides from header fields and verified signatures; [tayori.cfbl.CfblAddress]
///   and [tayori.cfbl.FeedbackId] read and write the two fields.
/// - **Never here:** verifying a signature (`dkim`), and writing the report (`arf`, `xarf`).
@NullMarked
package tayori.cfbl;

import org.jspecify.annotations.NullMarked;
