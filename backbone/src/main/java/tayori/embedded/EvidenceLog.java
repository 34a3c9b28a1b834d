package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was acknowledged and is not yet in the database: an append-only file, cut into segments, each deleted when a
/// checkpoint covers it. For one thread; the numbers may be read by any.
///
/// A failed write leaves the log as it was: what was half written is cut off before anything else is written. If even that
/// fails, every append is refused until it succeeds.
final class EvidenceLog implements Closeable {
    /// How much is written at a time before the disk is waited for. Unit: octets of batches; the batch that exceeds it
    /// still belongs to it.
    static final int GROUP_OCTETS = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceLog.class);

    private final Path directory;
    private final SegmentFiles files;
    private final long maxSegmentOctets;
    private final LongSupplier salts;

    /// Oldest first; the last one is written to.
    private final Deque<LogSegment> segments = new ArrayDeque<>();

    private SegmentFiles.SegmentFile current;
    private long next;
    private long end;
    private boolean dirtyEnd;
    private long closedOctets;
    private volatile long octets;
    private volatile int segmentCount;

    private EvidenceLog(
            Path directory,
            SegmentFiles files,
            long maxSegmentOctets,
            LongSupplier salts,
            Recovery recovery)
            throws IOException {
        this.directory = directory;
        this.files = files;
        this.maxSegmentOctets = maxSegmentOctets;
        this.salts = salts;
        this.segments.addAll(recovery.segments);
        this.next = recovery.next;
        if (segments.isEmpty()) {
            current = startSegment();
        } else {
            current = files.open(segments.getLast().file());
            end = recovery.end;
            cut();
            for (var segment : segments) {
                closedOctets += segment.equals(segments.getLast()) ? 0 : Files.size(segment.file());
            }
        }
        count();
    }

    /// Opens the log of a folder, reads what no checkpoint covers, and cuts off what a crash left half written.
    ///
    /// @param covered sequence number of the last frame that the database holds
    /// @param salts random numbers
    /// @throws DamagedLogException when frames are missing or damaged that were whole once
    static EvidenceLog open(
            Path directory,
            long covered,
            long maxSegmentOctets,
            SegmentFiles files,
            LongSupplier salts,
            LogSegment.FrameReader reader)
            throws IOException {
        return new EvidenceLog(
                directory, files, maxSegmentOctets, salts, Recovery.of(directory, covered, reader));
    }

    /// Writes one frame and waits until it is on the disk.
    ///
    /// @return its sequence number
    /// @throws IOException when it is not on the disk; then nothing was added
    long append(byte[] payload) throws IOException {
        if (payload.length > LogFrame.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a frame of " + payload.length + " octets");
        }
        if (dirtyEnd) {
            cut();
        }
        if (end >= maxSegmentOctets) {
            rotate();
        }
        var frame = new LogFrame(next, payload).encode(segments.getLast().salt());
        int length = frame.remaining();
        dirtyEnd = true;
        write(current, frame, end);
        current.force();
        dirtyEnd = false;
        end += length;
        count();
        return next++;
    }

    /// Deletes the segments that hold nothing but frames up to `sequence`.
    void deleteCovered(long sequence) throws IOException {
        while (segments.size() > 1) {
            var oldest = segments.removeFirst();
            if (segments.getFirst().first() > sequence + 1) {
                segments.addFirst(oldest);
                break;
            }
            closedOctets -= Files.size(oldest.file());
            Files.delete(oldest.file());
        }
        count();
    }

    /// Octets of all segments. For any thread.
    long octets() {
        return octets;
    }

    /// Number of segments. For any thread.
    int segments() {
        return segmentCount;
    }

    /// Sequence number of the last frame.
    long last() {
        return next - 1;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }

    private void cut() throws IOException {
        current.truncate(end);
        current.force();
        dirtyEnd = false;
    }

    private void rotate() throws IOException {
        long closed = end;
        var fresh = startSegment();
        closedOctets += closed;
        try {
            current.close();
        } finally {
            current = fresh;
        }
    }

    /// The name is on the disk before the first frame is: otherwise a crash could lose a file that has acknowledged frames.
    private SegmentFiles.SegmentFile startSegment() throws IOException {
        var segment = new LogSegment(LogSegment.nameOf(directory, next), next, salts.getAsLong());
        Files.deleteIfExists(segment.file()); // of a start that failed below; it holds no frame
        var file = files.create(segment.file());
        try {
            write(file, segment.header(), 0);
            file.force();
            files.forceDirectory(directory);
        } catch (IOException e) {
            try (file) {
                Files.deleteIfExists(segment.file());
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        segments.addLast(segment);
        end = LogSegment.HEADER;
        return file;
    }

    private static void write(SegmentFiles.SegmentFile file, ByteBuffer octets, long position)
            throws IOException {
        long at = position;
        while (octets.hasRemaining()) {
            at += file.write(octets, at);
        }
    }

    private void count() {
        octets = closedOctets + end;
        segmentCount = segments.size();
    }

    /// What is found at the start.
    private static final class Recovery {
        private final Deque<LogSegment> segments = new ArrayDeque<>();
        private long next;
        private long end;

        static Recovery of(Path directory, long covered, LogSegment.FrameReader reader)
                throws IOException {
            var recovery = new Recovery();
            recovery.next = covered + 1;
            recovery.findSegments(directory);
            recovery.read(covered, reader);
            return recovery;
        }

        private void findSegments(Path directory) throws IOException {
            try (var files = Files.list(directory)) {
                var names = files.filter(LogSegment::isName).sorted().toList();
                for (var file : names) {
                    var segment = LogSegment.of(file);
                    if (segment.isPresent()) {
                        segments.addLast(segment.get());
                    } else if (file.equals(names.getLast())) {
                        LOG.warn("{} was not begun when a crash came; it is removed", file);
                        Files.delete(file);
                    } else {
                        throw new DamagedLogException(file, 0, "its header is unreadable");
                    }
                }
            }
        }

        private void read(long covered, LogSegment.FrameReader reader) throws IOException {
            if (segments.isEmpty()) {
                return;
            }
            if (segments.getFirst().first() > covered + 1) {
                throw new DamagedLogException(
                        segments.getFirst().file(),
                        0,
                        "frames %d to %d are missing before it"
                                .formatted(covered + 1, segments.getFirst().first() - 1));
            }
            next = segments.getFirst().first();
            for (var segment : segments) {
                if (segment.first() != next) {
                    throw new DamagedLogException(
                            segment.file(), 0, "frame " + next + " is missing before it");
                }
                var content =
                        segment.read(
                                segment.equals(segments.getLast()),
                                frame -> {
                                    if (frame.sequence() > covered) {
                                        reader.read(frame);
                                    }
                                });
                long torn = Files.size(segment.file()) - content.end();
                if (torn > 0) {
                    LOG.warn(
                            "{}: a crash left {} octets of a write that was never acknowledged; they are cut off",
                            segment.file(),
                            torn);
                }
                next = content.last() + 1;
                end = content.end();
            }
            if (next <= covered) {
                forgetCovered(covered);
            }
        }

        /// The end of the log is lost, but the database holds all of it: nothing is missing.
        private void forgetCovered(long covered) throws IOException {
            LOG.warn(
                    "the log ends with frame {}, the database holds {}: nothing is lost",
                    next - 1,
                    covered);
            for (var segment : segments) {
                Files.delete(segment.file());
            }
            segments.clear();
            next = covered + 1;
        }
    }
}
