/// # API room
/// What programs ask over HTTP, and how a receiver on another machine hands in what it saw.
/// - **Doors:** [tayori.api.ApiServer] answers, from [tayori.api.ReputationAnswers] into an
///   [tayori.reputation.EvidenceSink]; [tayori.api.HttpEvidenceSink] is its client. [tayori.api.EvidenceJson] and
///   [tayori.api.ReputationJson] are what goes over the wire.
/// - Every route stands in one list, of which the server and its OpenAPI document are both made.
/// - **Never here:** scores, storage, pages for people.
@NullMarked
package tayori.api;

import org.jspecify.annotations.NullMarked;
