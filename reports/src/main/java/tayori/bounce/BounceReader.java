package tayori.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tayori.bounce.BounceReading.AutoReply;
import tayori.bounce.BounceReading.Bounce;
import tayori.bounce.BounceReading.NoBounce;
import tayori.bounce.BounceReading.Recipient;
import tayori.mime.MimeLimits;
import tayori.mime.MimePart;
import tayori.mime.MimeReader;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;

/// Reads bounces.
///
/// A delivery status report (RFC 3464) is believed as it stands, recipient by recipient; its words are used where its
/// codes say little. Without one, a mail is a bounce when it comes from a mail system and says that it could not deliver;
/// then the words are all there is.
public final class BounceReader {
    private BounceReader() {}

    /// Reads a message from its octets.
    public static BounceReading read(byte[] octets) {
        return switch (MimeReader.read(octets, MimeLimits.DEFAULTS)) {
            case Read(var message) -> read(message);
            case Refused(var limit, int allowed) ->
                    new NoBounce("the message breaks the limit " + limit + " of " + allowed);
        };
    }

    /// Reads a message.
    public static BounceReading read(MimePart message) {
        var inner = wrapped(message);
        if (inner.isPresent()) {
            return read(inner.get());
        }
        var mail = ReturnedMail.of(message);
        var reported = reported(mail);
        if (reported.isEmpty()) {
            reported = SesNotification.recipients(mail.notice().text());
        }
        if (!reported.isEmpty()) {
            return new Bounce(reported, mail.originalMessageId());
        }
        if (mail.isDispositionNotification()) {
            return new AutoReply("disposition");
        }
        if (Signs.ofMailSystem(message, mail)) {
            var told = told(mail);
            if (!told.isEmpty()) {
                return new Bounce(told, mail.originalMessageId());
            }
        }
        return Signs.ofAutoReply(message.head())
                .<BounceReading>map(AutoReply::new)
                .orElseGet(() -> new NoBounce("no delivery status, and no notice of a failure"));
    }

    /// A report inside the mail of a gateway that wraps whatever passes it. How deep that goes is bounded by the depth of
    /// MIME.
    private static Optional<MimePart> wrapped(MimePart message) {
        if (!message.mediaType().is("multipart", "mixed")) {
            return Optional.empty();
        }
        for (var part : message.parts()) {
            if (part.message().orElse(null) instanceof Read(var inner) && isReport(inner)) {
                return Optional.of(inner);
            }
        }
        return Optional.empty();
    }

    static boolean isReport(MimePart message) {
        return message.mediaType().is("multipart", "report")
                && message.mediaType()
                        .parameter("report-type")
                        .filter(type -> type.equalsIgnoreCase("delivery-status"))
                        .isPresent();
    }

    // ---- RFC 3464

    private static List<Recipient> reported(ReturnedMail mail) {
        var recipients = new ArrayList<Recipient>();
        for (var status : mail.deliveryStatuses()) {
            var groups = DeliveryStatus.groups(status.content());
            for (var group : groups) {
                recipients.add(recipient(group, groups.size(), mail));
            }
        }
        return recipients;
    }

    private static Recipient recipient(DeliveryStatus.Group group, int count, ReturnedMail mail) {
        var address = group.address();
        String words = mail.notice().text();
        if (count > 1) {
            words = address.map(a -> mail.wordsAbout(a)).orElse("");
        }
        var diagnosis = Diagnosis.of(group.diagnostic(), group.status(), words);
        return new Recipient(
                address,
                verdict(group.action(), group.status(), diagnosis),
                diagnosis.reason(),
                diagnosis.status(),
                diagnosis.replyCode(),
                group.diagnostic());
    }

    private static Verdict verdict(
            String action, Optional<EnhancedStatus> told, Diagnosis diagnosis) {
        boolean success = told.filter(s -> s.statusClass() == 2).isPresent();
        return switch (action) {
            case "delivered", "relayed", "expanded" -> Verdict.DELIVERED;
            case "delayed" -> Verdict.DELAYED;
            case "failed" -> diagnosis.verdict();
            default -> success ? Verdict.DELIVERED : diagnosis.verdict();
        };
    }

    // ---- everything else

    private static List<Recipient> told(ReturnedMail mail) {
        var groups = DeliveryStatus.groups(mail.notice().text().getBytes(UTF_8));
        if (!groups.isEmpty()) {
            return groups.stream().map(group -> recipient(group, groups.size(), mail)).toList();
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (String address : mail.failedRecipientsField()) {
            words.put(address, mail.wordsAbout(address));
        }
        if (words.isEmpty()) {
            words.putAll(mail.notice().recipients(mail.noticeParties(), mail.authors()));
        }
        var recipients = new ArrayList<Recipient>();
        words.forEach(
                (address, text) -> recipients.add(recipient(Optional.of(address), text, mail)));
        if (recipients.isEmpty()) {
            recipients.add(recipient(Optional.empty(), mail.notice().text(), mail));
        }
        return recipients;
    }

    private static Recipient recipient(Optional<String> address, String text, ReturnedMail mail) {
        var diagnosis =
                Diagnosis.of(
                        text,
                        Optional.empty(),
                        Signs.subject(mail.head()) + "\n" + mail.notice().text());
        var verdict = mail.isWarning() ? Verdict.DELAYED : diagnosis.verdict();
        return new Recipient(
                address,
                verdict,
                diagnosis.reason(),
                diagnosis.status(),
                diagnosis.replyCode(),
                text);
    }
}
