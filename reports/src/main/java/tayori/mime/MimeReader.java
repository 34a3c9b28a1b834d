package tayori.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.mime.MimeLimits.Limit;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;

/// Cuts a message into its parts (RFC 2046 §5.1), in one pass over its lines.
///
/// Total: every run of octets is a message, or is refused for its size. Lines end with CRLF or LF. Readings taken where
/// the message is broken:
/// - the head ends at an empty line or at the first line that is no field, which then begins the content, as in Postfix
///   and in `message`;
/// - a delimiter is a whole line (§5.1.1), with white space behind it at most; the innermost multipart that knows a line
///   as its delimiter gets it, and a delimiter of an outer one ends all inner ones;
/// - a multipart whose boundary is missing (or longer than a line can be) is content without parts.
public final class MimeReader {
    /// Longest boundary. Unit: octets. RFC 2046 §5.1.1 allows 70; some mail has more, no line has more than 998
    /// (RFC 5322 §2.1.1).
    static final int MAX_BOUNDARY_OCTETS = 996;

    private static final byte[] MBOX_FROM = {'F', 'r', 'o', 'm', ' '};

    private static final int NONE = -1;

    private final byte[] octets;
    private final int end;
    private final MimeLimits limits;

    /// Boundaries of the multiparts around the place where we read, outermost first.
    private final List<byte[]> boundaries = new ArrayList<>(2);

    /// The delimiter met last: which boundary, where its line begins, where the next line begins, and whether it is a
    /// closing one. [#NONE] at the end of the message.
    private int met;

    private int metAt;
    private int afterMet;
    private boolean metClosing;

    private int partCount;
    private int headOctets;
    private Optional<Refused> refused = Optional.empty();

    private MimeReader(byte[] octets, int end, MimeLimits limits) {
        this.octets = octets;
        this.end = end;
        this.limits = limits;
    }

    /// Reads one message.
    ///
    /// @param octets held by what is returned; must not change any more
    public static MimeReading read(byte[] octets, MimeLimits limits) {
        return read(octets, 0, octets.length, 0, limits);
    }

    static MimeReading read(byte[] octets, int from, int to, int depth, MimeLimits limits) {
        if (to - from > limits.maxOctets()) {
            return new Refused(Limit.OCTETS, limits.maxOctets());
        }
        var reader = new MimeReader(octets, to, limits);
        var message = reader.part(afterMboxLines(octets, from, to), depth, MediaType.TEXT_PLAIN);
        return reader.refused.<MimeReading>map(r -> r).orElseGet(() -> new Read(message));
    }

    /// Lines that a mailbox file put on top of a message are no part of it: `From `, also quoted (RFC 4155).
    private static int afterMboxLines(byte[] octets, int from, int to) {
        int line = from;
        while (isMboxLine(octets, line, to)) {
            line = FieldBlock.nextLine(octets, line, to);
        }
        return line;
    }

    private static boolean isMboxLine(byte[] octets, int line, int to) {
        int i = line;
        while (i < to && octets[i] == '>') {
            i++;
        }
        return to - i >= MBOX_FROM.length
                && matches(octets, i, MBOX_FROM)
                && FieldBlock.nameEnd(octets, line, FieldBlock.nextLine(octets, line, to)) < 0;
    }

    private void refuse(Limit limit) {
        if (refused.isEmpty()) {
            refused = Optional.of(new Refused(limit, limits.valueOf(limit)));
        }
        met = NONE;
    }

    /// Reads the part that begins at `from`, up to the delimiter that ends it, which is then the one met last.
    private MimePart part(int from, int depth, MediaType standard) {
        int headEnd = boundaries.isEmpty() ? end : firstDelimiterOrEmptyLine(from);
        var head = FieldBlock.read(octets, from, headEnd, limits.maxFields() + 1);
        headOctets += head.end() - from;
        partCount++;
        int contentStart = afterEmptyLine(head.end(), headEnd);
        var type = mediaType(head, standard);
        var part = new MimePart(octets, head, type, contentStart, depth, limits);
        if (head.size() > limits.maxFields()) {
            refuse(Limit.FIELDS);
        } else if (headOctets > limits.maxHeadOctets()) {
            refuse(Limit.HEAD_OCTETS);
        } else if (partCount > limits.maxParts()) {
            refuse(Limit.PARTS);
        } else if (depth > limits.maxDepth()) {
            refuse(Limit.DEPTH);
        }
        if (refused.isPresent()) {
            return part;
        }
        var boundary = boundary(type);
        if (boundary.isPresent()) {
            multipart(part, boundary.get(), depth);
        } else {
            findDelimiter(contentStart);
        }
        part.endContent(met == NONE ? end : beforeLineEnd(metAt));
        return part;
    }

