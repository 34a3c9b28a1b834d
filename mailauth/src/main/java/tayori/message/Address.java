package tayori.message;

import java.util.Optional;
import tayori.dns.ALabels;
import tayori.dns.DomainName;

/// One mailbox of an address list (RFC 5322 §3.4).
///
/// @param displayName the words before the address, quotes undone, encoded-words (RFC 2047) as they stand; may be empty
/// @param localPart what stands before the `@`, quotes undone; may be empty where the syntax is broken
/// @param domain what follows the `@`, comments and white space taken out: a name, perhaps in U-labels, or a domain
///     literal in its brackets
public record Address(String displayName, String localPart, String domain) {
    /// The domain as the DNS knows it: A-labels, lower case.
    ///
    /// @return nothing for a domain literal and for what is no host name: letters, digits, hyphens and, because the
    ///     world uses them, underscores (RFC 5321 §2.3.5, RFC 5891)
    public Optional<DomainName> domainName() {
        if (domain.isEmpty() || domain.charAt(0) == '[') {
            return Optional.empty();
        }
        return ALabels.toDomainName(domain).filter(name -> isHostName(name.toString()));
    }

    private static boolean isHostName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '.'
                            || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// The address as it is written in SMTP, without display name: `local@domain`. For people, not for the wire.
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
