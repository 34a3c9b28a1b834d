package tayori.dkim;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a domain publishes under `selector._domainkey`. RFC 6376 §3.6.1, RFC 8463 §4.
public sealed interface KeyRecord {
    /// Longest record read. Unit: octets. An RSA key of 8192 bits fills about 1,400.
    int MAX_LENGTH = 8192;

    /// Most bits of an RSA key's public exponent. Real ones have 17 bits or fewer; each bit costs a multiplication.
    int MAX_EXPONENT_BITS = 64;

    /// A key.
    ///
    /// @param key the public key; its size still has to be judged
    /// @param hashes the hash names of `h=`, lower case; empty where every hash is allowed
    /// @param forMail whether `s=` allows mail
    /// @param testing flag `t=y`: the domain only tests DKIM
    /// @param exactDomain flag `t=s`: `i=` must not be of a subdomain
    record Usable(
            VerificationKey key,
            List<String> hashes,
            boolean forMail,
            boolean testing,
            boolean exactDomain)
            implements KeyRecord {
        public Usable {
            hashes = List.copyOf(hashes);
        }

        /// Whether signatures with this hash are allowed.
        public boolean allows(HashAlgorithm hash) {
            return hashes.isEmpty() || hashes.contains(hash.tag());
        }
    }

    /// No key to verify with.
    ///
    /// @param reason [DkimReason#KEY_REVOKED], [DkimReason#KEY_SYNTAX] or [DkimReason#KEY_TYPE_MISMATCH]
    /// @param text for people
    record Unusable(DkimReason reason, String text, boolean testing) implements KeyRecord {}

    /// Flag `t=y`.
    boolean testing();

    /// Reads a record; [KeyRecords] remembers what was read.
    ///
    /// @param text the strings of the TXT record, joined, one char per octet
    static KeyRecord parse(String text, SignatureCrypto crypto) {
        if (text.length() > MAX_LENGTH) {
            return syntax("key record longer than " + MAX_LENGTH + " octets");
        }
        var tags = TagList.parse(text);
        var fault = tags.fault();
        if (fault.isPresent()) {
            return syntax("key record: " + fault.get());
        }
        var version = tags.get("v");
        if (version.isPresent() && !version.get().equals("DKIM1")) {
            return syntax("key record of another version");
        }
        if (version.isPresent() && !tags.firstName().equals(Optional.of("v"))) {
            return syntax("v= is not the first tag of the key record");
        }
        var data = tags.compact("p");
        var flags = tags.get("t").map(TagList::colonList).orElse(List.of());
        boolean testing = flags.contains("y");
        if (data.isEmpty()) {
            return new Unusable(DkimReason.KEY_SYNTAX, "key record without p=", testing);
        }
        if (data.get().isEmpty()) {
            return new Unusable(DkimReason.KEY_REVOKED, "key revoked", testing);
        }
        String type = tags.get("k").orElse("rsa").toLowerCase(Locale.ROOT);
        var octets = Base64Text.decode(data.get());
        if (octets.isEmpty()) {
            return new Unusable(DkimReason.KEY_SYNTAX, "p= is not base64", testing);
        }
        Optional<VerificationKey> key;
        switch (type) {
            case "rsa" -> key = rsa(octets.get(), crypto);
            case "ed25519" -> key = SignatureCrypto.ed25519Key(octets.get());
            default -> {
                return new Unusable(DkimReason.KEY_TYPE_MISMATCH, "key of unknown type", testing);
            }
        }
        if (key.isEmpty()) {
            return new Unusable(DkimReason.KEY_SYNTAX, "p= is no " + type + " key", testing);
        }
        var services = tags.get("s").map(TagList::colonList).orElse(List.of("*"));
        return new Usable(
                key.get(),
                tags.get("h")
                        .map(names -> TagList.colonList(names.toLowerCase(Locale.ROOT)))
                        .orElse(List.of()),
                services.contains("*") || services.contains("email"),
                testing,
                flags.contains("s"));
    }

    private static Unusable syntax(String text) {
        return new Unusable(DkimReason.KEY_SYNTAX, text, false);
    }

    /// A SubjectPublicKeyInfo (as everybody publishes) or a bare RSAPublicKey (as RFC 6376 §3.6.1 words it; its erratum
    /// 3017 names the other).
    private static Optional<VerificationKey> rsa(byte[] der, SignatureCrypto crypto) {
        return Der.rsaPublicKey(der)
                .filter(numbers -> isSane(numbers.modulus(), numbers.exponent()))
                .flatMap(numbers -> crypto.rsaKey(numbers.modulus(), numbers.exponent()));
    }

    private static boolean isSane(BigInteger modulus, BigInteger exponent) {
        return modulus.signum() > 0
                && modulus.testBit(0)
                && exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.signum() > 0
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
    }
}
