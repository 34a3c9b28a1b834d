package tayori.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tayori.message.HeadReading.End;
import tayori.message.HeadReading.Read;
import tayori.message.HeadReading.TooLarge;

/// Reads one message from a file, a Maildir entry or a part of an mbox, as if it came by SMTP.
///
/// First [#head], then [#body], each once. Line ends become CRLF wherever the file has a lone LF; a lone CR stays what
/// it is, since SMTP would have carried it (or refused the mail, RFC 5321 §2.3.8). An mbox `From ` line at the top is
/// no part of the message and is dropped.
///
/// What is a header field is decided as Postfix does, because what the MTA took for the body is what was signed: a
/// name of printable ASCII (RFC 5322 §2.2), perhaps white space (obsolete, §4.5), a colon. The first line that is
/// neither such a field nor the continuation of one ends the header section. Lines of white space only are
/// continuations (obsolete folding, §4.2).
public final class MessageReader {
    private static final int BUFFER_OCTETS = 16 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] MBOX_FROM = {'F', 'r', 'o', 'm', ' '};

    private final InputStream in;
    private final HeadLimits limits;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int end;

    /// The line read last, without its line end; valid up to `lineLength`.
    private byte[] line = new byte[1024];

    private int lineLength;
    private boolean lineEnded;
    private int headOctets;

    /// The line that ended the head without being empty: the body starts with it.
    private byte[] firstBodyLine = {};

    private boolean bodyMayFollow;

    /// @param in read from here on; not closed
    public MessageReader(InputStream in, HeadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// Reads the header section.
    ///
    /// @throws IOException when the input cannot be read; never for what stands in it
    public HeadReading head() throws IOException {
        var fields = new ArrayList<HeaderField>();
        var field = new ByteArrayOutputStream(256);
        boolean first = true;
        while (true) {
            var broken = readLine();
            if (broken.isPresent()) {
                return tooLarge(broken.get());
            }
            if (lineLength == 0) {
                finishField(field, fields);
                bodyMayFollow = true;
                return new Read(
                        new MessageHead(fields), lineEnded ? End.EMPTY_LINE : End.END_OF_INPUT);
            }
            if (first && startsWithMboxFrom() && !isField(line, lineLength)) {
                first = false;
                headOctets = 0;
                continue;
            }
            first = false;
            if ((line[0] == ' ' || line[0] == '\t') && field.size() > 0) {
                field.writeBytes(CRLF);
            } else if (isField(line, lineLength)) {
                finishField(field, fields);
                if (fields.size() == limits.maxFields()) {
                    return tooLarge(HeadLimits.Limit.FIELDS);
                }
            } else {
                finishField(field, fields);
                firstBodyLine = Arrays.copyOf(line, lineLength + (lineEnded ? 2 : 0));
                if (lineEnded) {
                    System.arraycopy(CRLF, 0, firstBodyLine, lineLength, 2);
                }
                bodyMayFollow = true;
                return new Read(new MessageHead(fields), End.NO_FIELD);
            }
            field.write(line, 0, lineLength);
            if (field.size() + 2 > limits.maxFieldOctets()) {
                return tooLarge(HeadLimits.Limit.FIELD_OCTETS);
            }
        }
    }

    /// Hands the body to `sink`, line ends as CRLF; a final CRLF is added where the last line has none. A message
    /// without a body hands over nothing.
    ///
    /// @return the octets handed over
    /// @throws IllegalStateException unless [#head] has just read a head
    /// @throws IOException when the input cannot be read
    public long body(BodySink sink) throws IOException {
        if (!bodyMayFollow) {
            throw new IllegalStateException("the body comes once, after a head that was read");
        }
        bodyMayFollow = false;
        long total = 0;
        int last = -1;
        if (firstBodyLine.length > 0) {
            sink.accept(firstBodyLine, 0, firstBodyLine.length);
            total = firstBodyLine.length;
            last = firstBodyLine[firstBodyLine.length - 1];
        }
        while (at < end || fill()) {
            total += handOver(sink, last);
            last = buffer[end - 1];
            at = end;
        }
        if (total > 0 && last != '\n') {
            // A lone CR at the very end is completed to a line end; anything else gets a whole one.
            int missing = last == '\r' ? 1 : 2;
            sink.accept(CRLF, 2 - missing, missing);
            total += missing;
        }
        return total;
    }

    /// Hands over what stands in the buffer, in runs between lone LFs.
    ///
    /// @param last the octet before the buffer, -1 for none
    private long handOver(BodySink sink, int last) {
        long total = 0;
        int run = at;
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n' && (i == at ? last : buffer[i - 1]) != '\r') {
                if (i > run) {
                    sink.accept(buffer, run, i - run);
                    total += i - run;
                }
                sink.accept(CRLF, 0, 2);
                total += 2;
                run = i + 1;
            }
        }
        if (end > run) {
            sink.accept(buffer, run, end - run);
            total += end - run;
        }
        return total;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /// Reads the next line into `line`, its line end (LF or CRLF) left out.
    private Optional<HeadLimits.Limit> readLine() throws IOException {
        lineLength = 0;
        lineEnded = false;
        while (!lineEnded && (at < end || fill())) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            lineEnded = stop < end;
            int length = stop - at;
            headOctets += length + (lineEnded ? 1 : 0);
            if (headOctets > limits.maxOctets()) {
                return Optional.of(HeadLimits.Limit.HEAD_OCTETS);
            }
            if (lineLength + length > limits.maxFieldOctets()) {
                return Optional.of(HeadLimits.Limit.FIELD_OCTETS);
            }
            if (lineLength + length > line.length) {
                line = Arrays.copyOf(line, Math.max(2 * line.length, lineLength + length));
            }
            System.arraycopy(buffer, at, line, lineLength, length);
            lineLength += length;
            at = lineEnded ? stop + 1 : stop;
        }
        if (lineEnded && lineLength > 0 && line[lineLength - 1] == '\r') {
            lineLength--;
        }
        return Optional.empty();
    }

    private TooLarge tooLarge(HeadLimits.Limit limit) {
        return new TooLarge(limit, limits.valueOf(limit));
    }

    private static void finishField(ByteArrayOutputStream field, List<HeaderField> fields) {
        if (field.size() > 0) {
            fields.add(HeaderField.ofRaw(field.toByteArray()));
            field.reset();
        }
    }

    private boolean startsWithMboxFrom() {
        return lineLength >= MBOX_FROM.length
                && Arrays.equals(line, 0, MBOX_FROM.length, MBOX_FROM, 0, MBOX_FROM.length);
    }

    /// Whether a line begins a header field: printable ASCII, white space perhaps, a colon.
    static boolean isField(byte[] line, int length) {
        int i = 0;
        while (i < length && line[i] > ' ' && line[i] < 0x7f && line[i] != ':') {
            i++;
        }
        int name = i;
        while (i < length && (line[i] == ' ' || line[i] == '\t')) {
            i++;
        }
        return name > 0 && i < length && line[i] == ':';
    }
}
