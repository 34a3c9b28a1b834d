package tayori.receiver;

/// The door to who agreed that mail for him is filtered. Thread-safe, and answers from memory: it is asked for every
/// recipient.
///
/// Labels are put on everybody's mail. Whatever keeps a mail from the place it was sent to needs the recipient's consent.
@FunctionalInterface
public interface ConsentBook {
    /// Everybody agreed: the operator has it in his terms.
    ConsentBook EVERYBODY = recipient -> true;

    /// @param recipient address of the envelope as the MTA tells it; what is no address is nobody's
    boolean agreed(String recipient);
}
