package tayori.embedded;

import java.time.Duration;

/// What the engine bears and how it works. Every batch beyond a limit is refused whole.
///
/// @param maxBatchOctets largest batch, as it stands in the log. Unit: octets
/// @param maxEvidencePerBatch most evidence in a batch. Unit: pieces
/// @param maxSegmentOctets size from which on the log goes on in another file. Unit: octets
/// @param minFreeOctets space on the disk below which batches are refused, so that what was accepted can still be brought
///     into the database. Unit: octets
/// @param batchIdTime how long the id of a batch is remembered, so that it counts once
/// @param maxBatchIds most ids that are remembered; beyond, the oldest are forgotten earlier. Unit: batches
/// @param maxHotSubjects most domains and address blocks kept in memory beside those not yet in the database. Unit:
///     subjects, about a kilobyte each
/// @param maxDirtySubjects most that changed or were scored before they are brought into the database. Unit: subjects
/// @param checkpointEvery longest time before they are. A reading process sees what is this old
/// @param idleTime how long a subject without evidence is kept
public record EmbeddedOptions(
        int maxBatchOctets,
        int maxEvidencePerBatch,
        long maxSegmentOctets,
        long minFreeOctets,
        Duration batchIdTime,
        int maxBatchIds,
        int maxHotSubjects,
        int maxDirtySubjects,
        Duration checkpointEvery,
        Duration idleTime) {

    /// Longest name of a provider or node, id of a batch, or subject. Unit: octets of UTF-8. A domain name has 253.
    public static final int MAX_NAME_OCTETS = 255;

    /// Batches that wait to be written; their callers wait with them. Unit: batches.
    public static final int MAX_WAITING_BATCHES = 1_024;

    /// - A batch of 20,000 pieces of evidence takes about 1 MB; one of 8 MiB holds many complaints.
    /// - A segment of 64 MiB is some minutes of a large operator, and is read in a second.
    /// - Two million ids are a week of three nodes that send a batch a second, or twelve minutes of 3,000 complaints a
    ///   second; they take 84 MB when it comes to that.
    /// - 250,000 changed subjects are more than most operators see in 30 seconds: then the clock, and not the number, says
    ///   when a checkpoint is due, and a subject that goes on changing is written once in that time.
    public static final EmbeddedOptions DEFAULTS =
            new EmbeddedOptions(
                    8 << 20,
                    20_000,
                    64 << 20,
                    128 << 20,
                    Duration.ofDays(7),
                    2_000_000,
                    200_000,
                    250_000,
                    Duration.ofSeconds(30),
                    Duration.ofDays(60));

    public EmbeddedOptions {
        if (maxBatchOctets < 1 || maxBatchOctets > LogFrame.MAX_PAYLOAD / 2) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + LogFrame.MAX_PAYLOAD / 2 + " octets");
        }
        if (maxEvidencePerBatch < 1
                || maxSegmentOctets < 1
                || minFreeOctets < 0
                || maxBatchIds < 1
                || maxHotSubjects < 0
                || maxDirtySubjects < 1) {
            throw new IllegalArgumentException("a limit below the least");
        }
        if (!batchIdTime.isPositive() || !checkpointEvery.isPositive() || !idleTime.isPositive()) {
            throw new IllegalArgumentException("a time that is not positive");
        }
    }
}
