package tayori.redaction;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Takes readers out of a report (RFC 6590 §3).
///
/// Keyed, the same reader becomes the same token as long as the key lives, so that a sender can count distinct
/// complainers and cannot name them; who holds the key can find a reader again by trying the addresses it knows. The
/// token is an HMAC, not a bare hash: local parts are guessable (§6.1).
public final class Redaction {
    /// Shortest key. Unit: octets; as long as the hash needs (RFC 2104 §3 advises no less than the output).
    public static final int MIN_KEY_OCTETS = 32;

    /// Octets of the HMAC that a token keeps: 96 bits, so that two readers never share one by accident.
    static final int TOKEN_OCTETS = 12;

    /// What stands for a reader where no key is used.
    static final String WORD = "redacted";

    private static final String ALGORITHM = "HmacSHA256";

    private enum Kind {
        KEYED,
        PLAIN,
        NONE
    }

    private final Kind kind;
    private final byte[] key;

    private Redaction(Kind kind, byte[] key) {
        this.kind = kind;
        this.key = key;
    }

    /// Every reader becomes a token of its own.
    ///
    /// @param key at least [#MIN_KEY_OCTETS] octets, kept secret; a new one now and then makes old tokens meaningless
    /// @throws IllegalArgumentException for a shorter key
    public static Redaction keyed(byte[] key) {
        if (key.length < MIN_KEY_OCTETS) {
            throw new IllegalArgumentException(
                    "a redaction key has at least " + MIN_KEY_OCTETS + " octets");
        }
        return new Redaction(Kind.KEYED, key.clone());
    }

    /// Every reader becomes the same word: nothing can be told of them, not even how many they are.
    public static Redaction plain() {
        return new Redaction(Kind.PLAIN, new byte[0]);
    }

    /// Nothing is taken out: for a sender to whom the law and the reader allow it.
    public static Redaction none() {
        return new Redaction(Kind.NONE, new byte[0]);
    }

    /// Whether anything is taken out.
    public boolean redacts() {
        return kind != Kind.NONE;
    }

    /// Redacts the local part of an address; the domain stays, for it tells the sender which provider speaks. Local
    /// parts are compared without regard to case, as mailboxes are in practice. What is no address is redacted whole.
    public String address(String address) {
        int sign = address.lastIndexOf('@');
        if (sign < 0) {
            return text(address);
        }
        String domain = address.substring(sign + 1);
        return switch (kind) {
            case NONE -> address;
            case PLAIN -> WORD + "@" + domain;
            case KEYED -> token(address.toLowerCase(Locale.ROOT)) + "@" + domain;
        };
    }

    /// Redacts a text that is no address: a subscriber's number, a token in a URI.
    public String text(String text) {
        return switch (kind) {
            case NONE -> text;
            case PLAIN -> WORD;
            case KEYED -> token(text);
        };
    }

    private String token(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] whole = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(whole, TOKEN_OCTETS));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /// The kind, never the key.
    @Override
    public String toString() {
        return kind.name();
    }
}
