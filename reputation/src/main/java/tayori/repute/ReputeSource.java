package tayori.repute;

import java.util.Optional;
import tayori.reputation.ReputationView;

/// Where the answers come from.
public interface ReputeSource {
    /// @param subject as in [tayori.reputation.Identity#subject]
    Optional<Rated> find(String subject);

    /// What is published, and nothing beyond.
    static ReputeSource of(ReputationView view) {
        return subject -> view.find(subject).map(Rated::of);
    }
}
