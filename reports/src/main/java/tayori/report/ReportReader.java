package tayori.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;
import tayori.arf.ArfReader;
import tayori.arf.ArfReport;
import tayori.bounce.BounceReader;
import tayori.bounce.BounceReading;
import tayori.bounce.BounceReading.AutoReply;
import tayori.bounce.BounceReading.Bounce;
import tayori.bounce.BounceReading.NoBounce;
import tayori.cfbl.CfblAddress;
import tayori.cfbl.FeedbackId;
import tayori.mime.MediaType;
import tayori.mime.MimeLimits;
import tayori.mime.MimePart;
import tayori.mime.MimeReader;
import tayori.mime.MimeReading.Read;
import tayori.mime.MimeReading.Refused;
import tayori.xarf.XarfReader;
import tayori.xarf.XarfReading;
import tayori.xarf.XarfReport;

/// Tells reports apart and hands them to the room that reads them.
///
/// What names itself by its media type goes first; XARF before ARF, because a XARF mail also carries an ARF part for old
/// readers; bounces last, because they are known by words.
public final class ReportReader {
    /// How much of a file that is no mail is looked at for what it is. Unit: octets.
    static final int SNIFFED_OCTETS = 1_024;

    private ReportReader() {}

    /// Reads a mail, or what was attached to one.
    public static Report read(byte[] octets) {
        String beginning =
                new String(octets, 0, Math.min(octets.length, SNIFFED_OCTETS), ISO_8859_1).strip();
        if (beginning.startsWith("{")) {
            return json(octets, beginning);
        }
        if (beginning.startsWith("<") && beginning.contains("<feedback")) {
            return new Report.DmarcAggregate();
        }
        return switch (MimeReader.read(octets, MimeLimits.DEFAULTS)) {
            case Read(var message) -> read(message);
            case Refused(var limit, int allowed) ->
                    new Report.Unknown("the message breaks the limit " + limit + " of " + allowed);
        };
    }

    private static Report json(byte[] octets, String beginning) {
        return switch (XarfReader.read(octets)) {
            case XarfReport report -> new Report.Xarf(report);
            case XarfReading.Invalid(var reason) ->
                    // RFC 8460 §4.4: these two members come first in practice.
                    beginning.contains("\"organization-name\"")
                                    || beginning.contains("\"policies\"")
                            ? new Report.Tls()
                            : new Report.Unknown(reason);
        };
    }

    /// Reads a mail.
    public static Report read(MimePart message) {
        return byAttachment(message)
                .or(() -> complaint(message))
                .orElseGet(() -> bounce(BounceReader.read(message)));
    }

    private static Optional<Report> byAttachment(MimePart message) {
        boolean tls =
                message.mediaType()
                        .parameter("report-type")
                        .filter(type -> type.equalsIgnoreCase("tlsrpt"))
                        .isPresent();
        if (tls) {
            return Optional.of(new Report.Tls());
        }
        return leaf(message);
    }

    /// The first part that is a report by its type or name.
    private static Optional<Report> leaf(MimePart part) {
        for (var inner : part.parts()) {
            var found = leaf(inner);
            if (found.isPresent()) {
                return found;
            }
        }
        var type = part.mediaType();
        if (!type.type().equals("application")) {
            return Optional.empty();
        }
        if (type.subtype().startsWith("tlsrpt")) {
            return Optional.of(new Report.Tls());
        }
        if (isAggregate(part, type)) {
            return Optional.of(new Report.DmarcAggregate());
        }
        if (type.subtype().endsWith("json") || type.subtype().contains("xarf")) {
            return XarfReader.read(part.content()) instanceof XarfReport report
                    ? Optional.of(new Report.Xarf(report))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /// RFC 9990 §3.5.2 names the file: receiver, policy domain, begin and end, with exclamation marks between.
    private static boolean isAggregate(MimePart part, MediaType type) {
        String name =
                type.parameter("name")
                        .or(() ->
                                part.head()
                                        .first("Content-Disposition")
                                        .map(value -> "x/" + value)
                                        .flatMap(MediaType::parse)
                                        .flatMap(d -> d.parameter("filename")))
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        boolean named =
                name.chars().filter(c -> c == '!').count() >= 3
                        && (name.endsWith(".xml") || name.endsWith(".gz") || name.endsWith(".zip"));
        return named && !name.endsWith(".json.gz");
    }

    private static Optional<Report> complaint(MimePart message) {
        if (!(ArfReader.read(message) instanceof ArfReport report)) {
            return Optional.empty();
        }
        var head = report.originalHead();
        var id = report.feedbackId().flatMap(FeedbackId::read);
        boolean asked = id.isPresent() || head.has(CfblAddress.FIELD);
        return Optional.of(
                asked && report.type().value().isComplaint()
                        ? new Report.Cfbl(report, id)
                        : new Report.Arf(report));
    }

    private static Report bounce(BounceReading reading) {
        return switch (reading) {
            case Bounce bounce -> new Report.Bounced(bounce);
            case AutoReply reply -> new Report.AutoReplied(reply);
            case NoBounce(var reason) -> new Report.Unknown(reason);
        };
    }
}
