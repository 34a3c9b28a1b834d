package tayori.simulation;

/// How much of the world is drawn.
enum Scale {
    FULL,
    /// A tenth of the senders, five of a kind at least: enough to see that everything works, too few to conclude anything.
    SMALL;

    int of(int senders) {
        return switch (this) {
            case FULL -> senders;
            case SMALL -> Math.max(5, senders / 10);
        };
    }
}
