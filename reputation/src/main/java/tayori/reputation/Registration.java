package tayori.reputation;

import java.util.Set;

/// What the registry says of one domain.
///
/// @param actsOnOptOuts whether its contact has acted on opt-outs and complaints within its term
/// @param mail kinds of mail it vouches for, as words of RFC 5518 §4.1: `list`, `transaction`; empty for all
/// @param contact where a complaint is sent; for the operator's eyes
public record Registration(
        SenderClass senderClass, boolean actsOnOptOuts, Set<String> mail, String contact) {
    public Registration {
        mail = Set.copyOf(mail);
    }
}
