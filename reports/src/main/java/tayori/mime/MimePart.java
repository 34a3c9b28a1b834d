package tayori.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One part of a message: its head, and where its content lies. The message itself is a part, too.
public final class MimePart {
    private final byte[] octets;
    private final FieldBlock head;
    private final MediaType mediaType;
    private final int depth;
    private final MimeLimits limits;
    private int contentStart;
    private int contentEnd;
    private final List<MimePart> parts = new ArrayList<>(0);

    MimePart(
            byte[] octets,
            FieldBlock head,
            MediaType mediaType,
            int contentStart,
            int depth,
            MimeLimits limits) {
        this.octets = octets;
        this.head = head;
        this.mediaType = mediaType;
        this.contentStart = contentStart;
        this.contentEnd = contentStart;
        this.depth = depth;
        this.limits = limits;
    }

    /// A delimiter right behind the head takes the line end of the head with it, and the content is empty.
    void endContent(int end) {
        contentStart = Math.min(contentStart, end);
        contentEnd = end;
    }

    void add(MimePart part) {
        parts.add(part);
    }

    /// The header fields.
    public FieldBlock head() {
        return head;
    }

    /// What the Content-Type says, or the default of where the part stands (RFC 2045 §5.2, RFC 2046 §5.1.5).
    public MediaType mediaType() {
        return mediaType;
    }

    /// The parts of a multipart, in order; none for anything else. A multipart without a boundary has none either.
    public List<MimePart> parts() {
        return List.copyOf(parts);
    }

    /// The octets that this part lies in; lent, never to be written into.
    public byte[] octets() {
        return octets;
    }

    /// Where the content begins, still encoded.
    public int contentStart() {
        return contentStart;
    }

    /// Where the content ends. The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    public int contentEnd() {
        return contentEnd;
    }

    /// The content with its transfer encoding undone (RFC 2045 §6); what is wrong in the encoding is passed over.
    public byte[] content() {
        return TransferEncoding.of(head).decode(octets, contentStart, contentEnd);
    }

    /// The content as text, in the charset the head names; where that is unknown UTF-8, else ISO 8859-1.
    public String text() {
        return Texts.decoded(content(), mediaType.parameter("charset").orElse(""));
    }

    /// The content read as header fields: a report of machines, or the head of the mail that an embedded message or
    /// `text/rfc822-headers` (RFC 6522 §4) quotes. Never goes further than its head.
    public FieldBlock contentAsFields() {
        if (TransferEncoding.of(head) == TransferEncoding.NONE) {
            return FieldBlock.read(octets, contentStart, contentEnd, limits.maxFields());
        }
        return FieldBlock.read(content());
    }

    /// The message inside a `message/rfc822` or `message/global` (RFC 6532 §3.7), one level deeper than this part. Read
    /// when asked for, so that what a stranger packed into the mail that is complained of cannot make the complaint
    /// unreadable.
    ///
    /// @return nothing where the part is no embedded message
    public Optional<MimeReading> message() {
        if (!mediaType.is("message", "rfc822") && !mediaType.is("message", "global")) {
            return Optional.empty();
        }
        if (TransferEncoding.of(head) == TransferEncoding.NONE) {
            return Optional.of(
                    MimeReader.read(octets, contentStart, contentEnd, depth + 1, limits));
        }
        byte[] decoded = content();
        return Optional.of(MimeReader.read(decoded, 0, decoded.length, depth + 1, limits));
    }

    /// What kind of part, never what stands in it.
    @Override
    public String toString() {
        return mediaType.type()
                + "/"
                + mediaType.subtype()
                + " of "
                + (contentEnd - contentStart)
                + " octets and "
                + parts.size()
                + " parts";
    }
}
