package tayori.cli;

/// How words look on a terminal: in colour where it shows colours, and never with what a stranger could do to it.
///
/// @param colours whether colours are wanted
record Shown(boolean colours) {
    /// The colours that results have.
    enum Colour {
        GREEN("32"),
        YELLOW("33"),
        RED("31"),
        BOLD("1"),
        FAINT("2");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    static Shown on(Terminal terminal) {
        return new Shown(terminal.colours());
    }

    /// Text without control characters, in a colour. What strangers wrote into the DNS or a header must not move the
    /// cursor.
    String in(Colour colour, String text) {
        String safe = safe(text);
        return colours ? "\u001b[" + colour.code + "m" + safe + "\u001b[0m" : safe;
    }

    /// A result keyword of any method: green where somebody vouches, red where something is wrong.
    String result(String keyword) {
        return in(
                switch (keyword) {
                    case "pass" -> Colour.GREEN;
                    case "fail", "permerror" -> Colour.RED;
                    case "none", "skipped", "declined" -> Colour.FAINT;
                    default -> Colour.YELLOW;
                },
                keyword);
    }

    /// Text without control characters: each becomes `?`.
    static String safe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    /// The text and spaces up to a width.
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
