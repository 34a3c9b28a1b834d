package tayori.cfbl;

import java.util.List;
import tayori.dns.DomainName;

/// A DKIM signature that verified: who vouches for what.
///
/// @param domain `d=`
/// @param signedFields `h=`, as written
public record Vouching(DomainName domain, List<String> signedFields) {
    public Vouching {
        signedFields = List.copyOf(signedFields);
    }

    /// Whether `h=` names a field as often as it stands in the message: a field that was added on top of the signed ones
    /// is covered by nothing (RFC 6376 §5.4.2).
    public boolean covers(String name, int times) {
        return signedFields.stream().filter(name::equalsIgnoreCase).count() >= times;
    }

    /// Whether the signing domain is this one, or one above it.
    public boolean matches(DomainName other) {
        return other.isWithin(domain);
    }
}
