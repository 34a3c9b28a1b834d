package tayori.dns;

import java.util.Optional;

/// Internationalised names: U-labels to the A-labels the DNS knows, and back for people (RFC 5890, RFC 3492).
public final class ALabels {
    private ALabels() {}

    /// Turns a name that may hold U-labels into the name the DNS is asked for.
    ///
    /// @return nothing where a label cannot be an A-label
    public static Optional<DomainName> toDomainName(String text) {
        try {
            return DomainName.parse(java.net.IDN.toASCII(text, java.net.IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
