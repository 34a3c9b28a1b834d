package tayori.arf;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.arf.ArfReading.NoReport;
import tayori.arf.ArfReport.Form;
import tayori.message.AddressList;
import tayori.message.HeaderField;
import tayori.message.MessageHead;
import tayori.message.ReceivedFrom;
import tayori.mime.FieldBlock;
import tayori.mime.MailDate;
import tayori.mime.MimeLimits;
import tayori.mime.MimePart;
import tayori.mime.MimeReader;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;

/// Reads complaints (RFC 5965).
///
/// A message with a part `message/feedback-report` is one, whatever its own type says: providers forget the
/// `report-type`. Two further forms that no document describes are known by their own marks, see [Form]. What a sparse
/// report leaves out is inferred from the message it quotes, and marked so.
public final class ArfReader {
    /// Most values that are taken of one field that may be repeated; the rest is ignored. RFC 5965 §3.2 sets none.
    static final int MAX_VALUES = 100;

    private ArfReader() {}

    /// Reads a report from its octets.
    public static ArfReading read(byte[] octets) {
        return switch (MimeReader.read(octets, MimeLimits.DEFAULTS)) {
            case Read(var message) -> read(message);
            case Refused(var limit, int allowed) ->
                    new NoReport("the message breaks the limit " + limit + " of " + allowed);
        };
    }

    /// Reads a report from a message.
    public static ArfReading read(MimePart message) {
        for (var part : message.parts()) {
            if (part.mediaType().is("message", "feedback-report")) {
                return standard(part.contentAsFields(), original(message));
            }
        }
        var original = original(message);
        if (isJmrp(message, original)) {
            return jmrp(original);
        }
        if (message.head().has("X-Apple-Unsubscribe")) {
            return apple(message.head());
        }
        return new NoReport("no part message/feedback-report, and no mark of another known form");
    }

    /// Head of the quoted message: the first part that quotes one.
    private static FieldBlock original(MimePart message) {
        for (var part : message.parts()) {
            var type = part.mediaType();
            if (type.is("message", "rfc822")
                    || type.is("message", "global")
                    || type.is("text", "rfc822-headers")
                    || type.is("text", "rfc822-header")
                    || type.is("message", "global-headers")) {
                return part.contentAsFields();
            }
        }
        return FieldBlock.EMPTY;
    }

    // ---- RFC 5965

    private static ArfReport standard(FieldBlock fields, FieldBlock original) {
        var type = fields.first("Feedback-Type").map(FeedbackType::of).map(Reported::reported);
        return new ArfReport(
                Form.STANDARD,
                type.orElseGet(() -> Reported.inferred(FeedbackType.ABUSE)),
                fields.first("User-Agent"),
                fields.first("Version").map(ArfReader::number).orElse(OptionalInt.empty()),
                mailFrom(fields, original),
                recipients(fields, original),
                arrivalDate(fields, original),
                sourceIp(fields, original),
                fields.first("Source-Port").map(ArfReader::number).orElse(OptionalInt.empty()),
                incidents(fields),
                domains(fields, original),
                texts(fields, "Reported-URI"),
                texts(fields, "Authentication-Results"),
                fields.first("Reporting-MTA"),
                fields.first("Original-Envelope-Id"),
                failure(fields, type),
                original);
    }

    private static int incidents(FieldBlock fields) {
        var told = fields.first("Incidents").map(ArfReader::number).orElse(OptionalInt.empty());
        return Math.max(1, told.orElse(1));
    }

    private static Optional<AuthenticationFailure> failure(
            FieldBlock fields, Optional<Reported<FeedbackType>> type) {
        if (type.isEmpty() || type.get().value() != FeedbackType.AUTH_FAILURE) {
            return Optional.empty();
        }
        return Optional.of(
                new AuthenticationFailure(
                        fields.first("Auth-Failure").map(ArfReader::keyword).orElse(""),
                        fields.first("Delivery-Result").map(ArfReader::keyword),
                        words(fields.first("Identity-Alignment").orElse("")),
                        fields.first("DKIM-Domain"),
                        fields.first("DKIM-Identity"),
                        fields.first("DKIM-Selector"),
                        texts(fields, "SPF-DNS")));
    }

    private static Optional<Reported<String>> mailFrom(FieldBlock fields, FieldBlock original) {
        return fields.first("Original-Mail-From")
                .map(value -> Reported.reported(address(value)))
                .or(() ->
                        original.first("Return-Path")
                                .map(value -> Reported.inferred(address(value))));
    }

    private static List<Reported<String>> recipients(FieldBlock fields, FieldBlock original) {
        var told = texts(fields, "Original-Rcpt-To");
        if (!told.isEmpty()) {
            var recipients = new ArrayList<Reported<String>>(told.size());
            for (String value : told) {
                recipients.add(Reported.reported(address(value)));
            }
            return recipients;
        }
        return inferredRecipient(original).map(List::of).orElse(List.of());
    }

    /// Where mail systems write the recipient for whom they delivered; then `To`, where one address stands there.
    private static final List<String> RECIPIENT_FIELDS =
            List.of(
                    "X-HmXmrOriginalRecipient",
                    "Delivered-To",
                    "X-Original-To",
                    "Envelope-To",
                    "X-Envelope-To",
                    "X-Apparently-To");

