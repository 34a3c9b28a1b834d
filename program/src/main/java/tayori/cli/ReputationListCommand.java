package tayori.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tayori.api.ReputationAnswers.Listing;
import tayori.api.ReputationJson;
import tayori.reputation.Published;
import tayori.store.EngineAnswers;
import tayori.store.ReputationStore;

/// Tells of whom something is published.
@Command(
        name = "list",
        description = "Lists what is published, by name.",
        mixinStandardHelpOptions = true)
final class ReputationListCommand implements Callable<ExitCode> {
    private static final int PAGE = 1_000;

    private final Terminal terminal;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder in which the reputation is kept.")
    Path store = Path.of("");

    @ArgGroup @Nullable Choice choice;

    /// One of them.
    static final class Choice {
        @Option(names = "--listed", description = "Only bad senders.")
        boolean listed;

        @Option(names = "--white", description = "Only the whitelist.")
        boolean white;

        @Option(names = "--young", description = "Only domains too young for a score.")
        boolean young;
    }

    @Option(names = "--json", description = "Answer in JSON, a line each.")
    boolean json;

    ReputationListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        var shown = Shown.on(terminal);
        try (var reader = ReputationStore.read(store)) {
            each(
                    new EngineAnswers(reader, InstantSource.system(), () -> true),
                    listing(),
                    entry -> {
                        var tree = ReputationJson.of(entry);
                        terminal.out()
                                .println(
                                        json
                                                ? tree.toString()
                                                : "%-50s %5s %8s %,12d  %s"
                                                        .formatted(
                                                                Shown.safe(entry.subject()),
                                                                entry.score().isPresent()
                                                                        ? entry.score().getAsInt()
                                                                        : "–",
                                                                ReputationReport.percent(
                                                                        entry.rate()),
                                                                entry.messages(),
                                                                ReputationReport.verdict(
                                                                        tree, shown)));
                    });
            return ExitCode.OK;
        } catch (IOException e) {
            terminal.err().println("tayori: " + Shown.safe(String.valueOf(e.getMessage())));
            return ExitCode.NO_INPUT;
        }
    }

    private Listing listing() {
        var chosen = choice;
        if (chosen == null) {
            return Listing.ALL;
        }
        return chosen.listed ? Listing.LISTED : chosen.white ? Listing.WHITE : Listing.YOUNG;
    }

    /// Hands out every entry of a list, page by page.
    static void each(
            EngineAnswers answers, Listing listing, java.util.function.Consumer<Published> taker)
            throws IOException {
        String after = "";
        while (true) {
            var page = answers.list(listing, after, PAGE);
            page.forEach(taker);
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().subject();
        }
    }
}