    private void multipart(MimePart part, byte[] boundary, int depth) {
        int level = boundaries.size();
        boundaries.add(boundary);
        var standard =
                part.mediaType().subtype().equals("digest")
                        ? MediaType.MESSAGE_RFC822
                        : MediaType.TEXT_PLAIN;
        findDelimiter(part.contentStart());
        while (met == level && !metClosing && afterMet < end) {
            part.add(part(afterMet, depth + 1, standard));
            if (refused.isPresent()) {
                return;
            }
        }
        boundaries.removeLast();
        if (met == level) {
            findDelimiter(afterMet); // what stands between belongs to nobody: the epilogue
        }
    }

    private static MediaType mediaType(FieldBlock head, MediaType standard) {
        int field = head.indexOf("Content-Type");
        if (field < 0) {
            return standard;
        }
        return MediaType.parse(head.value(field)).orElse(MediaType.TEXT_PLAIN);
    }

    private static Optional<byte[]> boundary(MediaType type) {
        if (!type.isMultipart()) {
            return Optional.empty();
        }
        return type.parameter("boundary")
                .map(boundary -> boundary.getBytes(StandardCharsets.UTF_8))
                .filter(boundary -> boundary.length > 0 && boundary.length <= MAX_BOUNDARY_OCTETS);
    }

    /// Meets the next delimiter at or after the line `from`.
    private void findDelimiter(int from) {
        met = NONE;
        if (boundaries.isEmpty()) {
            return;
        }
        int line = from;
        while (line < end) {
            if (isDelimiter(line)) {
                return;
            }
            line = FieldBlock.nextLine(octets, line, end);
        }
    }

    /// Whether the line at `line` is a delimiter; then it is the one met last.
    private boolean isDelimiter(int line) {
        if (line + 2 >= end || octets[line] != '-' || octets[line + 1] != '-') {
            return false;
        }
        int next = FieldBlock.nextLine(octets, line, end);
        for (int level = boundaries.size() - 1; level >= 0; level--) {
            byte[] boundary = boundaries.get(level);
            int behind = line + 2 + boundary.length;
            if (behind > next || !matches(octets, line + 2, boundary)) {
                continue;
            }
            boolean closing =
                    behind + 2 <= next && octets[behind] == '-' && octets[behind + 1] == '-';
            if (isBlank(closing ? behind + 2 : behind, next)) {
                met = level;
                metAt = line;
                afterMet = next;
                metClosing = closing;
                return true;
            }
        }
        return false;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] != ' ' && octets[i] != '\t' && octets[i] != '\r' && octets[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(byte[] octets, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (octets[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// Where a head must end: a boundary may hold a colon, so that its delimiter looks like a field.
    private int firstDelimiterOrEmptyLine(int from) {
        int line = from;
        while (line < end) {
            int next = FieldBlock.nextLine(octets, line, end);
            if (FieldBlock.withoutLineEnd(octets, line, next) == line) {
                return next;
            }
            if (isDelimiter(line)) {
                return line;
            }
            line = next;
        }
        return end;
    }

    private int afterEmptyLine(int line, int to) {
        int next = FieldBlock.nextLine(octets, line, to);
        return FieldBlock.withoutLineEnd(octets, line, next) == line ? next : line;
    }

    private int beforeLineEnd(int line) {
        return line == 0 ? 0 : FieldBlock.withoutLineEnd(octets, previousLineEnd(line), line);
    }

    /// The line end before `line` is one or two octets; a line of its own is not needed to find it.
    private static int previousLineEnd(int line) {
        return Math.max(0, line - 2);
    }
}
