package tayori.arf;

/// A value, and how we know it: the two are never mixed.
///
/// @param source whether the reporter said so, or we drew it from the message complained of, which its sender wrote
public record Reported<T>(T value, Source source) {
    /// How a value is known.
    public enum Source {
        /// A field of the report says so.
        REPORTED,
        /// Drawn from the message complained of: as true as that message.
        INFERRED
    }

    static <T> Reported<T> reported(T value) {
        return new Reported<>(value, Source.REPORTED);
    }

    static <T> Reported<T> inferred(T value) {
        return new Reported<>(value, Source.INFERRED);
    }

    public boolean isInferred() {
        return source == Source.INFERRED;
    }

    /// How it is known, never what: the value may be a reader's address.
    @Override
    public String toString() {
        return source.name();
    }
}
