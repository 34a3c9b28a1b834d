package tayori.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table in Markdown, its columns aligned for people: text to the left, numbers to the right.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    /// @throws IllegalArgumentException for another number of cells than there are titles
    void row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("not " + rows.getFirst().size() + " cells");
        }
        rows.add(List.of(cells));
    }

    /// A number to read: three significant digits below 100, whole above, thousands apart.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(row).get(i);
                String blanks = " ".repeat(widths[i] - cell.length());
                text.append("| ").append(isRight(i) ? blanks + cell : cell + blanks).append(' ');
            }
            text.append("|\n");
            if (row == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append(isRight(i) ? "|" : "|-").append("-".repeat(widths[i]));
                    text.append(isRight(i) ? "-:" : "-");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    /// A column of numbers: every cell below the title begins with a digit, a minus or a dash.
    private boolean isRight(int column) {
        return rows.size() > 1
                && rows.stream()
                        .skip(1)
                        .map(row -> row.get(column))
                        .allMatch(cell ->
                                !cell.isEmpty() && "0123456789-–".indexOf(cell.charAt(0)) >= 0);
    }
}
