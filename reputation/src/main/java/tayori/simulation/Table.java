package tayori.simulation;

import java.util.ArrayList;
import java.util.List;

/// A Markdown table. A row whose length differs from the title's is a bug.
final class Table {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    Table(List<String> titles) {
        columns = titles.size();
        row(titles);
        lines.add("|" + " --- |".repeat(columns));
    }

    void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells + " are not " + columns + " cells");
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
