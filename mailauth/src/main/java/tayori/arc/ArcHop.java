package tayori.arc;

import java.util.Optional;
import tayori.authres.AuthenticationResults;
import tayori.dns.DomainName;

/// What one hop left behind.
///
/// @param instance its place in the chain; 1 is the first sealer
/// @param domain of its seal (`d=`); nothing where it cannot be read. Only a chain that passed proves it
/// @param results what it saw when the mail came to it, read leniently; nothing where that is not possible
public record ArcHop(
        int instance, Optional<DomainName> domain, Optional<AuthenticationResults> results) {}
