package tayori.xarf;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tayori.xarf.XarfReading.Invalid;
import tayori.xarf.XarfReport.Contact;
import tayori.xarf.XarfReport.Evidence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads XARF.
///
/// Version 4 is held to what its schemas require, for the types this reader knows ([RequiredMembers]); unknown members
/// and types are let through, as the core schema does. Version 3 has more spellings than its schema, among them those
/// of its own samples; they are read, too.
public final class XarfReader {
    /// Most octets of a report. Evidence may have 50 pieces of 5 MiB by the schema; ours is what a mail can bring.
    static final int MAX_OCTETS = 16 << 20;

    /// Deepest nesting. The schemas need 5.
    static final int MAX_DEPTH = 32;

    /// Longest number. Unit: digits.
    static final int MAX_NUMBER_DIGITS = 50;

    /// Most pieces of evidence (core schema, `maxItems`).
    static final int MAX_EVIDENCE = 50;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .maxStringLength(MAX_OCTETS)
                                            .maxNumberLength(MAX_NUMBER_DIGITS)
                                            .build())
                            .build());

    /// Says what is missing; never leaves this class.
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String what) {
            super(what, null, false, false);
        }
    }

    private XarfReader() {}

    /// Reads one report.
    public static XarfReading read(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            return new Invalid("more than " + MAX_OCTETS + " octets");
        }
        try {
            var json = JSON.readTree(octets);
            if (json == null || !json.isObject()) {
                return new Invalid("no JSON object");
            }
            if (json.has("xarf_version")) {
                return version4(json);
            }
            return json.has("Version") ? version3(json) : new Invalid("no xarf_version");
        } catch (JacksonException e) {
            return new Invalid("no JSON: " + e.getClass().getSimpleName());
        } catch (Missing e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }

    // ---- version 4

    private static XarfReading version4(JsonNode json) throws Missing {
        String version = text(json, "xarf_version");
        if (!version.startsWith("4.")) {
            throw new Missing("xarf_version is not 4");
        }
        String category = text(json, "category");
        String type = text(json, "type");
        var missing = RequiredMembers.missing(json, category, type);
        if (missing.isPresent()) {
            throw new Missing(missing.get());
        }
        return new XarfReport(
                version,
                text(json, "report_id"),
                time(json, "timestamp"),
                contact(json, "reporter"),
                contact(json, "sender"),
                text(json, "source_identifier"),
                port(json, "source_port"),
                category,
                type,
                optional(json, "evidence_source"),
                optional(json, "protocol"),
                optional(json, "smtp_from"),
                optional(json, "smtp_to"),
                optional(json, "subject"),
                optional(json, "message_id"),
                evidence(json.path("evidence"), "content_type", "description", "payload"));
    }

    private static Contact contact(JsonNode json, String member) throws Missing {
        var contact = json.path(member);
        if (!contact.isObject()) {
            throw new Missing(member + " is missing");
        }
        return new Contact(text(contact, "org"), text(contact, "contact"), text(contact, "domain"));
    }

    // ---- version 3

    private static XarfReading version3(JsonNode json) throws Missing {
        String version = json.path("Version").asString("");
        if (!version.equals("3") && !version.startsWith("3.")) {
            throw new Missing("Version is not 3");
        }
        var info = json.path("ReporterInfo");
        var report = json.path("Report");
        if (!info.isObject() || !report.isObject()) {
            throw new Missing("ReporterInfo or Report is missing");
        }
        var reporter =
                new Contact(
                        text(info, "ReporterOrg"),
                        text(info, "ReporterOrgEmail"),
                        optional(info, "ReporterOrgDomain").orElse(""));
        var source = report.path("Source");
        var more = report.path("AdditionalInfo");
        return new XarfReport(
                version,
                "",
                time(report, "Date"),
                reporter,
                reporter,
                first(source, "IP", "URL", "Domain")
                        .or(() -> first(report, "SourceIp", "Url"))
                        .orElse(""),
                source.has("Port") ? port(source, "Port") : port(report, "SourcePort"),
                text(report, "ReportClass").toLowerCase(Locale.ROOT),
                text(report, "ReportType").toLowerCase(Locale.ROOT),
                first(more, "DetectionMethod"),
                first(more, "Protocol").or(() -> first(report, "Protocol")),
                first(more, "SMTPFrom").or(() -> first(report, "SmtpMailFromAddress")),
                first(more, "SMTPTo").or(() -> first(report, "SmtpRcptToAddress")),
                first(more, "Subject").or(() -> first(report, "SmtpMessageSubject")),
                first(more, "MessageID", "MessageId"),
                report.has("Attachment")
                        ? evidence(report.path("Attachment"), "ContentType", "Description", "Data")
                        : evidence(
                                report.path("Samples"), "ContentType", "Description", "Payload"));
    }

    // ---- members

    private static String text(JsonNode json, String member) throws Missing {
        return optional(json, member)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Missing(member + " is missing or no text"));
    }

    private static Optional<String> optional(JsonNode json, String member) {
        var value = json.path(member);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static Optional<String> first(JsonNode json, String... members) {
        for (String member : members) {
            var value = optional(json, member);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static OptionalInt port(JsonNode json, String member) {
        int port = json.path(member).asInt(0);
        return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    private static Instant time(JsonNode json, String member) throws Missing {
        try {
            return OffsetDateTime.parse(text(json, member)).toInstant();
        } catch (DateTimeException e) {
            throw new Missing(member + " is no time by RFC 3339");
        }
    }

    private static List<Evidence> evidence(
            JsonNode items, String contentType, String description, String payload) throws Missing {
        if (items.size() > MAX_EVIDENCE) {
            throw new Missing("more than " + MAX_EVIDENCE + " pieces of evidence");
        }
        var evidence = new ArrayList<Evidence>();
        for (var item : items) {
            evidence.add(
                    new Evidence(
                            text(item, contentType),
                            optional(item, description).orElse(""),
                            text(item, payload)));
        }
        return evidence;
    }
}
