package tayori.dkim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Makes key pairs, writes and reads their files, and says what to publish. RFC 6376 §3.6.1, RFC 8463 §4.
public final class DkimKeys {
    /// Longest string within a TXT record. Unit: octets. RFC 1035 §3.3.
    public static final int MAX_TXT_STRING = 255;

    /// Largest key file read. Unit: characters. An RSA key of 8192 bits fills about 6,400.
    public static final int MAX_PEM = 65_536;

    /// `SEQUENCE { INTEGER 0, SEQUENCE { rsaEncryption, NULL }, …`: what PKCS#8 puts before a PKCS#1 key. RFC 5208 §5.
    private static final byte[] PKCS8_RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    /// A private key and what its domain publishes.
    public record Pair(PrivateKey privateKey, String txt) {
        /// The key file: PKCS#8 in PEM (RFC 7468 §10).
        public String pem() {
            return toPem(privateKey);
        }

        /// The record's text in strings that a TXT record can hold.
        public List<String> txtStrings() {
            return chunks(txt);
        }
    }

    private DkimKeys() {}

    /// A new RSA pair.
    ///
    /// @param bits at least 2048, as RFC 8301 §3.2 advises
    public static Pair generateRsa(int bits) {
        if (bits < 2048) {
            throw new IllegalArgumentException("sign with 2048 bits or more (RFC 8301 §3.2)");
        }
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return pairOf(generator.generateKeyPair().getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has RSA", e);
        }
    }

    /// A new Ed25519 pair.
    public static Pair generateEd25519() {
        try {
            return pairOf(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("JDK 15 and later have Ed25519", e);
        }
    }

    /// The pair of a private key.
    ///
    /// @throws IllegalArgumentException for a key that is neither RSA (with its primes) nor Ed25519
    public static Pair pairOf(PrivateKey key) {
        return new Pair(key, publicRecord(key));
    }

    /// The TXT record for a private key: `v=DKIM1; k=…; p=…`.
    private static String publicRecord(PrivateKey key) {
        return switch (key) {
            case RSAPrivateCrtKey rsa -> "v=DKIM1; k=rsa; p=" + Base64Text.encode(publicHalf(rsa));
            case EdECPrivateKey edwards ->
                    "v=DKIM1; k=ed25519; p=" + Base64Text.encode(publicHalf(edwards));
            default -> throw new IllegalArgumentException("neither an RSA nor an Ed25519 key");
        };
    }

    private static byte[] publicHalf(RSAPrivateCrtKey key) {
        try {
            BigInteger modulus = key.getModulus();
            var numbers = new RSAPublicKeySpec(modulus, key.getPublicExponent());
            return KeyFactory.getInstance("RSA").generatePublic(numbers).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("an RSA key without a public half", e);
        }
    }

    private static byte[] publicHalf(EdECPrivateKey key) {
        byte[] seed =
                key.getBytes()
                        .filter(octets -> octets.length == Ed25519.SECRET_KEY_SIZE)
                        .orElseThrow(() -> new IllegalArgumentException("not an Ed25519 key"));
        var octets = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, octets, 0);
        return octets;
    }

    /// PKCS#8 in PEM (RFC 7468 §10).
    public static String toPem(PrivateKey key) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PRIVATE KEY-----\n"
                + lines.encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /// Reads a private key: PKCS#8 (`BEGIN PRIVATE KEY`) or, as older tools write it, PKCS#1 (`BEGIN RSA PRIVATE KEY`).
    ///
    /// @return nothing where the text holds no such key, or one that is encrypted
    public static Optional<PrivateKey> readPem(String text) {
        if (text.length() > MAX_PEM) {
            return Optional.empty();
        }
        var pkcs8 = between(text, "PRIVATE KEY");
        if (pkcs8.isPresent()) {
            return read(pkcs8.get());
        }
        return between(text, "RSA PRIVATE KEY").map(DkimKeys::asPkcs8).flatMap(DkimKeys::read);
    }

    private static Optional<byte[]> between(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = from < 0 ? -1 : text.indexOf("-----END " + label + "-----", from);
        if (to < 0) {
            return Optional.empty();
        }
        var base64 = new StringBuilder();
        for (int i = from + begin.length(); i < to; i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                base64.append(c);
            }
        }
        return Base64Text.decode(base64.toString());
    }

    private static Optional<PrivateKey> read(byte[] pkcs8) {
        return read("RSA", pkcs8).or(() -> read("Ed25519", pkcs8));
    }

    private static Optional<PrivateKey> read(String type, byte[] pkcs8) {
        try {
            var factory = KeyFactory.getInstance(type);
            return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // a key of another type
        }
    }

    private static byte[] asPkcs8(byte[] pkcs1) {
        byte[] octetString = derValue(0x04, pkcs1);
        var content = new byte[PKCS8_RSA.length + octetString.length];
        System.arraycopy(PKCS8_RSA, 0, content, 0, PKCS8_RSA.length);
        System.arraycopy(octetString, 0, content, PKCS8_RSA.length, octetString.length);
        return derValue(0x30, content);
    }

    /// Tag, length in as few octets as it needs, value.
    private static byte[] derValue(int tag, byte[] content) {
        int length = content.length;
        int lengthOctets = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
        var value = new byte[2 + lengthOctets + length];
        value[0] = (byte) tag;
        value[1] = (byte) (lengthOctets == 0 ? length : 0x80 | lengthOctets);
        for (int i = 0; i < lengthOctets; i++) {
            value[2 + i] = (byte) (length >> (8 * (lengthOctets - 1 - i)));
        }
        System.arraycopy(content, 0, value, 2 + lengthOctets, length);
        return value;
    }

    private static List<String> chunks(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        var chunks = new ArrayList<String>();
        for (int at = 0; at < octets.length; at += MAX_TXT_STRING) {
            int length = Math.min(MAX_TXT_STRING, octets.length - at);
            chunks.add(new String(octets, at, length, StandardCharsets.US_ASCII));
        }
        return chunks;
    }
}
