package tayori.reputation;

import java.util.Optional;
import tayori.dns.DomainName;

/// The door to what is known of organisations that send: who proved a domain to be theirs, and whether they act on what
/// readers say. Whitelisting needs it; nothing is ever held against a domain for not being in it.
public interface SenderRegistry {
    /// Nobody is registered.
    SenderRegistry EMPTY = domain -> Optional.empty();

    /// The registration of a domain, by the domain itself or an ancestor that was proven.
    Optional<Registration> of(DomainName domain);
}
