package tayori.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tayori.api.ReputationAnswers.Listing;
import tayori.api.ReputationJson;
import tayori.dns.DomainName;
import tayori.embedded.ReputationReader;
import tayori.nameserver.StartOfAuthority;
import tayori.nameserver.ZoneOptions;
import tayori.nameserver.Zones;
import tayori.psl.PublicSuffixList;
import tayori.publication.PublishedTable;
import tayori.reputation.Published;
import tayori.store.EngineAnswers;
import tayori.store.ReputationStore;
import tayori.transfer.DnsetExport;
import tayori.transfer.DnsetOptions;

/// Writes what is published for other programs.
@Command(
        name = "export",
        description =
                "Writes what is published: as a zone for rbldnsd, as a table, or as JSON lines.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: tayori reputation export --format dnset --zone dbl.rep.example.org --output dbl --store DIR"
        })
final class ReputationExportCommand implements Callable<ExitCode> {
    /// How a file is written.
    enum Format {
        DNSET,
        CSV,
        JSON
    }

    private final Terminal terminal;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder in which the reputation is kept.")
    Path store = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "dnset, csv (the default) or json.")
    Format format = Format.CSV;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "For dnset: the zone as it is published, such as dbl.rep.example.org; its first label says which list.")
    Optional<String> zone = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "For dnset: where it is written, whole or not at all.")
    Optional<Path> output = Optional.empty();

    @Option(
            names = "--name-server",
            paramLabel = "NAME",
            description =
                    "For dnset: a server that answers for the zone; ns below it, if not given.")
    Optional<String> nameServer = Optional.empty();

    ReputationExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        try (var reader = ReputationStore.read(store)) {
            return format == Format.DNSET ? writeZone(reader) : print(reader);
        } catch (IOException e) {
            terminal.err().println("tayori: " + Shown.safe(String.valueOf(e.getMessage())));
            return ExitCode.NO_INPUT;
        }
    }

    private ExitCode print(ReputationReader reader) throws IOException {
        if (format == Format.CSV) {
            terminal.out().println("subject,listed,white,score,rate,messages,volume_alarm");
        }
        ReputationListCommand.each(
                new EngineAnswers(reader, InstantSource.system(), () -> true),
                Listing.ALL,
                entry ->
                        terminal.out()
                                .println(
                                        format == Format.JSON
                                                ? ReputationJson.of(entry).toString()
                                                : csv(entry)));
        return ExitCode.OK;
    }

    /// The zone as our own name server hands it out, test entries included.
    private ExitCode writeZone(ReputationReader reader) throws IOException {
        var name = zone.flatMap(DomainName::parse);
        var apex = name.flatMap(DomainName::parent);
        if (output.isEmpty() || name.isEmpty() || apex.isEmpty()) {
            return usage("dnset needs --zone, such as dbl.rep.example.org, and --output");
        }
        var server =
                nameServer.isEmpty() ? name.get().below("ns") : DomainName.parse(nameServer.get());
        var contact = name.get().below("hostmaster");
        if (server.isEmpty() || contact.isEmpty()) {
            return usage("--name-server: expected a domain name");
        }
        var clock = InstantSource.system();
        var table = new PublishedTable(PublicSuffixList.bundled());
        reader.forEachPublished(table::put);
        var authority =
                new StartOfAuthority(
                        List.of(new StartOfAuthority.Host(server.get(), List.of())), contact.get());
        var source =
                new Zones(
                                apex.get(),
                                authority,
                                ZoneOptions.DEFAULTS,
                                table,
                                List.of(),
                                clock.instant().getEpochSecond())
                        .sources(clock).stream()
                                .filter(one -> one.apex().equals(name.get()))
                                .findFirst();
        if (source.isEmpty()) {
            return usage("--zone: expected one that begins with dwl, dbl, new, rep or sup");
        }
        var written =
                DnsetExport.write(
                        output.get(),
                        source.get().snapshot(),
                        DnsetOptions.DEFAULTS,
                        clock.instant());
        terminal.err()
                .println(
                        "tayori: %d entries, %d left out that such a file cannot say"
                                .formatted(written.entries(), written.leftOut()));
        return ExitCode.OK;
    }

    private ExitCode usage(String message) {
        terminal.err().println("tayori: " + message);
        return ExitCode.USAGE;
    }

    /// Letters, digits, hyphens: what else may stand in a name would be read as something else in such a file.
    private static boolean isName(String subject) {
        return subject.chars()
                .allMatch(c ->
                        (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '.'
                                || c == '_');
    }

    private static String csv(Published entry) {
        return String.join(
                ",",
                cell(entry.subject()),
                entry.listed().map(why -> why.words()).orElse(""),
                entry.white().map(place -> Integer.toString(place.level())).orElse(""),
                entry.score().isPresent() ? Integer.toString(entry.score().getAsInt()) : "",
                String.format(Locale.ROOT, "%.6f", entry.rate()),
                Long.toString(entry.messages()),
                Boolean.toString(entry.volumeAlarm()));
    }

    /// Quoted where it has to be (RFC 4180 §2), and never a formula to a spreadsheet.
    private static String cell(String text) {
        boolean plain =
                isName(text)
                        || text.chars()
                                .allMatch(c ->
                                        Character.isLetterOrDigit(c)
                                                || c == '.'
                                                || c == ':'
                                                || c == '/');
        return plain && !text.startsWith("-") ? text : "\"'" + text.replace("\"", "\"\"") + "\"";
    }
}
