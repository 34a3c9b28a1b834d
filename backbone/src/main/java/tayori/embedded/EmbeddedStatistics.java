package tayori.embedded;

import java.time.Instant;
import java.util.Optional;

/// What the engine did since it was opened, and how it stands, for metrics and status pages.
///
/// @param batches accepted and folded
/// @param duplicates batches that had been accepted before
/// @param refused batches that could not be made durable
/// @param deltas pieces of evidence folded
/// @param skipped pieces of evidence that could not be folded; each is an error in the program log
/// @param hotSubjects in memory
/// @param dirtySubjects changed and not yet in the database
/// @param batchIds remembered
/// @param unscored subjects that changed and were not scored since
/// @param scored scorings
/// @param checkpoints taken
/// @param failedCheckpoints given up; the next one brings what they would have
/// @param lastCheckpoint when the last one was taken
/// @param logOctets size of the log
/// @param logSegments its files
/// @param databaseOctets size of the database, without its own log
/// @param stoppedBecause why no batch is accepted until the next start
public record EmbeddedStatistics(
        long batches,
        long duplicates,
        long refused,
        long deltas,
        long skipped,
        long hotSubjects,
        long dirtySubjects,
        long batchIds,
        long unscored,
        long scored,
        long checkpoints,
        long failedCheckpoints,
        Optional<Instant> lastCheckpoint,
        long logOctets,
        int logSegments,
        long databaseOctets,
        Optional<String> stoppedBecause) {}
