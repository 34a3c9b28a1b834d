/// # Access room
/// Answers one question for every DNS packet: *may this client have this answer now?*
/// - **Doors:** [tayori.access.AccessKeys] for the key label left of a zone (`example.jp.KEY.dwl.example`), and
///   [tayori.access.ResponseRateLimit] for everybody, against being used to flood somebody else.
/// - **Never here:** the packet's shape, the answer itself. Both are asked for each packet of a flood: no allocation, no lock.
/// - **Next door:** zone transfers and their keys are `transfer`.
@NullMarked
package tayori.access;

import org.jspecify.annotations.NullMarked;
