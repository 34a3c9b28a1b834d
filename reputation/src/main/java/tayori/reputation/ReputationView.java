package tayori.reputation;

import java.util.Optional;

/// What is published, beside the question: answers from memory, without asking any other machine.
public interface ReputationView {
    /// Nothing is known of anybody.
    ReputationView EMPTY = subject -> Optional.empty();

    /// What is published about a domain (its own entry, else that of the closest ancestor that holds for subdomains) or an
    /// address block.
    ///
    /// @param subject as in [Identity#subject]
    Optional<Published> find(String subject);
}
