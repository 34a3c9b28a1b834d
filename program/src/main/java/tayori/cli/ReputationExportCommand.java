package tayori.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tayori.api.ReputationAnswers.Listing;
import tayori.api.ReputationJson;
import tayori.reputation.Evidence;
import tayori.reputation.Published;
import tayori.store.EngineAnswers;
import tayori.store.ReputationStore;

/// Writes what is published for other programs.
@Command(
        name = "export",
        description =
                "Writes what is published: as a zone for rbldnsd, as a table, or as JSON lines.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: tayori reputation export --format dnset --zone dbl --store DIR > dbl"
        })
final class ReputationExportCommand implements Callable<ExitCode> {
    /// How a file is written.
    enum Format {
        DNSET,
        CSV,
        JSON
    }

    /// The lists that are published as zones, with what their entries answer.
    enum Zone {
        /// The whitelist: 127.0.class.level.
        DWL {
            @Override
            Optional<String> address(Published published, long hour) {
                return published
                        .white()
                        .map(place -> "127.0." + place.senderClass().code() + "." + place.level());
            }
        },
        /// Bad senders: 127.0.1.why.
        DBL {
            @Override
            Optional<String> address(Published published, long hour) {
                return published.listed().map(why -> "127.0.1." + why.code());
            }
        },
        /// Domains first seen within a day: 127.0.2.hours, 2 to 24.
        NEW {
            @Override
            Optional<String> address(Published published, long hour) {
                long age = hour - published.firstSeenHour();
                return published.firstSeenHour() >= 0 && age >= 0 && age <= 24
                        ? Optional.of("127.0.2." + Math.max(2, age))
                        : Optional.empty();
            }
        },
        /// Scores: 127.0.4.score.
        REP {
            @Override
            Optional<String> address(Published published, long hour) {
                return published.score().isPresent()
                        ? Optional.of("127.0.4." + published.score().getAsInt())
                        : Optional.empty();
            }
        },
        /// No DMARC reports to these.
        SUP {
            @Override
            Optional<String> address(Published published, long hour) {
                return published.suppressReports() ? Optional.of("127.0.0.2") : Optional.empty();
            }
        };

        abstract Optional<String> address(Published published, long hour);
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
            description = "dwl, dbl (the default), new, rep or sup; for dnset.")
    Zone zone = Zone.DBL;

    ReputationExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        long hour = Evidence.hourOf(InstantSource.system().instant());
        int[] leftOut = {0};
        try (var reader = ReputationStore.read(store)) {
            if (format == Format.CSV) {
                terminal.out().println("subject,listed,white,score,rate,messages,volume_alarm");
            }
            ReputationListCommand.each(
                    new EngineAnswers(reader, InstantSource.system(), () -> true),
                    Listing.ALL,
                    entry -> {
                        if (format == Format.JSON) {
                            terminal.out().println(ReputationJson.of(entry));
                        } else if (format == Format.CSV) {
                            terminal.out().println(csv(entry));
                        } else if (!isName(entry.subject())) {
                            leftOut[0]++;
                        } else {
                            zone.address(entry, hour)
                                    .ifPresent(address ->
                                            terminal.out().println(dnset(entry, address)));
                        }
                    });
            if (leftOut[0] > 0) {
                terminal.err()
                        .println(
                                "tayori: " + leftOut[0] + " entries are no domain names, left out");
            }
            return ExitCode.OK;
        } catch (IOException e) {
            terminal.err().println("tayori: " + Shown.safe(String.valueOf(e.getMessage())));
            return ExitCode.NO_INPUT;
        }
    }

    /// `.name` lists the name and all below it (rbldnsd(8)).
    private static String dnset(Published entry, String address) {
        return (entry.withSubdomains() ? "." : "") + entry.subject() + " :" + address + ":";
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
