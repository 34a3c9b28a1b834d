package tayori.embedded;

import java.util.Optional;
import java.util.function.Predicate;
import tayori.dns.DomainName;
import tayori.reputation.Registration;
import tayori.reputation.Scorer;
import tayori.reputation.SenderRegistry;

/// What the engine asks when it scores.
///
/// @param registry who is registered
/// @param isOrganizational whether a domain is one that stands for all below it; what is published of it then does too
public record ScoringRules(
        Scorer scorer, SenderRegistry registry, Predicate<DomainName> isOrganizational) {

    Optional<Registration> registration(String subject) {
        return domain(subject).flatMap(registry::of);
    }

    boolean holdsForSubdomains(String subject) {
        return domain(subject).filter(isOrganizational).isPresent();
    }

    /// @return nothing for an address block
    private static Optional<DomainName> domain(String subject) {
        return subject.indexOf('/') >= 0 ? Optional.empty() : DomainName.parse(subject);
    }
}
