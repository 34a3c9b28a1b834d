package tayori.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tayori.reputation.Explanation;
import tayori.reputation.Identity;
import tayori.reputation.IdentityState;
import tayori.reputation.Published;

/// What is known, for pages, exports and the command line. For any thread.
public interface ReputationReader extends Closeable {
    /// @return a copy; nothing where there was never evidence, or none for long
    Optional<IdentityState> state(Identity identity) throws IOException;

    /// Of every kind of identity with this subject, copies.
    List<IdentityState> statesOf(String subject) throws IOException;

    /// What holds of each of its identities at a moment, and why.
    List<Explanation> explain(String subject, Instant now) throws IOException;

    /// What was last published of it.
    Optional<Published> published(String subject) throws IOException;

    /// A page of what was published up to the last checkpoint, sorted by subject.
    ///
    /// @param afterSubject the last one of the page before; empty for the first page
    List<Published> list(PublishedFilter filter, String afterSubject, int limit) throws IOException;

    /// Hands out everything published up to the last checkpoint, in no order that may be relied on.
    ///
    /// @return how many
    long forEachPublished(Consumer<Published> consumer) throws IOException;
}
