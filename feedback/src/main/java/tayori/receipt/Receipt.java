package tayori.receipt;

import java.time.Instant;
import java.util.List;
import tayori.reputation.Identity;

/// One delivery of one mail to one reader, as the receiver that made it says.
///
/// @param delivery names this delivery; a second complaint with the same name is a repetition
/// @param arrived when the mail arrived, to the second
/// @param identities what the mail authenticated when it arrived
public record Receipt(String delivery, Instant arrived, List<Identity> identities) {
    public Receipt {
        identities = List.copyOf(identities);
    }
}
