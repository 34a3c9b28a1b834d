package tayori.receiver;

import java.util.List;

/// Why one mail was accepted, filed, held or refused.
///
/// @param action what is done
/// @param advised what the rules ask for; differs from `action` where this receiver only labels
/// @param reason counted in metrics and named in the header we add
/// @param evidence for operator and recipient; never sent to the SMTP client, never message content
public record Decision(Action action, Action advised, Reason reason, List<String> evidence) {
    public Decision {
        evidence = List.copyOf(evidence);
    }

    /// Accepted without examination.
    static Decision accept(Reason reason) {
        return new Decision(Action.ACCEPT, Action.ACCEPT, reason, List.of());
    }
}
