package tayori.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Splits an mbox into its messages.
///
/// A message begins with a line `From ` at the top of the file or after an empty line (RFC 4155, quoted as in
/// "mboxrd"); inside, `>From `, `>>From ` … lose one `>`. The empty line before the next message belongs to the mbox.
/// `Content-Length` is not believed: a stranger writes it.
///
/// Only one message is open at a time: asking for the next one reads past the rest of the last.
public final class MboxReader {
    private static final int BUFFER_OCTETS = 16 * 1024;

    /// Most `>` before `From ` that are looked at; no mail was quoted as often.
    static final int MAX_QUOTES = 64;

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int end;
    private boolean started;
    private boolean atFromLine;
    private boolean finished;
    private Optional<Part> open = Optional.empty();

    /// @param in read from here on; not closed
    public MboxReader(InputStream in) {
        this.in = in;
    }

    /// The next message without its `From ` line, to be given to a [MessageReader]; nothing at the end.
    ///
    /// @throws IOException when the input cannot be read, or does not begin with a `From ` line
    public Optional<InputStream> next() throws IOException {
        if (open.isPresent()) {
            open.get().drain();
            open = Optional.empty();
        }
        if (!started) {
            started = true;
            ensure(FROM.length);
            if (at == end) {
                finished = true;
            } else if (!startsWithFrom(at)) {
                throw new IOException("not an mbox: no \"From \" line at the top");
            }
            atFromLine = !finished;
        }
        if (finished || !atFromLine) {
            return Optional.empty();
        }
        atFromLine = false;
        skipLine();
        var part = new Part();
        open = Optional.of(part);
        return Optional.of(part);
    }

    private boolean startsWithFrom(int from) {
        return end - from >= FROM.length
                && Arrays.equals(buffer, from, from + FROM.length, FROM, 0, FROM.length);
    }

    /// Makes sure that `count` octets lie in the buffer, as far as the input has them.
    private void ensure(int count) throws IOException {
        if (end - at >= count) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end < count) {
            int got = in.read(buffer, end, buffer.length - end);
            if (got < 0) {
                return;
            }
            end += got;
        }
    }

    private void skipLine() throws IOException {
        while (true) {
            ensure(1);
            if (at == end || buffer[at++] == '\n') {
                return;
            }
        }
    }

    /// One message. Holds an empty line back until it is known whether a `From ` line follows.
    private final class Part extends InputStream {
        private boolean lineStart = true;
        private int heldAt;
        private byte[] held = {};
        private boolean over;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (true) {
                if (heldAt < held.length) {
                    target[offset] = held[heldAt++];
                    return 1;
                }
                if (over) {
                    return -1;
                }
                if (lineStart && !startLine()) {
                    continue;
                }
                ensure(1);
                if (at == end) {
                    over = true;
                    finished = true;
                    return -1;
                }
                int count = 0;
                while (count < length && at < end && !lineStart) {
                    byte octet = buffer[at++];
                    target[offset + count++] = octet;
                    lineStart = octet == '\n';
                }
                return count;
            }
        }

        /// Looks at the beginning of a line.
        ///
        /// @return whether the line is to be read on; otherwise it was an empty line, or the message is over
        private boolean startLine() throws IOException {
            ensure(2);
            int length = at == end ? 0 : buffer[at] == '\n' ? 1 : 0;
            if (end - at >= 2 && buffer[at] == '\r' && buffer[at + 1] == '\n') {
                length = 2;
            }
            if (length > 0) {
                byte[] emptyLine = Arrays.copyOfRange(buffer, at, at + length);
                at += length;
                ensure(FROM.length);
                if (at == end || startsWithFrom(at)) {
                    over = true;
                    atFromLine = at < end;
                    finished = at == end;
                    return false;
                }
                held = emptyLine;
                heldAt = 0;
                return false;
            }
            lineStart = false;
            return !dropsQuote();
        }

        /// Takes one `>` off a line that begins `>From `, `>>From `, …
        private boolean dropsQuote() throws IOException {
            ensure(1);
            if (at == end || buffer[at] != '>') {
                return false;
            }
            ensure(MAX_QUOTES + FROM.length);
            int i = at;
            while (i < end && i - at < MAX_QUOTES && buffer[i] == '>') {
                i++;
            }
            if (!startsWithFrom(i)) {
                return false;
            }
            at++;
            return true;
        }

        void drain() throws IOException {
            var nowhere = new byte[BUFFER_OCTETS];
            while (read(nowhere, 0, nowhere.length) >= 0) {
                // past the rest of this message
            }
        }
    }
}
