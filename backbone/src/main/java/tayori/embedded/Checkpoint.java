package tayori.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import tayori.reputation.DelayCurve;

/// What one transaction brings into the database.
///
/// @param mark how far it is then
/// @param states rows that changed, each made when it is its turn; a row without states is deleted
/// @param subjects what was scored
/// @param unscored subjects that changed and were not scored since: the next start does it
/// @param batchIds digests by the minute of acceptance, as in [BatchIds.Digest], one after the other
/// @param oldestMinute batches before it are forgotten
record Checkpoint(
        Mark mark,
        Stream<StateRow> states,
        Collection<SubjectRow> subjects,
        Collection<String> unscored,
        Map<Long, byte[]> batchIds,
        long oldestMinute) {

    /// How far a database has come.
    ///
    /// @param frame the last frame of the log that is in it
    /// @param foldingNode name of this store among the nodes that fold
    /// @param delayCurve as of then; nobody folds into it
    /// @param taken when
    record Mark(long frame, String foldingNode, DelayCurve delayCurve, Instant taken) {}
}
