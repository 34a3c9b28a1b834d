package tayori.config;

/// What is written down.
public record LogConfig(
        @Doc("`text` for people, `json` for collectors: one object a line.") Format format,
        @Doc("Least grave entry written.") Level level,
        @Doc(
                        "One line for every mail: identities, results, decision and its reason; never content.")
                boolean mailLog) {
    public static final LogConfig DEFAULTS = new LogConfig(Format.TEXT, Level.INFO, true);

    /// How an entry is written.
    public enum Format {
        TEXT,
        JSON
    }

    /// How grave an entry is.
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
