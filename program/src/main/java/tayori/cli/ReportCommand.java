package tayori.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tayori.arf.ArfReport;
import tayori.arf.AuthenticationFailure;
import tayori.arf.Reported;
import tayori.bounce.BounceReading.Bounce;
import tayori.bounce.BounceReading.Recipient;
import tayori.mime.MimeLimits;
import tayori.report.Report;
import tayori.report.ReportReader;
import tayori.xarf.XarfReport;

/// Reports that came in: complaints, bounces, abuse reports.
@Command(
        name = "report",
        description = "Reads complaints, bounces and other reports.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class ReportCommand implements Callable<ExitCode> {
    private final Terminal terminal;

    @Spec @Nullable CommandSpec spec;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        if (spec == null) {
            throw new IllegalStateException("picocli hands in the command's own description");
        }
        throw new ParameterException(spec.commandLine(), "report: say which: read");
    }

    @Command(
            name = "read",
            description = {
                "Says what each report is and what it says: ARF, CFBL, XARF, bounces, automatic replies.",
                "What was inferred from the mail complained of is marked. DMARC and TLS reports are only recognised."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Ends with 0 when each was recognised, 1 when one was not, 66 when a file cannot be read.",
                "Example: tayori report read ~/Maildir/.fbl --json"
            })
    ExitCode read(
            @Option(names = "--json", description = "Answer as JSON, a line each.") boolean json,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description =
                                    "A mail, an mbox, a Maildir, a folder, a JSON report; - is standard input.")
                    List<String> files) {
        var visitor = new Reader(json);
        try (var progress = new Progress(terminal, 0)) {
            new MailFiles(files, terminal.in()).visit(progress, visitor);
        }
        if (visitor.unreadable) {
            return ExitCode.NO_INPUT;
        }
        return visitor.unknown ? ExitCode.FINDING : ExitCode.OK;
    }

    private final class Reader implements MailFiles.Visitor {
        private final boolean json;
        private boolean unknown;
        private boolean unreadable;

        Reader(boolean json) {
            this.json = json;
        }

        @Override
        public void mail(String name, InputStream in) throws IOException {
            var report = ReportReader.read(in.readNBytes(MimeLimits.DEFAULT_MAX_OCTETS + 1));
            unknown |= report instanceof Report.Unknown;
            if (json) {
                terminal.out().println(toJson(name, report));
            } else {
                var shown = Shown.on(terminal);
                terminal.out()
                        .println(
                                shown.in(Shown.Colour.BOLD, name)
                                        + ": "
                                        + Shown.safe(kind(report)));
                lines(report).forEach(line -> terminal.out().println("  " + Shown.safe(line)));
            }
        }

        @Override
        public void unreadable(String name, String why) {
            unreadable = true;
            terminal.err().println("report: " + Shown.safe(name) + ": " + why);
        }
    }

    private static String kind(Report report) {
        return switch (report) {
            case Report.Arf _ -> "arf";
            case Report.Cfbl _ -> "cfbl";
            case Report.Xarf _ -> "xarf";
            case Report.Bounced _ -> "bounce";
            case Report.AutoReplied _ -> "auto-reply";
            case Report.DmarcAggregate _ -> "dmarc-aggregate";
            case Report.Tls _ -> "tls";
            case Report.Unknown _ -> "unknown";
        };
    }

    // ---- for programs

    private static JsonObject toJson(String file, Report report) {
        var json = new JsonObject().put("file", file).put("kind", kind(report));
        json.put(
                "reason",
                switch (report) {
                    case Report.Unknown(var reason) -> reason;
                    case Report.AutoReplied(var reply) -> reply.kind();
                    default -> null;
                });
        json.put("arf", arfOf(report).map(ReportCommand::arf).orElse(null));
        json.put("xarf", report instanceof Report.Xarf(var xarf) ? xarf(xarf) : null);
        json.put("bounce", report instanceof Report.Bounced(var bounce) ? bounce(bounce) : null);
        return json;
    }

    private static Optional<ArfReport> arfOf(Report report) {
        return switch (report) {
            case Report.Arf(var arf) -> Optional.of(arf);
            case Report.Cfbl(var arf, _) -> Optional.of(arf);
            default -> Optional.empty();
        };
    }

    private static JsonObject arf(ArfReport report) {
        return new JsonObject()
                .put("form", lower(report.form()))
                .put("type", value(report.type(), type -> type.word()))
                .put("complaint", report.type().value().isComplaint())
                .put("userAgent", report.userAgent())
                .put("mailFrom", optional(report.originalMailFrom(), from -> from))
                .put("recipients", values(report.originalRecipients()))
                .put("arrivalDate", optional(report.arrivalDate(), Object::toString))
                .put("sourceIp", optional(report.sourceIp(), ip -> ip.getHostAddress()))
                .put("incidents", report.incidents())
                .put("reportedDomains", values(report.reportedDomains()))
                .put("authFailure", report.failure().map(AuthenticationFailure::kind))
                .put("messageId", report.originalMessageId())
                .put("feedbackId", report.feedbackId());
    }

    private static <T> JsonObject value(
            Reported<T> reported, java.util.function.Function<T, String> text) {
        return new JsonObject()
                .put("value", text.apply(reported.value()))
                .put("inferred", reported.isInferred());
    }

    private static <T> @Nullable JsonObject optional(
            Optional<Reported<T>> reported, java.util.function.Function<T, String> text) {
        return reported.isPresent() ? value(reported.get(), text) : null;
    }

    private static List<JsonObject> values(List<Reported<String>> reported) {
        var values = new ArrayList<JsonObject>();
        reported.forEach(one -> values.add(value(one, text -> text)));
        return values;
    }

    private static JsonObject xarf(XarfReport report) {
        return new JsonObject()
                .put("version", report.version())
                .put("category", report.category())
                .put("type", report.type())
                .put("time", report.timestamp().toString())
                .put("reporter", report.reporter().organization())
                .put("source", report.sourceIdentifier())
                .put("messageId", report.messageId())
                .put("evidence", report.evidence().size());
    }

    private static JsonObject bounce(Bounce bounce) {
        var recipients = new ArrayList<JsonObject>();
        for (Recipient recipient : bounce.recipients()) {
            recipients.add(
                    new JsonObject()
                            .put("address", recipient.address())
                            .put("verdict", lower(recipient.verdict()))
                            .put("reason", lower(recipient.reason()))
                            .put("status", recipient.status())
                            .put(
                                    "replyCode",
                                    recipient.replyCode().isPresent()
                                            ? recipient.replyCode().getAsInt()
                                            : null));
        }
        return new JsonObject()
                .put("recipients", recipients)
                .put("messageId", bounce.originalMessageId());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // ---- for people

    private static List<String> lines(Report report) {
        var lines = new ArrayList<String>();
        arfOf(report)
                .ifPresent(arf -> {
                    lines.add("type: " + marked(arf.type(), arf.type().value().word()));
                    arf.originalRecipients()
                            .forEach(r -> lines.add("recipient: " + marked(r, r.value())));
                    arf.originalMailFrom()
                            .ifPresent(from -> lines.add("sender: " + marked(from, from.value())));
                    arf.sourceIp()
                            .ifPresent(ip ->
                                    lines.add(
                                            "client: " + marked(ip, ip.value().getHostAddress())));
                    arf.arrivalDate()
                            .ifPresent(date -> lines.add("arrived: " + marked(date, date.value())));
                    arf.reportedDomains()
                            .forEach(d -> lines.add("domain: " + marked(d, d.value())));
                    arf.failure().ifPresent(failure -> lines.add("failed: " + failure.kind()));
                    arf.originalMessageId().ifPresent(id -> lines.add("message: " + id));
                    arf.feedbackId().ifPresent(id -> lines.add("feedback id: " + id));
                });
        switch (report) {
            case Report.Xarf(var xarf) -> {
                lines.add("type: " + xarf.category() + "/" + xarf.type());
                lines.add("reporter: " + xarf.reporter().organization());
                lines.add("source: " + xarf.sourceIdentifier());
            }
            case Report.Bounced(var bounce) ->
                    bounce.recipients()
                            .forEach(r -> lines.add(r.address().orElse("(no address)") + ": " + r));
            case Report.AutoReplied(var reply) -> lines.add(reply.kind());
            case Report.Unknown(var reason) -> lines.add(reason);
            default -> {}
        }
        return lines;
    }

    private static String marked(Reported<?> reported, Object value) {
        return value + (reported.isInferred() ? " (inferred)" : "");
    }
}
