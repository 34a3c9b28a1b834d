package tayori.repute;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import tayori.reputation.Published;

/// What is published about a subject, and what reputons tell beyond it.
///
/// @param normalRating the rating over a long time, 0 to 1, where it is known
/// @param invalidRecipients share of its mail that went to recipients who do not exist, 0 to 1, where it is counted
/// @param sources how many providers contributed
public record Rated(
        Published published,
        OptionalDouble normalRating,
        OptionalDouble invalidRecipients,
        OptionalInt sources) {
    public static Rated of(Published published) {
        return new Rated(
                published, OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty());
    }
}
