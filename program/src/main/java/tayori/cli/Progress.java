package tayori.cli;

/// A bar on one line, for a person who waits; nothing at all where nobody watches. Whatever else is printed goes through
/// [#aside], so that the bar is never in the way.
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String WIPE = "\r\u001b[K";

    private final Terminal terminal;
    private final long total;
    private long done;
    private long things;
    private long drawnAt = System.nanoTime();
    private boolean drawn;

    /// @param total octets to read; 0 where nobody knows
    Progress(Terminal terminal, long total) {
        this.terminal = terminal;
        this.total = total;
    }

    /// So many octets more have been read.
    synchronized void octets(long count) {
        done += count;
        drawIfDue();
    }

    /// One thing more is finished.
    synchronized void finished() {
        things++;
        drawIfDue();
    }

    /// Prints something while the bar is away.
    synchronized void aside(Runnable printing) {
        wipe();
        printing.run();
    }

    private void drawIfDue() {
        long now = System.nanoTime();
        if (!terminal.interactive() || now - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnAt = now;
        drawn = true;
        String bar = "";
        if (total > 0) {
            int filled = (int) (WIDTH * Math.min(done, total) / total);
            bar =
                    "["
                            + "#".repeat(filled)
                            + " ".repeat(WIDTH - filled)
                            + "] "
                            + 100 * Math.min(done, total) / total
                            + " %  ";
        }
        terminal.out().flush();
        terminal.err().print(WIPE + bar + things + " done");
        terminal.err().flush();
    }

    private void wipe() {
        if (drawn) {
            terminal.err().print(WIPE);
            terminal.err().flush();
            drawn = false;
        }
    }

    @Override
    public synchronized void close() {
        wipe();
    }
}
