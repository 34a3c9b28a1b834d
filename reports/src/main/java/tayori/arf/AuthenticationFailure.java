package tayori.arf;

import java.util.List;
import java.util.Optional;

/// What a report of type `auth-failure` says of the failure (RFC 6591 §3.2, RFC 9991 §4). Texts are as written.
///
/// @param kind `Auth-Failure`: `adsp`, `bodyhash`, `dmarc`, `revoked`, `signature`, `spf`, or another word; lower case
/// @param deliveryResult `delivered`, `spam`, `policy`, `reject`, `other` …; lower case
/// @param identityAlignment which methods were aligned: `dkim`, `spf`, or neither; lower case (RFC 9991 §4)
/// @param dkimDomain `d=` of the signature
/// @param dkimIdentity `i=`
/// @param dkimSelector `s=`
/// @param spfDns the SPF records that were used
public record AuthenticationFailure(
        String kind,
        Optional<String> deliveryResult,
        List<String> identityAlignment,
        Optional<String> dkimDomain,
        Optional<String> dkimIdentity,
        Optional<String> dkimSelector,
        List<String> spfDns) {
    public AuthenticationFailure {
        identityAlignment = List.copyOf(identityAlignment);
        spfDns = List.copyOf(spfDns);
    }

    /// A failure of one kind of which nothing else is told.
    public static AuthenticationFailure of(String kind) {
        return new AuthenticationFailure(
                kind,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// The kind alone: an identity may be an address.
    @Override
    public String toString() {
        return "auth-failure " + kind;
    }
}
