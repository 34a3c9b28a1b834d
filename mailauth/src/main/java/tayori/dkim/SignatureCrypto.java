package tayori.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The arithmetic: makes and checks signatures over prepared octets.
///
/// RSA is done by a Java security provider: Amazon's Corretto provider where the JVM has it installed (about twice as
/// fast), else the JDK's. Ed25519 is done by Bouncy Castle's bare functions, because the JDK's own takes several times
/// as long to verify and a stranger chooses how many Ed25519 signatures a mail has.
public final class SignatureCrypto {
    private static final String CORRETTO = "AmazonCorrettoCryptoProvider";

    private final Optional<Provider> provider;

    private SignatureCrypto(Optional<Provider> provider) {
        this.provider = provider;
    }

    /// The fastest provider this JVM has installed.
    public static SignatureCrypto standard() {
        return new SignatureCrypto(Optional.ofNullable(Security.getProvider(CORRETTO)));
    }

    /// RSA by one provider.
    public static SignatureCrypto of(Provider provider) {
        return new SignatureCrypto(Optional.of(provider));
    }

    /// Whether `signature` was made over `input` with the private half of `key`.
    ///
    /// @return false too where the algorithm and the key do not belong together
    public boolean verify(
            SignatureAlgorithm algorithm, VerificationKey key, byte[] input, byte[] signature) {
        return switch (key) {
            case VerificationKey.Rsa rsa ->
                    algorithm != SignatureAlgorithm.ED25519_SHA256
                            && verifyRsa(algorithm, rsa, input, signature);
            case VerificationKey.Ed25519 ed25519 ->
                    algorithm == SignatureAlgorithm.ED25519_SHA256
                            && verifyEd25519(algorithm, ed25519, input, signature);
        };
    }

    private boolean verifyRsa(
            SignatureAlgorithm algorithm, VerificationKey.Rsa key, byte[] input, byte[] octets) {
        try {
            var signature = rsa(algorithm);
            signature.initVerify(key.key());
            signature.update(input);
            return signature.verify(octets);
        } catch (InvalidKeyException | SignatureException e) {
            // The provider refuses the key or the length of the signature: a stranger's mistake,
            // not ours.
            return false;
        }
    }

    private static boolean verifyEd25519(
            SignatureAlgorithm algorithm,
            VerificationKey.Ed25519 key,
            byte[] input,
            byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        byte[] hash = algorithm.hash().digest().digest(input);
        return Ed25519.verify(signature, 0, key.point(), hash, 0, hash.length);
    }

    /// Signs.
    ///
    /// @throws IllegalArgumentException if the key cannot sign this way; never for another reason
    public byte[] sign(SignatureAlgorithm algorithm, PrivateKey key, byte[] input) {
        switch (algorithm) {
            case RSA_SHA256 -> {
                if (key instanceof RSAPrivateKey) {
                    return signRsa(algorithm, key, input);
                }
            }
            case ED25519_SHA256 -> {
                if (key instanceof EdECPrivateKey edwards) {
                    return signEd25519(algorithm, edwards, input);
                }
            }
            case RSA_SHA1 -> {}
        }
        throw new IllegalArgumentException(
                "no " + algorithm.tag() + " with a key of type " + key.getAlgorithm());
    }

    private byte[] signRsa(SignatureAlgorithm algorithm, PrivateKey key, byte[] input) {
        try {
            var signature = rsa(algorithm);
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalArgumentException("the key does not sign", e);
        }
    }

    private static byte[] signEd25519(
            SignatureAlgorithm algorithm, EdECPrivateKey key, byte[] input) {
        byte[] seed =
                key.getBytes()
                        .filter(octets -> octets.length == Ed25519.SECRET_KEY_SIZE)
                        .orElseThrow(() -> new IllegalArgumentException("not an Ed25519 key"));
        byte[] hash = algorithm.hash().digest().digest(input);
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, hash, 0, hash.length, signature, 0);
        return signature;
    }

    /// An RSA key of the provider that will use it.
    ///
    /// @return nothing where the provider refuses the numbers
    Optional<VerificationKey> rsaKey(BigInteger modulus, BigInteger exponent) {
        try {
            var factory =
                    provider.isPresent()
                            ? KeyFactory.getInstance("RSA", provider.get())
                            : KeyFactory.getInstance("RSA");
            var key = factory.generatePublic(new RSAPublicKeySpec(modulus, exponent));
            return Optional.of(new VerificationKey.Rsa(key, modulus.bitLength()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// An Ed25519 key from its 32 octets.
    ///
    /// @return nothing where they are no point of the curve
    static Optional<VerificationKey> ed25519Key(byte[] octets) {
        if (octets.length != Ed25519.PUBLIC_KEY_SIZE) {
            return Optional.empty();
        }
        return Optional.ofNullable(Ed25519.validatePublicKeyPartialExport(octets, 0))
                .map(VerificationKey.Ed25519::new);
    }

    private Signature rsa(SignatureAlgorithm algorithm) {
        String name = algorithm.hash() == HashAlgorithm.SHA256 ? "SHA256withRSA" : "SHA1withRSA";
        try {
            return provider.isPresent()
                    ? Signature.getInstance(name, provider.get())
                    : Signature.getInstance(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the security provider lacks " + name, e);
        }
    }
}
