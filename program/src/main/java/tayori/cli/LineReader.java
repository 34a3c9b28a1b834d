package tayori.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads lines of bounded length as octets. A line ends with LF or CRLF; the last may end with the input.
final class LineReader {
    private static final int BUFFER_OCTETS = 64 * 1024;

    /// What the next line is.
    sealed interface Line {
        /// Without its line end.
        @SuppressWarnings("ArrayRecordComponent") // read once and never compared
        record Whole(byte[] octets) implements Line {}

        /// Longer than allowed; it was read over.
        record TooLong() implements Line {}

        /// There is none.
        record End() implements Line {}
    }

    private final InputStream in;
    private final int maxOctets;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int end;

    LineReader(InputStream in, int maxOctets) {
        this.in = in;
        this.maxOctets = maxOctets;
    }

    Line next() throws IOException {
        byte[] line = {};
        int filled = 0;
        boolean tooLong = false;
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int length = stop - at;
            tooLong |= filled + length > maxOctets;
            if (tooLong) {
                line = new byte[0];
            } else {
                if (filled + length > line.length) {
                    int room = filled == 0 ? length : Math.max(2 * line.length, filled + length);
                    line = Arrays.copyOf(line, room);
                }
                System.arraycopy(buffer, at, line, filled, length);
                filled += length;
            }
            boolean ended = stop < end;
            at = ended ? stop + 1 : stop;
            if (ended) {
                break;
            }
        }
        if (tooLong) {
            return new Line.TooLong();
        }
        if (!any) {
            return new Line.End();
        }
        if (filled > 0 && line[filled - 1] == '\r') {
            filled--;
        }
        return new Line.Whole(filled == line.length ? line : Arrays.copyOf(line, filled));
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
