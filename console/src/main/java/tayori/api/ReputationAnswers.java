package tayori.api;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tayori.reputation.Explanation;
import tayori.reputation.Published;

/// What the interface answers from: an engine in this process, or its files.
public interface ReputationAnswers {
    /// What is published about a subject.
    Optional<Published> published(String subject) throws IOException;

    /// Everything that is known of a subject, for each of its identities; empty where nothing is.
    List<Explanation> explain(String subject) throws IOException;

    /// The published entries that stand on a list, by subject in the order of its characters.
    ///
    /// @param after the subject before the first one wanted; empty for the beginning
    /// @param limit at most so many
    List<Published> list(Listing listing, String after, int limit) throws IOException;

    /// Whether the answers are complete: everything stored has been read.
    boolean ready();

    /// The lists that can be asked for.
    enum Listing {
        /// Everything published.
        ALL,
        /// Bad senders.
        LISTED,
        WHITE,
        /// Too young for a score, with an allowance.
        YOUNG;

        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether an entry stands on it.
        public boolean holds(Published published) {
            return switch (this) {
                case ALL -> true;
                case LISTED -> published.listed().isPresent();
                case WHITE -> published.white().isPresent();
                case YOUNG -> published.allowance() >= 0;
            };
        }

        static Optional<Listing> of(String keyword) {
            for (var listing : values()) {
                if (listing.keyword().equals(keyword)) {
                    return Optional.of(listing);
                }
            }
            return Optional.empty();
        }
    }
}