    private static Optional<Reported<String>> inferredRecipient(FieldBlock original) {
        for (String name : RECIPIENT_FIELDS) {
            var value = original.first(name).map(ArfReader::address).filter(a -> !a.isEmpty());
            if (value.isPresent()) {
                return value.map(Reported::inferred);
            }
        }
        return original.first("To")
                .map(to -> AddressList.parse(to).mailboxes())
                .filter(mailboxes -> mailboxes.size() == 1)
                .map(mailboxes -> Reported.inferred(mailboxes.getFirst().toString()));
    }

    private static Optional<Reported<Instant>> arrivalDate(FieldBlock fields, FieldBlock original) {
        return fields.first("Arrival-Date")
                .or(() -> fields.first("Received-Date")) // of drafts before RFC 5965
                .flatMap(MailDate::parse)
                .map(Reported::reported)
                .or(() ->
                        original.first("Received")
                                .flatMap(r -> MailDate.parse(r.substring(r.lastIndexOf(';') + 1)))
                                .map(Reported::inferred));
    }

    private static Optional<Reported<InetAddress>> sourceIp(
            FieldBlock fields, FieldBlock original) {
        return fields.first("Source-IP")
                .flatMap(ArfReader::literal)
                .map(Reported::reported)
                .or(() -> topmostClient(original).map(Reported::inferred));
    }

    private static Optional<InetAddress> topmostClient(FieldBlock original) {
        return original.first("Received")
                .map(value -> new MessageHead(List.of(HeaderField.of("Received", value))))
                .flatMap(ReceivedFrom::topmost)
                .map(ReceivedFrom::client);
    }

    private static List<Reported<String>> domains(FieldBlock fields, FieldBlock original) {
        var told = texts(fields, "Reported-Domain");
        if (!told.isEmpty()) {
            var domains = new ArrayList<Reported<String>>(told.size());
            for (String value : told) {
                domains.add(Reported.reported(value));
            }
            return domains;
        }
        return original.first("From").stream()
                .flatMap(from -> AddressList.parse(from).mailboxes().stream())
                .limit(1)
                .map(author -> Reported.inferred(author.domain()))
                .toList();
    }

    // ---- other forms

    /// Microsoft puts the recipient into the message itself, above everything its sender wrote.
    private static boolean isJmrp(MimePart message, FieldBlock original) {
        return message.mediaType().isMultipart()
                && original.size() > 0
                && original.isNamed(0, "X-HmXmrOriginalRecipient");
    }

    private static ArfReport jmrp(FieldBlock original) {
        var recipient = address(original.value(0));
        return unwritten(
                Form.MICROSOFT_JMRP,
                FeedbackType.ABUSE,
                List.of(Reported.reported(recipient)),
                original);
    }

    /// The mail is the report: the reader is its author.
    private static ArfReport apple(FieldBlock head) {
        var readers =
                head.first("From").stream()
                        .flatMap(from -> AddressList.parse(from).mailboxes().stream())
                        .limit(1)
                        .map(reader -> Reported.reported(reader.toString()))
                        .toList();
        return unwritten(Form.APPLE_UNSUBSCRIBE, FeedbackType.OPT_OUT, readers, FieldBlock.EMPTY);
    }

    /// A report that has no fields of its own: all but the recipients is inferred.
    private static ArfReport unwritten(
            Form form, FeedbackType type, List<Reported<String>> recipients, FieldBlock original) {
        return new ArfReport(
                form,
                Reported.inferred(type),
                Optional.empty(),
                OptionalInt.empty(),
                mailFrom(FieldBlock.EMPTY, original),
                recipients,
                arrivalDate(FieldBlock.EMPTY, original),
                sourceIp(FieldBlock.EMPTY, original),
                OptionalInt.empty(),
                1,
                domains(FieldBlock.EMPTY, original),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                original);
    }

    // ---- values

    private static List<String> texts(FieldBlock fields, String name) {
        var values = fields.all(name);
        return values.size() <= MAX_VALUES ? values : values.subList(0, MAX_VALUES);
    }

    /// What stands between the first `<` and `>`; without them the first word.
    private static String address(String value) {
        int open = value.indexOf('<');
        int close = value.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            return value.substring(open + 1, close).strip();
        }
        return firstWord(value);
    }

    private static String firstWord(String value) {
        String text = value.strip();
        int end = 0;
        while (end < text.length() && text.charAt(end) > ' ' && !isSeparator(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean isSeparator(char c) {
        return c == ';' || c == ',';
    }

    private static String keyword(String value) {
        return firstWord(value).toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String value) {
        var words = new ArrayList<String>(2);
        for (String word : value.toLowerCase(Locale.ROOT).split(",", MAX_VALUES)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /// `1.0` is version 1: reports say so.
    private static OptionalInt number(String value) {
        int end = 0;
        int number = 0;
        while (end < value.length() && end < 9 && Character.digit(value.charAt(end), 10) >= 0) {
            number = 10 * number + Character.digit(value.charAt(end), 10);
            end++;
        }
        return end == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// An address of the Internet, in brackets or not, perhaps with a host name behind it.
    private static Optional<InetAddress> literal(String value) {
        String text = firstWord(value);
        if (text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
        }
        boolean ip6 = text.indexOf(':') >= 0;
        boolean plain = text.indexOf('%') < 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            dots += text.charAt(i) == '.' ? 1 : 0;
        }
        if (text.isEmpty() || !plain || (!ip6 && dots != 3)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
