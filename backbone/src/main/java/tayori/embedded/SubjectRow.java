package tayori.embedded;

import java.util.Map;
import java.util.Optional;
import tayori.reputation.IdentityKind;
import tayori.reputation.ListingMemory;
import tayori.reputation.Published;

/// A row of the table `subject`: what came of scoring.
///
/// @param due minute in which it must be scored again
/// @param published nothing while too little is known
/// @param memory what the score must know of its own past; empty for most
record SubjectRow(
        String name,
        long due,
        Optional<Published> published,
        Map<IdentityKind, ListingMemory> memory) {
    /// Due of a subject of which nothing is left: its row is deleted.
    static final long NEVER = Long.MAX_VALUE;

    /// Of a subject that was not scored yet.
    static SubjectRow unscored(String name, long due) {
        return new SubjectRow(name, due, Optional.empty(), Map.of());
    }
}
