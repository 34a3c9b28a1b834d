package tayori.dkim;

/// Writes a header field in lines of at most 78 columns (RFC 5322 §2.1.1), folding only where white space may stand.
final class FoldedText {
    /// Longest line without its CRLF, unless a single piece is longer. RFC 5322 §2.1.1.
    public static final int MAX_COLUMNS = 78;

    private final StringBuilder text = new StringBuilder(512);
    private int column;

    /// @param name the field's name; its colon and a space count as part of the first line
    public FoldedText(String name) {
        column = name.length() + 2;
    }

    /// Appends a piece that must not be broken, on a new line where it does not fit.
    ///
    /// @param gap what stands before it on the same line: a space or nothing
    public FoldedText piece(String gap, String piece) {
        if (column + gap.length() + piece.length() > MAX_COLUMNS && !text.isEmpty()) {
            fold();
        } else {
            text.append(gap);
            column += gap.length();
        }
        text.append(piece);
        column += piece.length();
        return this;
    }

    /// Appends a text that may be broken anywhere, such as base64.
    public FoldedText breakable(String characters) {
        int at = 0;
        while (at < characters.length()) {
            if (column >= MAX_COLUMNS) {
                fold();
            }
            int step = Math.min(characters.length() - at, MAX_COLUMNS - column);
            text.append(characters, at, at + step);
            column += step;
            at += step;
        }
        return this;
    }

    private void fold() {
        text.append("\r\n ");
        column = 1;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
