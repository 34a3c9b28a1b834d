package tayori.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tayori.dns.DomainName;

/// What a signature says of itself, whatever became of it. Texts are a stranger's: as written, empty where the tag is
/// missing or was not read.
///
/// @param domain `d=`, the SDID, as written (UTF-8, RFC 8616)
/// @param domainName `d=` as the name the DNS knows; nothing where it is none
/// @param identity `i=`, the AUID; `@d` where the tag is missing
/// @param selector `s=`
/// @param algorithm `a=`
/// @param signatureStart the first eight characters of `b=`, to tell signatures apart (RFC 6008 §4)
/// @param keyBits size of the public key, where one was found; bits
/// @param testing whether the key record says `t=y`: the domain only tests DKIM
/// @param bodyLimit `l=`; octets
/// @param octetsBeyond octets of the body beyond `l=`, which anybody may have added; 0 without `l=`
/// @param signedAt `t=`; may lie in the future
/// @param expiresAt `x=`
/// @param signedNames `h=` as written
public record SignatureFacts(
        String domain,
        Optional<DomainName> domainName,
        String identity,
        String selector,
        String algorithm,
        String signatureStart,
        OptionalInt keyBits,
        boolean testing,
        OptionalLong bodyLimit,
        long octetsBeyond,
        Optional<Instant> signedAt,
        Optional<Instant> expiresAt,
        List<String> signedNames) {
    static final SignatureFacts UNKNOWN =
            new SignatureFacts(
                    "",
                    Optional.empty(),
                    "",
                    "",
                    "",
                    "",
                    OptionalInt.empty(),
                    false,
                    OptionalLong.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    List.of());

    public SignatureFacts {
        signedNames = List.copyOf(signedNames);
    }

    /// Whether `h=` names a field at least once.
    public boolean covers(String name) {
        for (String signed : signedNames) {
            if (signed.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    SignatureFacts withKey(OptionalInt bits, boolean testing) {
        return new SignatureFacts(
                domain,
                domainName,
                identity,
                selector,
                algorithm,
                signatureStart,
                bits,
                testing,
                bodyLimit,
                octetsBeyond,
                signedAt,
                expiresAt,
                signedNames);
    }

    SignatureFacts withOctetsBeyond(long octets) {
        return new SignatureFacts(
                domain,
                domainName,
                identity,
                selector,
                algorithm,
                signatureStart,
                keyBits,
                testing,
                bodyLimit,
                octets,
                signedAt,
                expiresAt,
                signedNames);
    }
}
