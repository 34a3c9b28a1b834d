package tayori.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What must be remembered from one score to the next, so that a sender leaves the list only after staying good for a
/// while. Stored beside the [IdentityState].
///
/// @param listedSince when it came on the list; nothing while it is not on it
/// @param goodSince since when the rate has been low enough to leave; nothing while it is not
public record ListingMemory(Optional<Instant> listedSince, Optional<Instant> goodSince) {
    /// Not listed.
    public static final ListingMemory NONE = new ListingMemory(Optional.empty(), Optional.empty());

    public boolean listed() {
        return listedSince.isPresent();
    }

    /// What holds after one more score.
    ///
    /// @param bad whether the rate is high enough to be listed, and enough people say so
    /// @param good whether it is low enough to leave
    ListingMemory after(boolean bad, boolean good, Duration leaveAfter, Instant now) {
        if (!listed()) {
            return bad ? new ListingMemory(Optional.of(now), Optional.empty()) : NONE;
        }
        if (!good) {
            return new ListingMemory(listedSince, Optional.empty());
        }
        Instant since = goodSince.orElse(now);
        return now.isBefore(since.plus(leaveAfter))
                ? new ListingMemory(listedSince, Optional.of(since))
                : NONE;
    }
}
