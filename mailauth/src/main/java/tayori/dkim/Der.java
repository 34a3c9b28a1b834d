package tayori.dkim;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// The little DER that public RSA keys need. ITU-T X.690 §8, RFC 3279 §2.3.1, RFC 8017 §A.1.1.
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;

    /// The object identifier rsaEncryption, tag and length included.
    private static final byte[] RSA_ENCRYPTION = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
    };

    /// The two numbers of a public RSA key.
    record RsaNumbers(BigInteger modulus, BigInteger exponent) {}

    private final byte[] octets;
    private int at;
    private int end;

    private Der(byte[] octets) {
        this.octets = octets;
        this.end = octets.length;
    }

    /// Reads a SubjectPublicKeyInfo that holds an RSA key, or a bare RSAPublicKey. Octets behind it are ignored.
    static Optional<RsaNumbers> rsaPublicKey(byte[] octets) {
        var der = new Der(octets);
        if (!der.enter(SEQUENCE) || (der.isAt(SEQUENCE) && !der.enterKeyOfInfo())) {
            return Optional.empty();
        }
        var modulus = der.integer();
        var exponent = der.integer();
        return modulus.isPresent() && exponent.isPresent()
                ? Optional.of(new RsaNumbers(modulus.get(), exponent.get()))
                : Optional.empty();
    }

    private boolean enterKeyOfInfo() {
        int infoEnd = end;
        if (!enter(SEQUENCE)
                || end - at < RSA_ENCRYPTION.length
                || !Arrays.equals(
                        octets,
                        at,
                        at + RSA_ENCRYPTION.length,
                        RSA_ENCRYPTION,
                        0,
                        RSA_ENCRYPTION.length)) {
            return false;
        }
        at = end;
        end = infoEnd;
        if (!enter(BIT_STRING) || at == end || octets[at] != 0) {
            return false;
        }
        at++; // the number of unused bits
        return enter(SEQUENCE);
    }

    private boolean isAt(int tag) {
        return at < end && (octets[at] & 0xff) == tag;
    }

    /// Steps into a value: afterwards `at` is its first octet and `end` the octet behind it.
    private boolean enter(int tag) {
        int valueEnd = header(tag);
        if (valueEnd < 0) {
            return false;
        }
        end = valueEnd;
        return true;
    }

    private Optional<BigInteger> integer() {
        int valueEnd = header(INTEGER);
        if (valueEnd <= at) {
            return Optional.empty();
        }
        var number = new BigInteger(octets, at, valueEnd - at);
        at = valueEnd;
        return Optional.of(number);
    }

    /// Reads tag and length.
    ///
    /// @return where the value ends; -1 where there is no such value
    private int header(int tag) {
        if (!isAt(tag) || end - at < 2) {
            return -1;
        }
        int length = octets[at + 1] & 0xff;
        at += 2;
        if (length > 0x7f) {
            int lengthOctets = length & 0x7f;
            if (lengthOctets < 1 || lengthOctets > 2 || end - at < lengthOctets) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < lengthOctets; i++) {
                length = length << 8 | (octets[at++] & 0xff);
            }
        }
        return length <= end - at ? at + length : -1;
    }
}
