package tayori.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import tayori.config.LogConfig;
import tayori.demo.Demonstration;
import tayori.demo.Demonstration.Row;
import tayori.serve.Logging;
import tools.jackson.databind.json.JsonMapper;

/// Shows what Tayori does, on this machine alone.
@Command(
        name = "demo",
        description =
                "Starts a receiver with its own DNS on loopback, sends it mails of every kind through the milter socket, and "
                        + "shows what it found and what it would do with them.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<ExitCode> {
    private record Column(String title, Function<Row, String> value) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("message", Row::mail),
                    new Column("identity (From)", Row::identity),
                    new Column("SPF", Row::spf),
                    new Column("DKIM", Row::dkim),
                    new Column("DMARC", Row::dmarc),
                    new Column("ARC", Row::arc),
                    new Column("decision", Row::decision),
                    new Column("reason", Row::reason));

    private final Terminal terminal;

    @Option(names = "--json", description = "Answer as one JSON object.")
    boolean json;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        Logging.set(LogConfig.DEFAULTS);
        Demonstration.Show show;
        try {
            show = Demonstration.run();
        } catch (IOException e) {
            terminal.err()
                    .println(
                            "tayori: the demonstration needs sockets on 127.0.0.1: "
                                    + e.getMessage());
            return ExitCode.UNAVAILABLE;
        }
        if (json) {
            terminal.out().println(JsonMapper.builder().build().writeValueAsString(show));
        } else {
            print(show);
        }
        return ExitCode.OK;
    }

    private void print(Demonstration.Show show) {
        var out = terminal.out();
        out.println("Mail filter on " + show.milter() + ", DNS on " + show.dns() + ".");
        out.println();
        var widths = new int[COLUMNS.size()];
        for (int i = 0; i < widths.length; i++) {
            var column = COLUMNS.get(i);
            widths[i] = column.title().length();
            for (var row : show.rows()) {
                widths[i] = Math.max(widths[i], column.value().apply(row).length());
            }
        }
        line(widths, Column::title, "bold");
        for (var row : show.rows()) {
            line(widths, column -> column.value().apply(row), colour(row));
        }
        int removed = show.rows().stream().mapToInt(Row::removed).sum();
        out.println();
        out.println(
                show.rows().size()
                        + " mails, "
                        + show.questions()
                        + " questions to the DNS, "
                        + removed
                        + " forged header field"
                        + (removed == 1 ? "" : "s")
                        + " removed.");
        out.println(
                "Untouched, Tayori only labels: all of them were delivered, and the decision is what the rules advise.");
    }

    private static String colour(Row row) {
        return switch (row.decision()) {
            case "reject", "tempfail" -> "red";
            case "junk", "hold" -> "yellow";
            default -> row.dmarc().equals("pass") ? "green" : "";
        };
    }

    private void line(int[] widths, Function<Column, String> cell, String style) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cell.apply(COLUMNS.get(i));
            line.append(i == 0 ? "" : "  ").append(text);
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - text.length()));
            }
        }
        terminal.out()
                .println(
                        terminal.colours() && !style.isEmpty()
                                ? Ansi.ON.string("@|" + style + " " + line + "|@")
                                : line.toString());
    }
}
