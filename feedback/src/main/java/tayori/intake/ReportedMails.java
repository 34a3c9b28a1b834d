package tayori.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tayori.message.HeadLimits;
import tayori.message.HeadReading;
import tayori.message.MessageHead;
import tayori.message.MessageReader;
import tayori.mime.MimeLimits;
import tayori.mime.MimePart;
import tayori.mime.MimeReader;
import tayori.mime.MimeReading;
import tayori.receipt.ReceiptIssuer;

/// The mails that a mail reports, as heads.
///
/// @param attached the `message/rfc822` parts (RFC 2046 §5.2.1) in order, at whatever place; never those within them
/// @param whole the mail itself, where it carries a receipt: piped here as it was delivered
record ReportedMails(List<MessageHead> attached, Optional<MessageHead> whole) {
    ReportedMails {
        attached = List.copyOf(attached);
    }

    /// What came of looking for them.
    sealed interface Reading {
        record Found(ReportedMails mails) implements Reading {}

        /// @param reason for the reader
        record Refused(String reason) implements Reading {}
    }

    static Reading read(byte[] octets, int maxMails) {
        return switch (MimeReader.read(octets, MimeLimits.DEFAULTS)) {
            case MimeReading.Refused _ ->
                    new Reading.Refused("The mail has more parts or fields than can be read");
            case MimeReading.Read(var mail) -> {
                var parts = new ArrayList<MimePart>();
                collect(mail, parts, maxMails);
                yield parts.size() > maxMails
                        ? new Reading.Refused("A report may hold " + maxMails + " mails at most")
                        : new Reading.Found(
                                new ReportedMails(
                                        parts.stream()
                                                .map(part -> head(part.content()))
                                                .flatMap(Optional::stream)
                                                .toList(),
                                        whole(octets, mail)));
            }
        };
    }

    /// Goes no deeper than [MimeLimits#DEFAULT_MAX_DEPTH], and stops at one mail too many.
    private static void collect(MimePart part, List<MimePart> found, int maxMails) {
        if (found.size() > maxMails) {
            return;
        }
        if (part.mediaType().is("message", "rfc822") || part.mediaType().is("message", "global")) {
            found.add(part);
        }
        for (var inner : part.parts()) {
            collect(inner, found, maxMails);
        }
    }

    private static Optional<MessageHead> whole(byte[] octets, MimePart mail) {
        return mail.head().has(ReceiptIssuer.FIELD_NAME) ? head(octets) : Optional.empty();
    }

    /// Nothing where the head is beyond its limits.
    private static Optional<MessageHead> head(byte[] octets) {
        try {
            var reader = new MessageReader(new ByteArrayInputStream(octets), HeadLimits.DEFAULTS);
            return reader.head() instanceof HeadReading.Read(var head, _)
                    ? Optional.of(head)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }
}
