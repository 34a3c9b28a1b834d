package tayori.transfer;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tayori.dns.DomainName;

/// A secret that we share with another name server. RFC 8945 §4.2.
public final class TsigKey {
    /// Shortest secret. Unit: octets; RFC 8945 §8 wants one as long as the hash, 128 bits are what still cannot be guessed.
    static final int MIN_SECRET_OCTETS = 16;

    private final DomainName name;
    private final Algorithm algorithm;
    private final SecretKeySpec secret;

    private TsigKey(DomainName name, Algorithm algorithm, byte[] secret) {
        this.name = name;
        this.algorithm = algorithm;
        this.secret = new SecretKeySpec(secret, algorithm.mac);
    }

    /// @param name as both sides have agreed on it
    /// @param secret in Base64, as `tsig-keygen` writes it
    /// @throws IllegalArgumentException for what is no Base64 or too short; the message does not repeat it
    public static TsigKey of(DomainName name, Algorithm algorithm, String secret) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(secret);
        } catch (IllegalArgumentException e) {
            // The cause would quote the secret.
            throw new IllegalArgumentException("the secret of key " + name + " is not Base64");
        }
        if (octets.length < MIN_SECRET_OCTETS) {
            throw new IllegalArgumentException(
                    "the secret of key %s has %d octets; at least %d are needed"
                            .formatted(name, octets.length, MIN_SECRET_OCTETS));
        }
        return new TsigKey(name, algorithm, octets);
    }

    public DomainName name() {
        return name;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /// A fresh computation of one MAC after the other; for one thread.
    Mac mac() {
        try {
            var mac = Mac.getInstance(algorithm.mac);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm.mac, e);
        }
    }

    /// Name and algorithm, never the secret.
    @Override
    public String toString() {
        return name + " (" + algorithm.wireName + ")";
    }

    /// The algorithms that RFC 8945 §6 recommends; the others are weak or cut short.
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
        HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
        HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

        private final String wireName;
        private final String mac;
        private final int macOctets;

        Algorithm(String wireName, String mac, int macOctets) {
            this.wireName = wireName;
            this.mac = mac;
            this.macOctets = macOctets;
        }

        /// As it stands in a TSIG record.
        public DomainName wireName() {
            return DomainName.of(wireName);
        }

        int macOctets() {
            return macOctets;
        }
    }
}
