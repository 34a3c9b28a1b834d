package tayori.dkim;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How a signer signs.
///
/// @param canonicalization `c=`
/// @param signedNames fields signed as often as they stand in the message, in this order; lower case
/// @param overSignedNames those of them named once more, so that nobody can add another unseen (RFC 6376 §8.15)
/// @param validity from `t=` to `x=`; nothing writes no `x=`
public record SigningOptions(
        Canonicalization.Pair canonicalization,
        List<String> signedNames,
        Set<String> overSignedNames,
        Optional<Duration> validity) {
    /// Relaxed; the fields of RFC 6376 §5.4.1, those of lists (RFC 2369, RFC 2919, RFC 8058 §4) and of complaint feedback
    /// (RFC 9477 §3.1). Over-signed are those that a reader sees or that change how the body is read; not those which a
    /// mailing list may add (Sender, List-*).
    public static final SigningOptions DEFAULTS =
            new SigningOptions(
                    Canonicalization.Pair.RELAXED_RELAXED,
                    List.of(
                            "from",
                            "to",
                            "cc",
                            "subject",
                            "date",
                            "reply-to",
                            "message-id",
                            "in-reply-to",
                            "references",
                            "mime-version",
                            "content-type",
                            "content-transfer-encoding",
                            "sender",
                            "resent-date",
                            "resent-from",
                            "resent-sender",
                            "resent-to",
                            "resent-cc",
                            "resent-message-id",
                            "list-id",
                            "list-help",
                            "list-unsubscribe",
                            "list-unsubscribe-post",
                            "list-subscribe",
                            "list-post",
                            "list-owner",
                            "list-archive",
                            "autocrypt",
                            "cfbl-address",
                            "cfbl-feedback-id"),
                    Set.of(
                            "from",
                            "to",
                            "cc",
                            "subject",
                            "date",
                            "reply-to",
                            "message-id",
                            "mime-version",
                            "content-type",
                            "content-transfer-encoding"),
                    Optional.empty());

    public SigningOptions {
        signedNames = signedNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        overSignedNames =
                Set.copyOf(
                        overSignedNames.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .toList());
        if (!signedNames.contains("from")) {
            throw new IllegalArgumentException("From must be signed (RFC 6376 §5.4)");
        }
        if (validity.isPresent() && validity.get().toSeconds() < 1) {
            throw new IllegalArgumentException("x= must be later than t= (RFC 6376 §3.5)");
        }
    }
}
