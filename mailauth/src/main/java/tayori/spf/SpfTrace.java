package tayori.spf;

/// Hears the steps of a check, in the order they happen, on the thread that runs it.
@FunctionalInterface
public interface SpfTrace {
    /// Nobody listens; the check makes no steps at all.
    SpfTrace NONE = _ -> {};

    void step(SpfStep step);
}
