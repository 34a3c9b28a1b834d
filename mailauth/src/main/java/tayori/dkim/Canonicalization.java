package tayori.dkim;

import java.util.Optional;

/// How much change on the way a signature forgives: the two algorithms of RFC 6376 §3.4.
///
/// One is chosen for the header ([SignedInput]), one for the body ([BodyHasher]).
public enum Canonicalization {
    /// Next to none. RFC 6376 §3.4.1, §3.4.3.
    SIMPLE("simple"),
    /// White space may change. RFC 6376 §3.4.2, §3.4.4.
    RELAXED("relaxed");

    /// What `c=` asks for. RFC 6376 §3.5.
    public record Pair(Canonicalization header, Canonicalization body) {
        /// Without `c=`.
        public static final Pair SIMPLE_SIMPLE = new Pair(SIMPLE, SIMPLE);

        /// What we sign with unless told otherwise.
        public static final Pair RELAXED_RELAXED = new Pair(RELAXED, RELAXED);

        /// Reads a `c=` value; the body is `simple` where only one is named.
        public static Optional<Pair> parse(String text) {
            int slash = text.indexOf('/');
            var header = Canonicalization.parse(slash < 0 ? text : text.substring(0, slash));
            var body =
                    slash < 0
                            ? Optional.of(SIMPLE)
                            : Canonicalization.parse(text.substring(slash + 1));
            return header.flatMap(first -> body.map(second -> new Pair(first, second)));
        }

        /// `relaxed/simple` and the like, as `c=` has it.
        @Override
        public String toString() {
            return header.tag + "/" + body.tag;
        }
    }

    private final String tag;

    Canonicalization(String tag) {
        this.tag = tag;
    }

    /// The name in `c=`.
    public String tag() {
        return tag;
    }

    /// Reads one of the two names; case does not count.
    public static Optional<Canonicalization> parse(String text) {
        for (var canonicalization : values()) {
            if (canonicalization.tag.equalsIgnoreCase(text)) {
                return Optional.of(canonicalization);
            }
        }
        return Optional.empty();
    }
}
