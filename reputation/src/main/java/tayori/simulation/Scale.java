package tayori.simulation;

/// How much of the world is drawn.
enum Scale {
    FULL,
    /// All spam, but only a quarter of the senders who do nothing but honest mail.
    FEWER_HONEST,
    /// A twentieth of the senders, four of a kind at least: enough to see that everything works, too few to conclude anything.
    SMALL;

    /// How many of a kind.
    int of(SenderKind kind) {
        return switch (this) {
            case FULL -> kind.count();
            case FEWER_HONEST ->
                    kind.spam().isPresent() ? kind.count() : Math.max(15, kind.count() / 4);
            case SMALL -> Math.max(4, kind.count() / 20);
        };
    }
}
