package tayori.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash of a signature algorithm. RFC 6376 §7.7.
public enum HashAlgorithm {
    /// Only for signatures of the past: RFC 8301 §3.1 forbids to sign and to verify with it.
    SHA1("sha1", "SHA-1"),
    SHA256("sha256", "SHA-256");

    private final String tag;
    private final String javaName;

    HashAlgorithm(String tag, String javaName) {
        this.tag = tag;
        this.javaName = javaName;
    }

    /// The name in `h=` of a key record.
    public String tag() {
        return tag;
    }

    /// A fresh digest of the JVM's preferred provider.
    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has " + javaName, e);
        }
    }
}
